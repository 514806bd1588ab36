"""Examples of orders that were written: what is asked about them, the draft, what a correction changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.basket import line_of
from domain.catalogue import Offer, Stock
from domain.money import ZERO
from domain.orders import Channel, OrderLine
from domain.terms import TermKind, made
from domain.written import Op
from domain.written_drafts import (
    Answered,
    Asked,
    Asks,
    Change,
    DayAsked,
    Drafted,
    Note,
    NothingLeft,
    Open,
    Pending,
    TermAsked,
)
from sandbox.gallery_checkout import CHOICE
from sandbox.gallery_types import Example
from sandbox.gallery_values import (
    BASKET,
    DRAFT,
    FRESH,
    GLOVES,
    MASK,
    MONDAY,
    SERUM,
    SHAMPOO,
    SUMMARY,
    TOOTHPASTE,
    offer,
)
from screens import basket, written
from screens import orders as placed

LIGHT, DARK = (
    replace(each, product=replace(each.product, id=number))
    for number, each in enumerate((offer("ضدآفتاب روشن"), offer("ضدآفتاب تیره")), 101)
)
OFFERS: dict[int, Offer] = {
    each.product.id: each for each in (SHAMPOO, TOOTHPASTE, GLOVES, SERUM, MASK, LIGHT, DARK)
}
WHICH = Open(
    key=1,
    asks=Asks.WHICH,
    phrase="ضدافتاب رنگی",
    quantity=Decimal(6),
    unit="عدد",
    choices=(LIGHT.product.id, DARK.product.id),
)
ASKED = Asked(order_id=7, open=WHICH, offers=OFFERS, draft=DRAFT, is_alone=True)
_SHAMPOO_ID, _SERUM_ID = SHAMPOO.product.id, SERUM.product.id
CHANGES = (
    Change(product_id=3, label="دستکش M", unit=GLOVES.product.unit, before=10, after=20),
    Change(product_id=102, label="ضدآفتاب رنگی روشن", before=6, after=0),
    Change(product_id=2, label="خمیردندان", before=10, after=12, is_rounded=True),
)


def _asked(asks: Asks, **about: object) -> Asked:
    opened = replace(
        Open(key=2, asks=asks, phrase="کرم فلان 50", quantity=Decimal(2), op=Op.ADD),
        **about,  # type: ignore[arg-type]
    )
    return replace(ASKED, open=opened)


def _drafted(*lines: OrderLine) -> Drafted:
    draft = replace(
        DRAFT,
        lines=lines,
        channel=Channel.TEXT,
        term=made(TermKind.CHEQUE, 45),
        note="پیک زنگ بزنه حتما",
        deliver_on=MONDAY,
    )
    summary = replace(SUMMARY, basket=replace(SUMMARY.basket, draft=draft), lines=lines)
    return Drafted(summary=summary, said={TOOTHPASTE.product.id: "خمیردندون"})


def written_orders() -> Iterator[Example]:
    yield from _questions()
    shampoo = line_of(SHAMPOO, 48)
    gift = replace(line_of(TOOTHPASTE, 3), discount=line_of(TOOTHPASTE, 3).gross, bonus_of=2)
    whole = replace(shampoo, discount=shampoo.gross.share(SHAMPOO.product.vat))
    odd = replace(line_of(MASK, 6, 2), discount=type(ZERO)(12_345))
    drafted = _drafted(whole, line_of(GLOVES, 10), line_of(TOOTHPASTE, 30), odd, gift)
    unsaid = replace(drafted.summary.basket.draft, term=None, note=None)
    plain = replace(drafted.summary, basket=replace(drafted.summary.basket, draft=unsaid), is_late=True)
    yield "written.drafted", lambda _: written.drafted(drafted, _)
    yield "written.drafted: joined", lambda _: written.drafted(replace(drafted, had=2, changes=CHANGES), _)
    yield "written.drafted: late", lambda _: written.drafted(replace(drafted, summary=plain), _)
    corrected = replace(drafted, is_fresh=False, changes=CHANGES, missing=("کرم فلان 50",))
    yield "written.drafted: corrected", lambda _: written.drafted(corrected, _)
    yield "written.drafted: another day", lambda _: written.drafted(replace(drafted, is_fresh=False), _)
    many = _drafted(*(replace(shampoo, product_id=at, name=f"کالا {at}") for at in range(300)))
    yield "written.drafted: 300 items", lambda _: written.drafted(many, _)
    undecided = replace(BASKET, asks=2)
    yield "basket.basket: not decided yet", lambda _: basket.basket(undecided, _)
    by_text = replace(FRESH, order=replace(FRESH.order, channel=Channel.TEXT))
    yield "orders.placed: by text", lambda _: placed.placed(by_text, _)


def _questions() -> Iterator[Example]:
    first = replace(
        ASKED,
        understood=tuple(line.product_id for line in DRAFT.lines),
        greets=True,
        had=1,
        changes=CHANGES,
        missing=("کرم فلان 50",),
    )
    mixed = replace(WHICH, choices=(_SHAMPOO_ID, MASK.product.id, _SERUM_ID), quantity=None)
    little = replace(MASK, stock=Stock(on_hand=6))
    out = replace(SERUM, stock=Stock())
    offers = {**OFFERS, little.product.id: little, out.product.id: out}
    unit = _asked(Asks.UNIT, product_id=_SHAMPOO_ID, usually_cartons=True)
    lacking = _asked(Asks.OUT, product_id=_SERUM_ID, pieces=3)
    short = _asked(Asks.SHORT, product_id=little.product.id, pieces=12)
    cases = {
        "which": first,
        "which: in cartons": replace(ASKED, open=replace(WHICH, unit="کارتن"), understood=(1,)),
        "which: many": replace(ASKED, open=mixed),
        "which: in packs": replace(ASKED, open=replace(WHICH, unit="بسته")),
        "unit": unit,
        "unit: among others": replace(unit, is_alone=False, open=replace(unit.open, usually_cartons=False)),
        "how many": _asked(Asks.MANY, product_id=_SHAMPOO_ID),
        "not found": _asked(Asks.UNKNOWN, choices=(_SHAMPOO_ID, MASK.product.id)),
        "not found: nothing near": _asked(Asks.UNKNOWN),
        "out": replace(lacking, offers=offers, substitute=MASK),
        "out: gone": replace(lacking, offers={}),
        "short": replace(short, offers=offers, substitute=SERUM),
    }
    for case, asked in cases.items():
        yield _pending(case, asked)
    for note in Note:
        yield _shown(note.value, Answered(next=unit, note=note))
    nothing = NothingLeft(changes=CHANGES[1:2], missing=("کرم فلان 50",))
    yield _shown("requested alone", Answered(next=nothing, note=Note.REQUESTED))
    yield _pending("nothing left", nothing)
    yield _pending("the day", DayAsked(order_id=7, wanted=MONDAY, days=(MONDAY,)))
    yield _pending("an unclear day", DayAsked(order_id=7, wanted=None, days=(MONDAY,)))
    yield _pending("the term", TermAsked(order_id=7, choice=CHOICE))


def _pending(case: str, found: Pending) -> Example:
    return f"written.pending: {case}", lambda _: written.pending(found, _)


def _shown(case: str, answered: Answered) -> Example:
    return f"written.shown: {case}", lambda _: written.shown(answered, _)

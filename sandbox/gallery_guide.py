"""Examples of ordering again: the order guide, saved baskets, what goes with it, and what is missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from domain.brand_aliases import BrandAlias, NamedBrand
from domain.catalogue import Offer
from domain.notifications import Notification, Recipient
from domain.order_guide import Guide, GuideLine, Habitual
from domain.repeats import InTheWay
from domain.requested_goods import GoodsAnswer, RequestedGoods, Wisher
from domain.saved_baskets import SavedBasket, SavedBrief
from domain.search_misses import MissOpen, SearchMiss
from domain.suggestions import Hint
from sandbox.gallery_orders import AGAIN
from sandbox.gallery_types import Example
from sandbox.gallery_values import BASKET, BUYER, FRESH, LAST_TIME, MASK, NOW, SERUM, SHAMPOO
from screens import brand_aliases, catalogue, order_guide, repeats, replacing, requested_goods, saved_baskets
from screens import search_misses as missed
from screens.notices import told

FACTS: Mapping[str, Mapping[str, object]] = {
    "goods_answered": {"text": "کرم فلان ۵۰", "answer": "has", "product_id": 7},
    "search_week": {
        "misses": [
            {"text": "شامپو اوینا", "times": 14, "customers": 9},
            {"text": "کرم فلان ۵۰", "times": 3, "customers": 3},
        ],
        "wishes": 4,
    },
}
TODAY = date(2026, 11, 21)
SAVED = SavedBasket(id=3, customer_id=2, name="ماهانه", lines=LAST_TIME.lines, saved_at=NOW)
MISS = SearchMiss(id=9, text="شامپو اوینا", times=14, customers=9)
OPEN = MissOpen(miss=MISS, alias="اوینا", brands=((1, "آوین"), (4, "نوین‌درم")), near=(SHAMPOO, MASK))
WISH = RequestedGoods(id=5, text="کرم فلان ۵۰", times=7, customers=2, asked_at=NOW)
WISHERS = tuple(
    Wisher(request_id=number, contact_id=number, customer=name, text=WISH.text)
    for number, name in enumerate(("داروخانه دکتر رضایی", "سالن زیبایی نگین"), 1)
)
BRAND = NamedBrand(id=1, name="آوین", aliases=(BrandAlias(id=1, text="Avin"), BrandAlias(id=2, text="اوینا")))


def _line(offer: Offer, times: int, every: int | None, last: date, in_basket: int = 0) -> GuideLine:
    line = replace(LAST_TIME.lines[0], quantity=12, short_name=offer.product.short_name)
    habit = Habitual(
        line=line, times=times, last_on=last, last_quantity=12, every=every,
        next_on=date(2026, 11, 20) if every == 14 else None,
    )  # fmt: skip
    return GuideLine(habit=habit, offer=offer, units=12, in_basket=in_basket)


LINES = (
    _line(SHAMPOO, 6, 14, date(2026, 11, 6)),
    _line(MASK, 3, None, date(2026, 11, 11)),
    _line(SERUM, 5, 21, date(2026, 11, 1)),
    _line(SHAMPOO, 4, 21, date(2026, 11, 9), in_basket=12),
)
GUIDE = Guide(lines=LINES, first=1, page=1, pages=2, total=8, fillable=7, today=TODAY)


def ordering_again() -> Iterator[Example]:
    yield "order_guide.guide", lambda _: order_guide.guide(GUIDE, BUYER, 2, _)
    yield (
        "order_guide.guide: put",
        lambda _: order_guide.guide(GUIDE, BUYER, 2, _, order_guide.added(LINES[0], 12, _)),
    )
    none = replace(GUIDE, lines=(), pages=1, total=0, fillable=0)
    yield "order_guide.guide: nothing", lambda _: order_guide.guide(none, BUYER, 0, _)
    hint = Hint(suggestion_id=8, goods="رنگ", other="محافظ مو", product_id=11)
    yield "repeats.again: what goes with it", lambda _: repeats.again(replace(AGAIN, hint=hint), _)
    yield "repeats.again: a saved basket", lambda _: repeats.again(replace(AGAIN, source=None), _)
    in_the_way = InTheWay(source=None, basket=BASKET, saved=SAVED)
    yield "replacing.in_the_way: a saved basket", lambda _: replacing.in_the_way(in_the_way, _)
    yield (
        "replacing.in_the_way: the guide",
        lambda _: replacing.in_the_way(replace(in_the_way, saved=None), _),
    )
    yield from _saved()
    yield from _missed()
    yield from _brands()
    yield from _wished()


def _saved() -> Iterator[Example]:
    briefs = (SavedBrief(id=3, name="ماهانه", line_count=3), SavedBrief(id=4, name="عید", line_count=24))
    yield "saved_baskets.placed_again", lambda _: saved_baskets.placed_again(FRESH, "ماهانه", _)
    yield (
        "saved_baskets.saved_baskets",
        lambda _: saved_baskets.saved_baskets(briefs, _, has_basket=True, may_order=True),
    )
    yield (
        "saved_baskets.saved_baskets: none",
        lambda _: saved_baskets.saved_baskets((), _, has_basket=False, may_order=True),
    )
    yield "saved_baskets.saved_basket", lambda _: saved_baskets.saved_basket(SAVED, _, may_order=True)
    yield (
        "saved_baskets.saved_basket: new",
        lambda _: saved_baskets.saved_basket(SAVED, _, may_order=True, is_new=True),
    )
    yield (
        "saved_baskets.saved_basket: only seen",
        lambda _: saved_baskets.saved_basket(SAVED, _, may_order=False),
    )
    yield "saved_baskets.name_question", saved_baskets.name_question
    yield "saved_baskets.name_question: another", lambda _: saved_baskets.name_question(_, SAVED)
    yield "saved_baskets.drop_question", lambda _: saved_baskets.drop_question(SAVED, _)


def _missed() -> Iterator[Example]:
    yield "search_misses.misses", lambda _: missed.misses((MISS,), 2, True, _)
    yield "search_misses.misses: none", lambda _: missed.misses((), 1, False, _)
    yield "search_misses.miss", lambda _: missed.miss(OPEN, _)
    yield "search_misses.miss: nothing like it", lambda _: missed.miss(replace(OPEN, brands=(), near=()), _)
    yield "search_misses.brand_question", lambda _: missed.brand_question(9, _)
    yield "search_misses.brands_meant", lambda _: missed.brands_meant(9, OPEN.brands, _)
    yield "search_misses.brands_meant: none", lambda _: missed.brands_meant(9, (), _)
    yield "search_misses.alias_made", lambda _: missed.alias_made("اوینا", _)
    yield (
        "catalogue.nothing_found: may be wished for",
        lambda _: catalogue.nothing_found("کرم فلان", [MASK], _, search_id=9, may_wish=True),
    )


def _brands() -> Iterator[Example]:
    rows = ((1, "آوین", 2), (2, "سپیدار", 0), (3, "نگاره", 0))
    yield "brand_aliases.brand_names", lambda _: brand_aliases.brand_names(rows, 2, True, _)
    yield "brand_aliases.brand_names: none", lambda _: brand_aliases.brand_names((), 1, False, _)
    yield "brand_aliases.brand_wanted", brand_aliases.brand_wanted
    yield "brand_aliases.brands_found", lambda _: brand_aliases.brands_found(OPEN.brands, _)
    yield "brand_aliases.brands_found: none", lambda _: brand_aliases.brands_found((), _)
    yield "brand_aliases.brand_name", lambda _: brand_aliases.brand_name(BRAND, _)
    yield "brand_aliases.brand_name: none", lambda _: brand_aliases.brand_name(replace(BRAND, aliases=()), _)
    yield "brand_aliases.alias_question", lambda _: brand_aliases.alias_question(BRAND, _)


def _wished() -> Iterator[Example]:
    yield "requested_goods.goods_question", requested_goods.goods_question
    yield "requested_goods.goods_noted", lambda _: requested_goods.goods_noted(WISH.text, _)
    yield "requested_goods.wishes", lambda _: requested_goods.wishes((WISH,), 2, True, _)
    yield "requested_goods.wishes: none", lambda _: requested_goods.wishes((), 1, False, _)
    yield "requested_goods.wish", lambda _: requested_goods.wish(WISH, WISHERS, _)
    yield "requested_goods.wish_answered", lambda _: requested_goods.wish_answered(WISH, GoodsAnswer.HAS, _)
    no = GoodsAnswer.HAS_NOT
    yield "requested_goods.wish_answered: no", lambda _: requested_goods.wish_answered(WISH, no, _)
    for case in ({"answer": "has_not"}, {"product_id": None}):
        yield from _answered({**FACTS["goods_answered"], **case})


def _answered(facts: Mapping[str, object]) -> Iterator[Example]:
    word = Notification(
        key="x", kind="goods_answered", to=Recipient(contact_id=1), subject_id=5, due_at=NOW, facts=facts
    )
    yield f"notices.goods_answered: {facts['answer']}", lambda _: told(word, _)

"""An order that was written: what is still asked, the draft, and what a correction has changed (S2)."""

from __future__ import annotations

from collections.abc import Mapping

from domain.money import Rate
from domain.orders import Order, OrderLine
from domain.written.names import line_names
from domain.written_drafts import (
    Answered,
    Asked,
    Change,
    DayAsked,
    Drafted,
    Note,
    NothingLeft,
    Pending,
    TermAsked,
)
from screens.callbacks.basket import EditBasket, OpenBasket, PlaceOrder
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.home import OpenHome
from screens.callbacks.written import PickDay, PickTerm, TurnDraft
from screens.checkout import step, term_label
from screens.home import home_button
from screens.language import Language, Words
from screens.order_lines import ROOM, gifts_of, other_gifts
from screens.pages import titled, turning
from screens.screen import Button, Screen
from screens.terms import term_words
from screens.units import counted
from screens.written_questions import above, question, understood

WHOLE = 10_000


def shown(answered: Answered, _: Language) -> Screen:
    """What comes next, under what the last answer has done."""
    screen = pending(answered.next, _)
    if answered.note is None:
        return screen
    has_rest = not isinstance(answered.next, NothingLeft)
    note = _note(answered.note, has_rest=has_rest, _=_)
    return Screen(f"{note}\n\n{screen.text}", screen.rows)


def _note(note: Note, *, has_rest: bool, _: Language) -> Words:
    match note:
        case Note.REQUESTED if has_rest:
            return _("Noted as goods to ask our buyers for. The rest of the order stays as it is.")
        case Note.REQUESTED:
            return _("Noted as goods to ask our buyers for.")
        case Note.ALERTED:
            return _("🔔 We will tell you when it is back.")
        case Note.SETTLED:
            return _("This question was answered before.")
        case Note.GONE:
            return _("What you chose is not sold any more.")


def pending(found: Pending, _: Language) -> Screen:
    match found:
        case Asked():
            return _asked(found, _)
        case TermAsked():
            return _term(found, _)
        case DayAsked():
            return _day(found, _)
        case Drafted():
            return drafted(found, _)
        case NothingLeft():
            return _nothing(found, _)
    return step(found, _)


def _asked(asked: Asked, _: Language) -> Screen:
    """S2.2; what comes after the first question is only the next one."""
    text: list[Words] = [*_changes(asked.changes, _), *_missing(asked.missing, _)]
    listed = understood(asked, _)
    if listed:
        heading = _("Hello, this is what I understood:") if asked.greets else _("This is what I understood:")
        text += [heading, *_fitting(listed, _)]
    if asked.had:
        text.append(_had(asked.had, _))
    words, rows = question(asked, _)
    return Screen("\n".join([*text, words]), (*rows, (home_button(_),)))


def _fitting(lines: list[Words], _: Language) -> list[Words]:
    """As many as have room in a message, and how many more there are."""
    text: list[Words] = []
    left = ROOM
    for words in lines:
        left -= len(words) + 1
        if left < 0:
            return [*text, _("… and {count} more items", count=len(lines) - len(text))]
        text.append(words)
    return text


def _had(count: int, _: Language) -> Words:
    return _("It joins the {count} items that were in your basket.", count=count)


def _changes(changes: tuple[Change, ...], _: Language) -> list[Words]:
    return [_change(each, _) for each in changes]


def _change(each: Change, _: Language) -> Words:
    if not each.after:
        return _("{name}: taken out", name=each.label)
    after = counted(each.after, each.unit, _)
    if each.is_rounded:
        return _("📦 {label}: {before} → {after}", label=each.label, before=each.before, after=after)
    return _("{name}: {before} → {after}", name=each.label, before=each.before, after=after)


def _missing(phrases: tuple[str, ...], _: Language) -> list[Words]:
    return [_("“{phrase}” is not in your basket.", phrase=_.digits(each)) for each in phrases]


def drafted(found: Drafted, _: Language, page: int = 1) -> Screen:
    """S2.3; S2.4 where only what was there has changed. Many lines are turned page by page."""
    order, draft = found.summary.order, found.summary.basket.draft
    assert draft.deliver_on is not None
    assert draft.nonce is not None
    text: list[Words] = []
    turns: tuple[Button, ...] = ()
    if found.is_fresh:
        changed = [*_changes(found.changes, _), *_missing(found.missing, _)]
        if found.had:
            changed.insert(0, _had(found.had, _))
        lines, page, pages = _page(_lines(order, found.said, _), page)
        text += [*changed, titled(_("🧾 Draft order"), page, pages, _), *lines]
        turns = turning(page, pages, lambda to: TurnDraft(order_id=draft.id, page=to), _)
        text.append(_("Sum: {net} · tax: {vat}", net=order.net, vat=order.vat))
    elif found.changes or found.missing:
        text += [_("Corrected:"), *_changes(found.changes, _), *_missing(found.missing, _)]
    else:
        text.append(_("🧾 Draft order"))
    text.append(_("To pay: {payable} toman", payable=order.payable))
    if found.is_fresh or not found.changes:
        text.append(_sent(order, _))
    if found.summary.is_late:
        text.append(_("⚠️ The time for this day has passed; it may come a day later."))
    if draft.note:
        text.append(_("📝 {note}", note=draft.note))
    place = PlaceOrder(order_id=draft.id, version=draft.version, nonce=draft.nonce)
    ways = (
        Button(_.label("✅ Place the order"), place),
        Button(_.label("✏️ Edit"), EditBasket(page=1)),
        Button(_.label("❌ Never mind"), OpenHome()),
    )
    return Screen("\n".join(text), (ways, turns) if turns else (ways,))


def _page(lines: list[Words], page: int) -> tuple[list[Words], int, int]:
    """That page of the lines, its number within the range, and how many pages there are."""
    pages: list[list[Words]] = [[]]
    left = ROOM
    for words in lines:
        left -= len(words) + 1
        if left < 0 and pages[-1]:
            pages.append([])
            left = ROOM - len(words) - 1
        pages[-1].append(words)
    page = min(max(page, 1), len(pages))
    return pages[page - 1], page, len(pages)


def _sent(order: Order, _: Language) -> Words:
    if order.term is None:
        return _("Delivery: {day}", day=order.deliver_on)
    return _("Delivery: {day} · payment: {term}", day=order.deliver_on, term=term_words(order.term, _))


def _lines(order: Order, said: Mapping[int, str], _: Language) -> list[Words]:
    paid = order.paid_lines
    names = line_names(paid, dict(said))
    free: dict[int, int] = {}
    for each in order.lines:
        if each.is_bonus:
            free[each.product_id] = free.get(each.product_id, 0) + each.quantity
    lines = [
        _line(at, line, names[line.product_id], free.get(line.product_id, 0), _)
        for at, line in enumerate(paid, 1)
    ]
    return [*lines, *other_gifts(gifts_of(order), paid, _)]


def _line(at: int, line: OrderLine, name: str, free: int, _: Language) -> Words:
    """«۱. شامپو آوین ۲۵۰ × ۴۸: ۷٬۱۰۴٬۰۰۰ − ۵۶۸٬۳۲۰ (۸٪) = ۶٬۵۳۵٬۶۸۰»."""
    values = {"at": at, "name": name, "quantity": line.quantity, "net": line.net}
    if not line.discount:
        text = _("{at}. {name} × {quantity}: {net}", **values)
    elif (rate := _rate(line)) is not None:
        text = _(
            "{at}. {name} × {quantity}: {gross} − {discount} ({rate}) = {net}",
            gross=line.gross,
            discount=line.discount,
            rate=rate,
            **values,
        )
    else:
        text = _(
            "{at}. {name} × {quantity}: {gross} − {discount} = {net}",
            gross=line.gross,
            discount=line.discount,
            **values,
        )
    if line.later:
        later = _(" ({quantity} with the next delivery)", quantity=counted(line.later, line.unit, _))
        text = Words(f"{text}{later}")
    if free:
        given = _("🎁 +{count}", count=free)
        text = Words(f"{text}   {given}")
    return text


def _rate(line: OrderLine) -> Rate | None:
    """The share that was taken off, where it is a whole one."""
    share, left = divmod(line.discount.rials * WHOLE, line.gross.rials)
    return None if left else Rate(share)


def _term(asked: TermAsked, _: Language) -> Screen:
    rows = tuple(
        (Button(term_label(each, _), PickTerm(order_id=asked.order_id, term_id=each.term.id)),)
        for each in asked.choice.totals
    )
    back = Button(_.label("🛒 Basket"), OpenBasket())
    return Screen(above(asked.understood, _("How will you pay?"), _), (*rows, (back, home_button(_))))


def _day(asked: DayAsked, _: Language) -> Screen:
    text = _("Which day shall we send it?")
    if asked.wanted is not None:
        text = _("We cannot deliver on {day}. Which day shall we send it?", day=asked.wanted)
    days = tuple(
        Button(_.say(day), PickDay(order_id=asked.order_id, day=day.toordinal())) for day in asked.days
    )
    back = Button(_.label("🛒 Basket"), OpenBasket())
    return Screen(above(asked.understood, text, _), (days, (back, home_button(_))))


def _nothing(found: NothingLeft, _: Language) -> Screen:
    text = [*_changes(found.changes, _), *_missing(found.missing, _), _("Your basket is empty.")]
    shop = Button(_.label("🛒 New order"), OpenCatalogue())
    return Screen("\n".join(text), ((shop, home_button(_)),))

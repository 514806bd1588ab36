"""Purchase history (CUS-04): pages of orders by span of time, and the lines of one."""

from __future__ import annotations

from domain.calendar import today_in_tehran
from domain.history import PER_PAGE, HistoryPage, LinesPage, Span
from domain.order_views import OrderBrief
from domain.orders import OrderLine
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.orders import (
    FilterHistory,
    OpenHistory,
    OpenJob,
    OpenLines,
    OpenOrder,
    RepeatThis,
)
from screens.home import home_button
from screens.language import FullDay, Language, Words
from screens.order_lines import gifts_of, other_gifts, totals, writer
from screens.orders import status_word
from screens.pages import turning
from screens.screen import Button, Screen
from screens.units import counted

LINES_PER_PAGE = 20
NUMBERS_IN_A_ROW = 5


def history(page: HistoryPage, _: Language) -> Screen:
    """A page of orders; each is opened by its number on the page."""
    if not page.orders:
        return _nothing(page.span, _)
    first = (page.page - 1) * PER_PAGE + 1
    text = [
        _("🧾 Purchase history: {span}", span=_span_word(page.span, _)),
        _("{count} purchases, {total} toman in all", count=page.bought.purchases, total=page.bought.total),
    ]
    if page.pages > 1:
        text.append(_("Page {page} of {pages}", page=page.page, pages=page.pages))
    text += [_brief(at, order, _) for at, order in enumerate(page.orders, first)]
    numbers = [
        Button(_.label("{number}", number=at), OpenLines(order_id=order.id, page=1))
        for at, order in enumerate(page.orders, first)
    ]
    rows = [
        tuple(numbers[start : start + NUMBERS_IN_A_ROW]) for start in range(0, len(numbers), NUMBERS_IN_A_ROW)
    ]
    if turns := turning(page.page, page.pages, lambda to: _open(page.span, to), _):
        rows.append(turns)
    return Screen("\n".join(text), (*rows, _spans(page.span, _), (home_button(_),)))


def _nothing(span: Span, _: Language) -> Screen:
    shop = Button(_.label("🛒 New order"), OpenCatalogue())
    if span is Span.ALL:
        return Screen(_("You have not ordered anything yet."), ((shop,), (home_button(_),)))
    text = _("No order in this span: {span}", span=_span_word(span, _))
    return Screen(text, (_spans(span, _), (shop, home_button(_))))


def _brief(at: int, order: OrderBrief, _: Language) -> Words:
    assert order.placed_at is not None
    return _(
        "{at}. Order {number} · {day}\n   {payable} toman · {status}",
        at=at,
        day=FullDay(today_in_tehran(order.placed_at)),
        number=order.number,
        payable=order.payable,
        status=status_word(order.status, _),
    )


def _spans(shown: Span, _: Language) -> tuple[Button, ...]:
    return tuple(Button(_span_word(span, _), _open(span, 1)) for span in Span if span is not shown)


def _open(span: Span, page: int) -> OpenHistory | FilterHistory:
    return OpenHistory(page=page) if span is Span.ALL else FilterHistory(span=span, page=page)


def _span_word(span: Span, _: Language) -> str:
    match span:
        case Span.ALL:
            return _.label("all")
        case Span.MONTH:
            return _.label("this month")
        case Span.QUARTER:
            return _.label("this season")
        case Span.YEAR:
            return _.label("this year")


def order_lines(shown: LinesPage, _: Language) -> Screen:
    """All lines of an order, a page of them; what they cost is for the customer."""
    order = shown.order
    assert order.number is not None
    lines = order.lines if shown.is_for_staff else order.paid_lines
    pages = max(1, -(-len(lines) // LINES_PER_PAGE))
    page = min(max(shown.page, 1), pages)
    start = (page - 1) * LINES_PER_PAGE
    text = [_("Order {number} · {status}", number=order.number, status=status_word(order.status, _))]
    if order.placed_at is not None:
        text.append(_.say(FullDay(today_in_tehran(order.placed_at))))
    if pages > 1:
        text.append(_("Page {page} of {pages}", page=page, pages=pages))
    gifts = gifts_of(order)
    written = _counted_line if shown.is_for_staff else writer(gifts)
    text += [written(at, line, _) for at, line in enumerate(lines[start : start + LINES_PER_PAGE], start + 1)]
    if not shown.is_for_staff:
        if page == pages:
            text += other_gifts(gifts, lines, _)
        text += totals(order.net, order.vat, _)
    return Screen("\n".join(text), _lines_rows(shown, page, pages, _))


def _lines_rows(shown: LinesPage, page: int, pages: int, _: Language) -> tuple[tuple[Button, ...], ...]:
    order_id = shown.order.id
    rows: list[tuple[Button, ...]] = []
    if turns := turning(page, pages, lambda to: OpenLines(order_id=order_id, page=to), _):
        rows.append(turns)
    if shown.is_for_staff:
        rows.append((Button(_.label("⬅️ Back"), OpenJob(order_id=order_id)), home_button(_)))
        return tuple(rows)
    rows.append(
        (
            Button(_.label("🔁 Order this again"), RepeatThis(order_id=order_id)),
            Button(_.label("📦 Follow"), OpenOrder(order_id=order_id)),
        )
    )
    rows.append((Button(_.label("⬅️ Back"), OpenHistory(page=1)), home_button(_)))
    return tuple(rows)


def _counted_line(at: int, line: OrderLine, _: Language) -> Words:
    quantity = counted(line.quantity, line.unit, _)
    if line.is_bonus:
        return _("{at}. {name} — {quantity} 🎁 bonus", at=at, name=line.name, quantity=quantity)
    return _("{at}. {name} — {quantity}", at=at, name=line.name, quantity=quantity)

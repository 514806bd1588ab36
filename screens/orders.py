"""Orders that were placed: S1.19, the way of an order, changing and cancelling it."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import TEHRAN
from domain.errors import TooLateToChange
from domain.order_views import OrderBrief, OrderView
from domain.orders import OPEN, Channel, Order, OrderStatus
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.orders import (
    AskCancel,
    CancelOrder,
    ChangeOrder,
    OpenLines,
    OpenOrder,
    OpenTracking,
    RepeatThis,
    SendProforma,
)
from screens.callbacks.support import AskSupport
from screens.home import home_button
from screens.language import Hour, Language, Weekday, Words
from screens.order_lines import gifts_of, listed, other_gifts, totals, writer
from screens.paper import Form
from screens.screen import Button, Screen
from screens.terms import term_words

MOST_SHOWN = 20
"""So many lines stand on the card of an order; the rest is behind a button."""
PATH = (
    OrderStatus.PLACED,
    OrderStatus.APPROVED,
    OrderStatus.PICKING,
    OrderStatus.LOADED,
    OrderStatus.DELIVERED,
)


def placed(view: OrderView, _: Language) -> Screen:
    """S1.19."""
    if view.is_changed:
        text = [_("Order {number} was changed ✅", number=view.number)]
    elif view.order.channel is Channel.TEXT:
        return _placed_by_text(view, _)
    else:
        text = [_("Order {number} was placed and approved ✅", number=view.number)]
    if view.order.deliver_on is not None:
        text.append(_("Delivery: {day}", day=view.order.deliver_on))
    if view.changeable_until is not None:
        text.append(_until(view.changeable_until, _))
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=view.order.id))
    return Screen("\n".join(text), ((follow, *_changing(view, _)), (home_button(_),)))


def _placed_by_text(view: OrderView, _: Language) -> Screen:
    """S2.4: in a word, for whoever has written it."""
    day = view.order.deliver_on
    text = _("Order {number} was placed and approved ✅ Delivery {day}.", number=view.number, day=day)
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=view.order.id))
    return Screen(text, ((follow, *_changing(view, _)), (home_button(_),)))


def _changing(view: OrderView, _: Language) -> tuple[Button, ...]:
    if not view.can_change:
        return ()
    return (
        Button(_.label("✏️ Change"), ChangeOrder(order_id=view.order.id)),
        Button(_.label("❌ Cancel"), AskCancel(order_id=view.order.id)),
    )


def _until(at: datetime, _: Language) -> Words:
    """«تا یکشنبه ساعت ۱۷»: a full hour is said without its minutes."""
    local = at.astimezone(TEHRAN)
    hour = Hour(local) if local.minute else local.hour
    return _("You can change it until {weekday} at {hour}.", weekday=Weekday(local.date()), hour=hour)


def order_card(view: OrderView, _: Language) -> Screen:
    """One order: its path with times, its lines and what can be done."""
    order = view.order
    heading = _("Order {number} · {status}", number=view.number, status=status_word(order.status, _))
    gifts, paid = gifts_of(order), order.paid_lines
    lines, hidden = listed(paid, MOST_SHOWN, writer(gifts), _)
    text = [heading, *_path(view, _), "", *lines, *other_gifts(gifts, paid, _)]
    rows: list[tuple[Button, ...]] = []
    if hidden:
        rows.append((Button(_.label("📄 All items"), OpenLines(order_id=order.id, page=1)),))
    text += totals(order.net, order.vat, _)
    if order.term is not None:
        text.append(paid_by(order, _))
    if order.note:
        text.append(_("📝 {note}", note=order.note))
    if view.changeable_until is not None:
        text.append(_until(view.changeable_until, _))
        rows.append(_changing(view, _))
    rows.append((Button(_.label("🔁 Order this again"), RepeatThis(order_id=order.id)),))
    if order.status in OPEN:
        proforma = SendProforma(order_id=order.id, form=Form.PDF)
        rows.append((Button(_.label("📄 Proforma (PDF)"), proforma),))
    rows.append((Button(_.label("⬅️ Back"), OpenTracking()), home_button(_)))
    return Screen("\n".join(text), tuple(rows))


def paid_by(order: Order, _: Language) -> Words:
    """«تسویه: چک ۴۵ روزه»."""
    assert order.term is not None
    return _("Payment: {term}", term=term_words(order.term, _))


def _path(view: OrderView, _: Language) -> list[Words]:
    """The steps that were made, with their times, and those to come, unless it ended otherwise."""
    order = view.order
    lines = [_("✅ {step}: {at}", step=step_word(event.status, _), at=event.at) for event in order.events]
    for status in _to_come(order):
        if status is OrderStatus.DELIVERED and order.deliver_on is not None:
            lines.append(
                _(
                    "▫️ {step}: {day}, between {first} and {last}",
                    step=step_word(status, _),
                    day=order.deliver_on,
                    first=view.plan.route.from_hour,
                    last=view.plan.route.until_hour,
                )
            )
        else:
            lines.append(_("▫️ {step}", step=step_word(status, _)))
    return lines


def _to_come(order: Order) -> tuple[OrderStatus, ...]:
    """What lies after the step that was reached last; nothing once the order has ended."""
    if order.status is OrderStatus.HELD:
        return PATH[1:]
    return PATH[PATH.index(order.status) + 1 :] if order.status in PATH else ()


def tracking(orders: tuple[OrderBrief, ...], _: Language) -> Screen:
    """All orders on their way."""
    if not orders:
        text = _("No order of yours is on its way.")
        shop = Button(_.label("🛒 New order"), OpenCatalogue())
        return Screen(text, ((shop,), (home_button(_),)))
    lines = [_("📦 Your orders on their way:"), *(_brief(each, _) for each in orders)]
    rows = [
        (Button(_.label("📦 Order {number}", number=each.number), OpenOrder(order_id=each.id)),)
        for each in orders
    ]
    return Screen("\n".join(lines), (*rows, (home_button(_),)))


def _brief(order: OrderBrief, _: Language) -> Words:
    if order.deliver_on is None:
        return _("{number} · {status}", number=order.number, status=status_word(order.status, _))
    return _(
        "{number} · {status} · delivery {day}",
        number=order.number,
        status=status_word(order.status, _),
        day=order.deliver_on,
    )


def cancel_question(order: Order, _: Language) -> Screen:
    assert order.number is not None
    text = _(
        "Shall order {number} ({payable} toman) really be cancelled?",
        number=order.number,
        payable=order.payable,
    )
    yes = Button(_.label("❌ Yes, cancel it"), CancelOrder(order_id=order.id, version=order.version))
    no = Button(_.label("No, keep it"), OpenOrder(order_id=order.id))
    return Screen(text, ((yes, no), (home_button(_),)))


def cancelled(order: Order, _: Language) -> Screen:
    assert order.number is not None
    text = _("Order {number} was cancelled.", number=order.number)
    shop = Button(_.label("🛒 New order"), OpenCatalogue())
    again = Button(_.label("🔁 Order this again"), RepeatThis(order_id=order.id))
    return Screen(text, ((shop, again), (home_button(_),)))


def too_late(no: TooLateToChange, _: Language) -> Screen:
    """The bot changes nothing any more, but a person may."""
    text = _(
        "Order {number} can no longer be changed or cancelled here. Our support does what is still possible.",
        number=no.number,
    )
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=no.order_id))
    return Screen(text, ((Button(_.label("💬 Support"), AskSupport()), follow), (home_button(_),)))


def status_word(status: OrderStatus, _: Language) -> str:
    """How an order stands."""
    words = {
        OrderStatus.DRAFT: _.label("draft"),
        OrderStatus.PLACED: _.label("placed"),
        OrderStatus.HELD: _.label("waiting for a decision"),
        OrderStatus.APPROVED: _.label("approved"),
        OrderStatus.PICKING: _.label("being prepared"),
        OrderStatus.LOADED: _.label("on its way"),
        OrderStatus.DELIVERED: _.label("delivered"),
        OrderStatus.PART_DELIVERED: _.label("partly delivered"),
        OrderStatus.CANCELLED: _.label("cancelled"),
        OrderStatus.REJECTED: _.label("rejected"),
    }
    return words[status]


def step_word(status: OrderStatus, _: Language) -> str:
    """A step on the way of an order (ORD-07)."""
    words = {
        OrderStatus.PLACED: _.label("Placing"),
        OrderStatus.APPROVED: _.label("Approval"),
        OrderStatus.PICKING: _.label("Preparation"),
        OrderStatus.LOADED: _.label("Loading"),
        OrderStatus.DELIVERED: _.label("Delivery"),
        OrderStatus.PART_DELIVERED: _.label("Part delivery"),
        OrderStatus.CANCELLED: _.label("Cancellation"),
    }
    return words.get(status) or status_word(status, _)

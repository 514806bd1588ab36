"""The warehouse's desk: the queue, and one order with its next step."""

from __future__ import annotations

from collections.abc import Sequence

from domain.delays import LATE
from domain.order_views import Job, OrderBrief
from domain.orders import Order, OrderLine, OrderStatus
from screens.callbacks.delays import OpenLateRoutes, TellOrderLate
from screens.callbacks.orders import (
    AskOurCancel,
    MoveOrder,
    OpenDesk,
    OpenJob,
    OpenLines,
    OurCancel,
    OurReason,
    Step,
    Verdict,
)
from screens.home import home_button
from screens.language import Language, Words
from screens.order_lines import listed
from screens.orders import status_word
from screens.pages import in_rows, turning
from screens.screen import ALONE, Button, Screen, shortened
from screens.units import counted

MOST_SHOWN = 60
STEPS = {
    Step.PICK: OrderStatus.PICKING,
    Step.LOAD: OrderStatus.LOADED,
    Step.DELIVER: OrderStatus.DELIVERED,
}


def desk(orders: Sequence[OrderBrief], page: int, has_more: bool, _: Language) -> Screen:
    """The queue by the promised day; each order is a button."""
    text = _("📦 The warehouse's queue, page {page}", page=page)
    if not orders:
        text = _("📦 Nothing waits in the warehouse's queue.")
    rows: list[tuple[Button, ...]] = []
    lines: list[Words] = []
    for each in orders:
        lines.append(_brief(each, _))
        label = _.label("{number} · {status}", number=each.number, status=status_word(each.status, _))
        rows.append((Button(shortened(label, ALONE), OpenJob(order_id=each.id)),))
    turns = turning(page, page + 1 if has_more else page, lambda to: OpenDesk(page=to), _)
    if turns:
        rows.append(turns)
    if orders:
        rows.append((Button(_.label("⏰ A route is late"), OpenLateRoutes()),))
    return Screen("\n".join((text, *lines)), (*rows, (home_button(_),)))


def _brief(order: OrderBrief, _: Language) -> Words:
    values = {"number": order.number, "customer": order.customer_name, "count": order.line_count}
    if order.deliver_on is None:
        return _("{number} · {customer} · {count} items", **values)
    return _("{number} · {customer} · {count} items · {day}", day=order.deliver_on, **values)


def job(job: Job, _: Language) -> Screen:
    """What is to be put together, for whom and where it goes; and the next step."""
    order = job.order
    text = [
        _("Order {number} · {status}", number=_number(order), status=status_word(order.status, _)),
        _("{customer}\n{address}", customer=job.customer_name, address=job.plan.short_address),
    ]
    if order.deliver_on is not None:
        text.append(_("Delivery: {day}", day=order.deliver_on))
    if order.note:
        text.append(_("📝 {note}", note=order.note))
    rows: list[tuple[Button, ...]] = []
    lines, hidden = listed(order.lines, MOST_SHOWN, _line, _)
    text += lines
    if hidden:
        rows.append((Button(_.label("📄 All items"), OpenLines(order_id=order.id, page=1)),))
    for step, status in STEPS.items():
        if job.next_step is status:
            move = MoveOrder(order_id=order.id, step=step, version=order.version)
            rows.append((Button(_step_label(step, _), move),))
    if job.can_move and order.status in LATE and order.deliver_on is not None:
        rows.append((Button(_.label("⏰ It is late"), TellOrderLate(order_id=order.id)),))
    if job.can_cancel:
        rows.append((Button(_.label("❌ We cancel it"), AskOurCancel(order_id=order.id)),))
    rows.append((Button(_.label("⬅️ Back"), OpenDesk(page=1)), home_button(_)))
    return Screen("\n".join(text), tuple(rows))


def our_cancel_question(order: Order, _: Language) -> Screen:
    """The reason is the answer: with it the order is cancelled."""
    text = _(
        "Order {number} will be cancelled, and its customer hears why. Please choose or write the reason.",
        number=_number(order),
    )
    buttons = [
        Button(our_reason_word(each, _), OurCancel(order_id=order.id, reason=each, version=order.version))
        for each in OurReason
    ]
    back = Button(_.label("No, keep it"), OpenJob(order_id=order.id))
    return Screen(text, (*in_rows(buttons, 2), (back, home_button(_))))


def our_reason_word(reason: str, _: Language) -> str:
    """One of ours in the reader's language; what was typed as it is."""
    match reason:
        case OurReason.GOODS:
            return _.label("goods ran out")
        case OurReason.ASKED:
            return _.label("at your own wish")
        case OurReason.ADDRESS:
            return _.label("address not reached")
        case OurReason.MISTAKE:
            return _.label("recorded by mistake")
    return reason


def _number(order: Order) -> int:
    assert order.number is not None
    return order.number


def _line(at: int, line: OrderLine, _: Language) -> Words:
    """Only what goes out now is put together."""
    quantity = counted(line.now, line.unit, _)
    if line.later:
        later = counted(line.later, line.unit, _)
        return _(
            "{at}. {name} — {quantity} ({later} later)", at=at, name=line.name, quantity=quantity, later=later
        )
    if line.is_bonus:
        return _("{at}. {name} — {quantity} 🎁 bonus", at=at, name=line.name, quantity=quantity)
    return _("{at}. {name} — {quantity}", at=at, name=line.name, quantity=quantity)


def _step_label(step: Step, _: Language) -> str:
    match step:
        case Step.PICK:
            return _.label("📋 Begin picking")
        case Step.LOAD:
            return _.label("🚚 Loaded")
        case Step.DELIVER:
            return _.label("✅ Delivered")


def feedback_thanks(verdict: Verdict, order: Order, _: Language) -> Screen:
    """Whoever says that something was wrong hears that somebody will look after it, and is asked what."""
    if verdict is Verdict.COMPLETE:
        return Screen(_("Thank you. We are glad that everything was right 🙏"), ((home_button(_),),))
    text = _(
        "We are sorry. It was recorded for order {number}; our support will get in touch with you.",
        number=_number(order),
    )
    question = _("What was missing, and how many? Please write it.")
    if verdict is Verdict.DAMAGED:
        question = _("What was damaged? Please write it; a photo with a word under it helps us.")
    return Screen(f"{text}\n{question}", ((home_button(_),),))

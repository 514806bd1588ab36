"""An order that is late: what the warehouse says step by step, and what the customer is asked (S1.22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from domain.delays import DelayReason, DelayWord, RouteDay
from domain.orders import Order
from screens.callbacks.delays import (
    AskOtherDay,
    CancelLate,
    ChooseOtherDay,
    DelayBecause,
    DelayHours,
    DelayTo,
    OpenLateRoutes,
    OtherDelayDays,
    SendDelay,
    TellRouteLate,
)
from screens.callbacks.orders import OpenDesk, OpenOrder, RepeatThis
from screens.home import home_button
from screens.language import Language, Weekday, Words
from screens.pages import in_rows
from screens.screen import ALONE, Button, Screen, shortened

HOURS = ((9, 12), (10, 13), (14, 17), (16, 20))


def routes(found: Sequence[RouteDay], _: Language) -> Screen:
    """All that is still to be brought, by route and day."""
    text = _("⏰ Which route is late? Every customer of it is told.")
    if not found:
        text = _("There is nothing to be brought on any route.")
    rows = [(_route(each, _),) for each in found[:40]]
    return Screen(text, (*rows, _back(_)))


def _route(each: RouteDay, _: Language) -> Button:
    label = _.label("{route} · {day} · {count} orders", route=each.name, day=each.day, count=each.count)
    return Button(shortened(label, ALONE), TellRouteLate(route_id=each.route_id, day=each.day.toordinal()))


def _back(_: Language) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), OpenDesk(page=1)), home_button(_))


def reason_question(numbers: Sequence[int], was_on: date, _: Language) -> Screen:
    """Why; a tap, or typed."""
    what = _about(numbers, was_on, _)
    question = _("Why is it late? Choose, or write the reason in a few words.")
    buttons = [Button(reason_word(each, _), DelayBecause(reason=each)) for each in DelayReason]
    return Screen(f"{what}\n{question}", (*in_rows(buttons, 2), _back(_)))


def _about(numbers: Sequence[int], was_on: date, _: Language) -> Words:
    if len(numbers) == 1:
        return _("⏰ Order {number}, promised for {day}", number=numbers[0], day=was_on)
    return _("⏰ {count} orders, promised for {day}", count=len(numbers), day=was_on)


def reason_word(reason: str, _: Language) -> str:
    """One of ours in the reader's language; what was typed as it is."""
    match reason:
        case DelayReason.VEHICLE:
            return _.label("vehicle broken down")
        case DelayReason.ROAD:
            return _.label("road closed")
        case DelayReason.WEATHER:
            return _.label("weather")
        case DelayReason.GOODS:
            return _.label("goods missing")
    return reason


def day_question(days: Sequence[date], _: Language, *, are_all: bool = False) -> Screen:
    """The next days of the route; or any working day."""
    buttons = [Button(_.label("{day}", day=day), DelayTo(day=day.toordinal())) for day in days]
    more = () if are_all else ((Button(_.label("Another day"), OtherDelayDays()),),)
    text = _("On which day do they get it? You can write the day too.")
    return Screen(text, (*in_rows(buttons, 2), *more, _back(_)))


def hours_question(usual: tuple[int, int], _: Language) -> Screen:
    """The route's own hours first."""
    spans = dict.fromkeys((usual, *HOURS))
    buttons = [
        Button(_.label("{first} to {last}", first=first, last=last), DelayHours(first=first, last=last))
        for first, last in spans
    ]
    text = _("Between which hours? You can write them too, for example “9 to 12”.")
    return Screen(text, (*in_rows(buttons, 2), _back(_)))


def preview(words: Words, count: int, _: Language) -> Screen:
    """Exactly what the customer reads, before it is sent."""
    if count == 1:
        heading = _("The customer reads:")
    else:
        heading = _("{count} customers read this, each with the number of their own order:", count=count)
    send = Button(_.label("✅ Tell it"), SendDelay())
    return Screen(f"{heading}\n\n{words}", ((send,), _back(_)))


def told_late(numbers: Sequence[int], _: Language) -> Screen:
    if len(numbers) == 1:
        text = _("It was told, and order {number} has its new day ✅", number=numbers[0])
    else:
        text = _("It was told for {count} orders, and they have their new day ✅", count=len(numbers))
    desk = Button(_.label("📦 The queue"), OpenDesk(page=1))
    return Screen(text, ((desk, Button(_.label("⏰ Another route"), OpenLateRoutes())), (home_button(_),)))


def delay_words(facts: Mapping[str, object], _: Language, told_on: date | None = None) -> Words:
    """«سفارش ۴۰۵۲۱ امروز نمی‌رسد. دلیل: خرابی خودرو پخش.» and when it comes instead.

    ``told_on`` is None in the preview: there it reads as if it were told at once.
    """
    number, day = facts["number"], date.fromisoformat(str(facts["was_on"]))
    days_ago = facts["days_ago"] if told_on is None else (told_on - day).days
    assert isinstance(days_ago, int)
    was_on = Weekday(day)
    if days_ago == 0:
        first = _("Order {number} does not arrive today.", number=number)
    elif days_ago < 0:
        first = _("Order {number} does not arrive on {weekday}.", number=number, weekday=was_on)
    else:
        first = _("Order {number} did not arrive on {weekday}.", number=number, weekday=was_on)
    why = _("Reason: {reason}.", reason=reason_word(str(facts["reason"]), _))
    new = _(
        "New time: {day}, {first} to {last}. We apologise.",
        day=date.fromisoformat(str(facts["deliver_on"])),
        first=facts["from_hour"],
        last=facts["until_hour"],
    )
    return Words(f"{first} {why}\n{new}")


def word_facts(number: int, was_on: date, today: date, word: DelayWord) -> dict[str, object]:
    """As the notice keeps them, for the preview."""
    return {
        "number": number,
        "days_ago": (today - was_on).days,
        "was_on": was_on.isoformat(),
        "reason": word.reason,
        "deliver_on": word.deliver_on.isoformat(),
        "from_hour": word.from_hour,
        "until_hour": word.until_hour,
    }


def thanks(order_id: int, _: Language) -> Screen:
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=order_id))
    return Screen(_("Thank you for your patience 🙏"), ((follow, home_button(_)),))


def other_day_question(delay_id: int, order: Order, days: Sequence[date], _: Language) -> Screen:
    """The next days of the customer's own route."""
    assert order.number is not None
    buttons = [
        Button(_.label("{day}", day=day), ChooseOtherDay(delay_id=delay_id, day=day.toordinal()))
        for day in days
    ]
    text = _("On which day shall we bring order {number}?", number=order.number)
    return Screen(text, (*in_rows(buttons, 2), _follow(order, _)))


def _follow(order: Order, _: Language) -> tuple[Button, ...]:
    return (Button(_.label("📦 Follow"), OpenOrder(order_id=order.id)), home_button(_))


def day_chosen(order: Order, _: Language) -> Screen:
    assert order.number is not None
    assert order.deliver_on is not None
    text = _("Order {number} comes on {day} ✅", number=order.number, day=order.deliver_on)
    return Screen(text, (_follow(order, _),))


def cancel_question(delay_id: int, order: Order, _: Language) -> Screen:
    assert order.number is not None
    text = _(
        "Shall order {number} ({payable} toman) really be cancelled?",
        number=order.number,
        payable=order.payable,
    )
    yes = Button(_.label("❌ Yes, cancel it"), CancelLate(delay_id=delay_id, version=order.version))
    other = Button(_.label("Another day"), AskOtherDay(delay_id=delay_id))
    return Screen(text, ((yes, other), _follow(order, _)))


def cancelled(order: Order, _: Language) -> Screen:
    assert order.number is not None
    text = _("Order {number} was cancelled. We are sorry that we were late.", number=order.number)
    again = Button(_.label("🔁 Order this again"), RepeatThis(order_id=order.id))
    return Screen(text, ((again, home_button(_)),))

"""The word to somebody who usually orders about now (S4.5), and to who looks after them."""

from __future__ import annotations

from datetime import date

from domain.notifications import Notification
from domain.nudges import NudgeReason
from screens.callbacks.credit import OpenCreditCard
from screens.callbacks.nudges import DeclineNudge, FillUsual, RemindLater
from screens.home import home_button
from screens.language import Language, Weekday, Words
from screens.notices import notice
from screens.screen import Button, Screen


@notice("nudge")
def nudge(notification: Notification, _: Language) -> Screen:
    nudge_id = notification.subject_id
    buttons = [
        Button(_.label("✅ Fill it"), FillUsual(nudge_id=nudge_id)),
        Button(_.label("Not needed now"), DeclineNudge(nudge_id=nudge_id)),
    ]
    if notification.facts["can_wait"]:
        buttons.append(Button(_.label("Remind me in 3 days"), RemindLater(nudge_id=nudge_id)))
    question = _("Shall I fill the usual basket?")
    return Screen(f"{_when(notification, _)} {question}", (tuple(buttons),))


def _when(notification: Notification, _: Language) -> Words:
    """Seen from the day on which it is told."""
    facts = notification.facts
    typical, left = facts["typical"], facts["days_left"]
    assert isinstance(left, int)
    if left < 0:
        return _(
            "{days} days have passed since your last order; usually it is {typical} days.",
            days=facts["days_since"],
            typical=typical,
        )
    if left == 0:
        return _("You usually order every {typical} days, and today is the day.", typical=typical)
    if left == 1:
        return _("You usually order every {typical} days, and tomorrow is the day.", typical=typical)
    return _(
        "You usually order every {typical} days, and {weekday} is the day.",
        typical=typical,
        weekday=Weekday(date.fromisoformat(str(facts["due_on"]))),
    )


@notice("nudge_reason")
def nudge_reason(notification: Notification, _: Language) -> Screen:
    """For whoever looks after the customer."""
    customer = str(notification.facts["customer"])
    if notification.facts["reason"] == NudgeReason.ELSEWHERE:
        text = _("⚠️ {customer} bought from somebody else this time.", customer=customer)
    else:
        text = _("⚠️ {customer} did not order: the price is too high for them.", customer=customer)
    card = Button(_.label("💳 Their card"), OpenCreditCard(customer_id=notification.subject_id))
    return Screen(text, ((card, home_button(_)),))

"""What is told unasked about a membership request: to managers, and to whoever asked."""

from __future__ import annotations

from typing import Any

from domain.notifications import Notification
from domain.registration import card_of
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.registration import AskApplicant, OpenRequest
from screens.callbacks.support import AskSupport
from screens.home import home_button
from screens.language import Language, Weekday
from screens.membership import request_card
from screens.notices import notice
from screens.screen import Button, Screen

SATURDAY = 5


@notice("membership_asked")
def membership_asked(notification: Notification, _: Language) -> Screen:
    """S1.9."""
    return request_card(card_of(notification.facts), _)


@notice("membership_approved")
def membership_approved(notification: Notification, _: Language) -> Screen:
    """S1.10; the week begins on Saturday."""
    facts: dict[str, Any] = dict(notification.facts)
    lines: list[str] = [_("Your membership is approved ✅")]
    if weekdays := sorted(facts["weekdays"], key=lambda day: (day - SATURDAY) % 7):
        names = _.listed(Weekday(day) for day in weekdays)
        lines.append(_("Delivery days of your route: {days}", days=names))
    if facts["visitor"]:
        lines.append(_("Your visitor: {name}", name=facts["visitor"]))
    return Screen(
        "\n".join(lines), ((Button(_.label("🛒 Begin an order"), OpenCatalogue()),), (home_button(_),))
    )


@notice("membership_rejected")
def membership_rejected(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    lines: list[str] = [
        _("We are sorry: your membership request (code {number}) was not accepted.", number=facts["number"])
    ]
    if facts["reason"]:
        lines.append(_("Reason: {reason}", reason=facts["reason"]))
    lines.append(_("You can apply again with /start, or talk to our support."))
    return Screen("\n".join(lines), ((Button(_.label("💬 Talk to support"), AskSupport()), home_button(_)),))


@notice("request_question")
def request_question(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _(
        "❓ A question about your membership request (code {number}):\n{question}\n"
        "Please write your answer right here.",
        number=facts["number"],
        question=facts["question"],
    )
    return Screen(text, ((home_button(_),),))


@notice("request_answer")
def request_answer(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _(
        "💬 The answer to your question about request {number} ({name}):\n{answer}",
        number=facts["number"],
        name=facts["name"],
        answer=facts["answer"],
    )
    request_id = notification.subject_id
    return Screen(
        text,
        (
            (
                Button(_.label("📄 See the request"), OpenRequest(request_id=request_id)),
                Button(_.label("❓ Ask"), AskApplicant(request_id=request_id)),
            ),
            (home_button(_),),
        ),
    )

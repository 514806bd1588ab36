"""What is told unasked between people and our support."""

from __future__ import annotations

from typing import Any

from domain.notifications import Notification
from screens.callbacks.support import AnswerSupport, AskSupport
from screens.home import home_button
from screens.language import Copyable, Language
from screens.notices import notice
from screens.screen import Button, Screen, shortened
from screens.support import photo_button

LONGEST_QUOTE = 120
"""So much of a question is quoted with its answer: enough to know which one was meant."""


@notice("support_asked")
def support_asked(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    if facts["customer"]:
        who = _("{person} ({customer})", person=facts["person"], customer=facts["customer"])
    else:
        who = _.say(facts["person"])
    if facts.get("mobile"):
        who = _("{who}, 📞 {mobile}", who=who, mobile=Copyable(facts["mobile"]))
    text = _("💬 A message from {who}:\n{text}", who=who, text=facts["text"])
    answer = Button(_.label("💬 Answer"), AnswerSupport(message_id=notification.subject_id))
    first = (answer, photo_button(notification.subject_id, _)) if facts.get("has_photo") else (answer,)
    return Screen(text, (first, (home_button(_),)))


@notice("support_answered")
def support_answered(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _(
        "💬 Our support answers:\n{answer}\n\n<i>You wrote: {question}</i>",
        answer=facts["answer"],
        question=shortened(facts["question"], LONGEST_QUOTE),
    )
    return Screen(text, ((Button(_.label("💬 Write again"), AskSupport()), home_button(_)),))

"""Talking to a person."""

from __future__ import annotations

from domain.support import SupportMessage
from screens.home import home_button
from screens.language import Language
from screens.screen import Screen


def support_question(_: Language) -> Screen:
    text = _("Please write your question or complaint in one message; a colleague answers you right here.")
    return Screen(text, ((home_button(_),),))


def support_asked(_: Language) -> Screen:
    return Screen(_("Your message was passed on ✅ The answer comes right here."), ((home_button(_),),))


def answer_question(message: SupportMessage, _: Language) -> Screen:
    """A member of staff is about to answer."""
    who = message.customer or message.person
    text = _("💬 {who} asks:\n{text}\n\nPlease write your answer.", who=who, text=message.text)
    return Screen(text, ((home_button(_),),))


def answer_sent(_: Language) -> Screen:
    return Screen(_("Your answer was sent ✅"), ((home_button(_),),))

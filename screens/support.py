"""Talking to a person."""

from __future__ import annotations

from domain.support import SupportMessage
from screens.callbacks.support import AnswerSupport, OpenSupportPhoto
from screens.home import home_button
from screens.language import Language
from screens.screen import Button, Document, Screen


def support_question(_: Language) -> Screen:
    text = _("Please write your question or complaint in one message; a colleague answers you right here.")
    return Screen(text, ((home_button(_),),))


def about_order(text: str, number: int, _: Language) -> str:
    """What somebody writes of a delivery, for our support: with the number of its order."""
    return _.label("Order {number}: {text}", number=number, text=text)


def support_asked(_: Language) -> Screen:
    return Screen(_("Your message was passed on ✅ The answer comes right here."), ((home_button(_),),))


def answer_question(message: SupportMessage, _: Language) -> Screen:
    """A member of staff is about to answer."""
    who = message.customer or message.person
    text = _("💬 {who} asks:\n{text}\n\nPlease write your answer.", who=who, text=message.text)
    rows = ((photo_button(message.id, _),),) if message.photo_id is not None else ()
    return Screen(text, (*rows, (home_button(_),)))


def photo_button(message_id: int, _: Language) -> Button:
    return Button(_.label("🖼 See the photo"), OpenSupportPhoto(message_id=message_id))


def photo(message_id: int, file_id: int, _: Language, *, is_picture: bool) -> Screen:
    """What came with a message to our support."""
    answer = Button(_.label("💬 Answer"), AnswerSupport(message_id=message_id))
    rows, text = ((answer, home_button(_)),), _("The photo of the message")
    if is_picture:
        return Screen(text, rows, photo=file_id)
    return Screen(text, rows, document=Document(name="message.pdf", file_id=file_id))


def answer_sent(_: Language) -> Screen:
    return Screen(_("Your answer was sent ✅"), ((home_button(_),),))

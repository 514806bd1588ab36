"""What is told about lists on paper: to a colleague that one has come, to its sender that it was typed."""

from __future__ import annotations

from typing import Any

from domain.notifications import Notification
from screens.callbacks.sent_lists import EnterPaperList, OpenPaperList, OpenTypedList
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import Button, Screen

MOST_LINES = 30
LONGEST_LINE = 80


@notice("paper_list_sent")
def paper_list_sent(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _(
        "🖼 {person} ({customer}) has sent a photo of a list. Please type it.",
        person=facts["person"],
        customer=facts["customer"],
    )
    look = Button(_.label("🖼 See the photo"), OpenPaperList(list_id=notification.subject_id, page=1))
    enter = Button(_.label("✍️ Type the list"), EnterPaperList(list_id=notification.subject_id))
    return Screen(text, ((look, enter), (home_button(_),)))


@notice("paper_list_entered")
def paper_list_entered(notification: Notification, _: Language) -> Screen:
    lines: list[str] = list(notification.facts["lines"])  # type: ignore[call-overload]
    text = [_("🧾 Your list was typed. Please look at the draft and confirm it:")]
    text += [
        _("{at}. {text}", at=at, text=line[:LONGEST_LINE]) for at, line in enumerate(lines[:MOST_LINES], 1)
    ]
    if len(lines) > MOST_LINES:
        text.append(_("… and {count} more items", count=len(lines) - MOST_LINES))
    draft = Button(_.label("🧾 Look at the draft"), OpenTypedList(list_id=notification.subject_id))
    return Screen("\n".join(text), ((draft,), (home_button(_),)))

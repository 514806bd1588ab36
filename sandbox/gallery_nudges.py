"""Examples of the word to somebody who usually orders about now, and of who looks after a customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from domain.notifications import Notification, Recipient
from domain.nudges import NudgeReason
from domain.repeats import InTheWay
from domain.staff import Role, Staff
from sandbox.gallery_types import Example
from sandbox.gallery_values import BASKET, LAST_TIME, NOW
from screens import nudges, replacing
from screens.notices import told

TUESDAY = date(2026, 11, 24)
_PAST = {"typical": 14, "days_since": 18, "days_left": -4, "due_on": "2026-11-17", "can_wait": True}
FACTS: Mapping[str, Mapping[str, object]] = {
    "nudge": _PAST,
    "nudge_reason": {"customer": "سالن رز", "reason": "elsewhere"},
}
VISITOR = Staff(id=4, name="علی محمدی", role=Role.VISITOR)
PEOPLE = (VISITOR, Staff(id=1, name="مهندس کریمی", role=Role.MANAGER))


def usual_orders() -> Iterator[Example]:
    for days in (0, 1, 3):
        yield _told("nudge", f"in {days} days", {**_PAST, "days_left": days, "due_on": TUESDAY.isoformat()})
    yield _told("nudge", "asked for", {**_PAST, "can_wait": False})
    yield _told("nudge_reason", "price", {**FACTS["nudge_reason"], "reason": "price"})
    yield "nudges.reason_question", lambda _: nudges.reason_question(3, _)
    yield "nudges.explained", lambda _: nudges.explained(NudgeReason.ELSEWHERE, None, _)
    yield "nudges.explained: some left", lambda _: nudges.explained(NudgeReason.STOCK, TUESDAY, _)
    yield "nudges.explained: unsaid", lambda _: nudges.explained(NudgeReason.UNSAID, None, _)
    yield "nudges.reminded_later", lambda _: nudges.reminded_later(TUESDAY, _)
    yield "nudges.account_manager", lambda _: nudges.account_manager(4, "سالن رز", None, PEOPLE, _)
    yield "nudges.account_manager: set", lambda _: nudges.account_manager(4, "سالن رز", VISITOR, PEOPLE, _)
    in_the_way = replace(InTheWay(source=LAST_TIME, basket=BASKET), is_usual=True)
    yield "replacing.in_the_way: the usual goods", lambda _: replacing.in_the_way(in_the_way, _)


def _told(kind: str, case: str, facts: Mapping[str, object]) -> Example:
    word = Notification(
        key=kind, kind=kind, to=Recipient(contact_id=1), subject_id=7412, due_at=NOW, facts=facts
    )
    return f"notices.{kind}: {case}", lambda _: told(word, _)

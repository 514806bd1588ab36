"""Examples of an outbox that tells nothing after a restore."""

from __future__ import annotations

from collections.abc import Iterator

from domain.frozen import FrozenOutbox, Held
from domain.notifications import MessageClass, Notification, Recipient
from sandbox.gallery_types import Example
from sandbox.gallery_values import NOW
from screens import frozen

_WORD = Notification(
    key="x",
    kind="referral_given",
    to=Recipient(contact_id=1),
    subject_id=3,
    due_at=NOW,
    facts={"rials": 5_000_000, "is_new": False},
)
WAITS = FrozenOutbox(
    since=NOW,
    counts={each: 12 for each in MessageClass if each is not MessageClass.REPLY},
    campaigns=("ضدآفتاب پاییزه",),
    first=(Held(reader="دکتر رضایی", notification=_WORD),),
)


def frozen_screens() -> Iterator[Example]:
    yield "frozen.frozen", lambda _: frozen.frozen(WAITS, _)
    yield "frozen.frozen: no more", lambda _: frozen.frozen(None, _)
    yield "frozen.thawed: told", lambda _: frozen.thawed(0, _, tells=True)
    yield "frozen.thawed: put aside", lambda _: frozen.thawed(12, _, tells=False)

"""What is not told any more: after an outage a word that an order is on its way may be old."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.notifications import Notification, Outcome, Recipient
from services.notifications import why_not
from storage.unit_of_work import Store
from tests.builders.people import a_stranger

NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)
ORDER = 7


def word(kind: str, identity_id: int) -> Notification:
    return Notification(
        key=f"{kind}:{ORDER}", kind=kind, to=Recipient(identity_id=identity_id), subject_id=ORDER, due_at=NOW
    )


@pytest.mark.parametrize("newer", ["order_delivered", "order_cancelled_by_us", "order_delayed"])
async def test_that_it_was_loaded_is_old_when_something_newer_waits(store: Store, newer: str) -> None:
    async with store.unit_of_work() as uow:
        who = (await a_stranger(uow)).identity.id
        assert who is not None
        await uow.outbox.put(word("order_loaded", who))
        (loaded,) = await uow.outbox.claim(NOW, 5)
        assert await why_not(uow, loaded, NOW) is None
        await uow.outbox.put(word(newer, who))
        assert await why_not(uow, loaded, NOW) is Outcome.WITHDRAWN


async def test_what_another_order_is_told_makes_nothing_old(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = (await a_stranger(uow)).identity.id
        assert who is not None
        await uow.outbox.put(word("order_loaded", who))
        (loaded,) = await uow.outbox.claim(NOW, 5)
        other = Notification(
            key="order_delayed:8", kind="order_delayed", to=loaded.notification.to, subject_id=8, due_at=NOW
        )
        await uow.outbox.put(other)
        assert await why_not(uow, loaded, NOW) is None

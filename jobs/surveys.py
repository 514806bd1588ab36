"""Asks about deliveries when it is time, and ends what nobody has answered."""

from __future__ import annotations

from datetime import datetime

from services import surveys
from storage.unit_of_work import Store

AT_ONCE = 500
"""So many at most in one look; the next one goes on."""


async def sweep_surveys(store: Store, now: datetime) -> int:
    """Everything that is due by now, each in a unit of work of its own; how many people were asked."""
    async with store.unit_of_work() as uow:
        await uow.surveys.expire(now)
        await uow.surveys.expire_unasked(now, surveys.LATEST)
    async with store.reading() as uow:
        due = await uow.surveys.list_due(now, AT_ONCE)
    asked = 0
    for survey_id in due:
        async with store.unit_of_work() as uow:
            asked += await surveys.ask(uow, survey_id, now)
    return asked

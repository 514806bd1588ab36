"""`bonak audit`: whether the books add up and the audit trail reads as it was sealed. Only reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.truths import Violation
from services.truths import find_violations
from storage.unit_of_work import open_store


async def look(database_url: str, now: datetime) -> tuple[Sequence[Violation], str]:
    """What does not hold now, and the last digest of the audit's seal."""
    store = open_store(database_url)
    try:
        async with store.reading() as uow:
            return await find_violations(uow, now)
    finally:
        await store.close()

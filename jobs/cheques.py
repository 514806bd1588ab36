"""Mornings of cheques: the banks' days are right again, finance has its list, drawers are reminded.

Each is done once: what was told is written beside the cheque, or has a key of its own in the outbox.
"""

from __future__ import annotations

from datetime import datetime

from domain.calendar import TEHRAN
from services.instruments import reminding
from storage.unit_of_work import Store


async def sweep_cheques(store: Store, now: datetime) -> int:
    """Everything that is due by now; how many were told. Before the morning nothing is."""
    hour = now.astimezone(TEHRAN).hour
    told = 0
    if hour >= reminding.DIGEST_AT:
        await _mend_days(store, now)
        async with store.unit_of_work() as uow:
            told += await reminding.digest(uow, now)
    if hour >= reminding.REMIND_AT:
        told += await _remind(store, now)
    return told


async def _mend_days(store: Store, now: datetime) -> None:
    async with store.reading() as uow:
        moved = await reminding.list_moved(uow, now)
    for cheque_id, day in moved.items():
        async with store.unit_of_work() as uow:
            await uow.cheques.set_effective_due(cheque_id, day)


async def _remind(store: Store, now: datetime) -> int:
    async with store.reading() as uow:
        due = await reminding.list_reminders(uow, now)
    told = 0
    for cheque_id, left in due:
        async with store.unit_of_work() as uow:
            told += await reminding.remind(uow, cheque_id, left, now)
    return told

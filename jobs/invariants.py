"""Truths about money, checked each night; and the audit's seal, set every few minutes."""

from __future__ import annotations

from datetime import datetime, time

import structlog

from domain.calendar import TEHRAN
from domain.truths import Violation
from services.truths import find_violations, keep_violations
from storage.audit_chain import AT_ONCE
from storage.unit_of_work import Store

log = structlog.get_logger("jobs.invariants")

CHECKED_AT = time(3)
"""In Tehran, when nobody orders."""
COUNTER = "books_checked"
"""The last business day on which the books were looked at, as a number: a restart looks at nothing twice."""


async def check_books(store: Store, now: datetime) -> tuple[Violation, ...]:
    """Look at everything once; what was not known before."""
    async with store.reading() as uow:
        found, head = await find_violations(uow, now)
    async with store.unit_of_work() as uow:
        new = await keep_violations(uow, found, now)
    for each in new:
        log.error(
            "the books are wrong", rule=each.rule, subject=each.subject, id=each.subject_id, **each.facts
        )
    # Kept outside of the database, the last digest shows also that the trail's end was cut off.
    log.info("books checked", violations=len(found), new=len(new), audit_head=head)
    return new


async def sweep_books(store: Store, now: datetime) -> bool:
    """Check the books when the night's hour has come and they were not checked since; whether that was so."""
    local = now.astimezone(TEHRAN)
    today = local.date().toordinal()
    async with store.reading() as uow:
        last = await uow.audit.counted(COUNTER)
    if last is None:
        # A company that has just begun is looked at from its first night on.
        async with store.unit_of_work() as uow:
            await uow.audit.set_counter(COUNTER, today)
        return False
    if last >= today or local.time() < CHECKED_AT:
        return False
    await check_books(store, now)
    async with store.unit_of_work() as uow:
        await uow.audit.set_counter(COUNTER, today)
    return True


async def seal_audit(store: Store, now: datetime) -> int:
    """Seal all rows that are old enough; how many."""
    sealed = 0
    while True:
        async with store.unit_of_work() as uow:
            count = await uow.audit_chain.seal(now)
        sealed += count
        if count < AT_ONCE:
            return sealed

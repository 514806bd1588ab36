"""Row H-3: whoever owns the database changes the past of the audit, and the check names the row."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import delete, insert, text, update

from domain.audit_chain import Tampering
from jobs.invariants import seal_audit
from storage.tables.audit import audit
from storage.unit_of_work import Store
from tests.conftest import NOW
from tests.nemesis.harness import seeded, trials

ROWS = 60
STEP = timedelta(minutes=15)
TRIALS = 100


class Undone(Exception):
    """Rolls a trial back."""


async def _written(store: Store) -> None:
    """A trail that was sealed every quarter of an hour."""
    for at in range(0, ROWS, 10):
        when = NOW + STEP * at
        async with store.unit_of_work() as uow:
            for number in range(at, at + 10):
                await uow.audit.write(None, "order.placed", "order", number, when, {"n": [number, "ی"]})
        await seal_audit(store, when + timedelta(minutes=2))


async def _without_triggers(store: Store) -> None:
    """What only the owner of the database can do."""
    async with store.unit_of_work() as uow:
        if store.dialect == "postgresql":
            await uow.connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
            return
        for action in ("update", "delete"):
            await uow.connection.execute(text(f"DROP TRIGGER audit_no_{action}"))


async def _faults(store: Store) -> list[tuple[int, Tampering]]:
    async with store.reading() as uow:
        found, _head = await uow.audit_chain.check()
    return [(each.audit_id, each.kind) for each in found]


async def _tampered(store: Store, chance: random.Random) -> list[tuple[int, Tampering]]:
    """What the check says of one change, which is taken back afterwards."""
    row = chance.randint(1, ROWS)
    kind = chance.choice(list(Tampering))
    change = {
        "action": "forged",
        "subject_id": 10**6,
        "facts": {"n": []},
        "at": NOW - STEP,
    }
    field = chance.choice(["action", "subject_id", "facts", "at"])
    found: list[tuple[int, Tampering]] = []
    expected = (row, kind)

    with suppress(Undone):
        async with store.unit_of_work() as uow:
            if kind is Tampering.ALTERED:
                forged = update(audit).where(audit.c.id == row)
                await uow.connection.execute(forged.values({field: change[field]}))
            elif kind is Tampering.DELETED:
                await uow.connection.execute(delete(audit).where(audit.c.id == row))
            else:
                old = NOW + STEP * chance.randint(0, ROWS - 20)
                put = insert(audit).values(at=old, action="forged", subject="order", facts={})
                made = await uow.connection.execute(put.returning(audit.c.id))
                expected = (int(made.scalar_one()), kind)
            faults, _head = await uow.audit_chain.check()
            found = [(each.audit_id, each.kind) for each in faults]
            raise Undone
    return [] if found == [expected] else [expected, *found]


async def test_every_change_of_the_past_is_named(store: Store) -> None:
    await _written(store)
    assert await _faults(store) == [], "the negative control: an untouched trail is right"
    await _without_triggers(store)
    for trial in range(trials(TRIALS)):
        chance, seed = seeded("H-3", trial)
        assert await _tampered(store, chance) == [], seed
    assert await _faults(store) == []

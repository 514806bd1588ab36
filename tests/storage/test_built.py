"""What is built goes straight to the driver and gives what SQLAlchemy itself would give."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.built import built, compiled, is_built
from storage.tables.audit import audit
from storage.tables.catalogue import brands
from storage.unit_of_work import Store

AT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
PUT_BRAND = built(insert(brands))
PUT_AUDIT = built(insert(audit).returning(audit.c.id))
AUDIT = built(select(audit).where(audit.c.id == bindparam("which")))
SOME = built(
    select(brands.c.name)
    .where(brands.c.name.in_(bindparam("names", expanding=True)), brands.c.name.not_in(["پنهان"]))
    .order_by(brands.c.id)
)
RENAME = built(update(brands).where(brands.c.name == bindparam("was")))


async def put(store: Store, *names: str) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(PUT_BRAND, [{"name": each} for each in names])


async def put_two(store: Store, first: Any, second: Any) -> None:
    """Two names, of which only the second is there already."""
    async with store.unit_of_work() as uow:
        await uow.connection.execute(first, {"name": "نگاره"})
        await uow.connection.execute(second, {"name": "آوین"})


async def some(store: Store, *names: str) -> list[str]:
    async with store.reading() as uow:
        return list(await uow.connection.scalars(SOME, {"names": list(names)}))


async def test_values_of_every_kind_come_back_as_they_were(store: Store) -> None:
    facts = {"name": "آوین", "lines": [1, 2]}
    row: dict[str, Any] = {"at": AT, "identity_id": None, "action": "a", "subject": "s", "facts": facts}
    async with store.unit_of_work() as uow:
        kept = await uow.connection.scalar(PUT_AUDIT, row)
    async with store.reading() as uow:
        quick = (await uow.connection.execute(AUDIT, {"which": kept})).one()
        slow = (await uow.connection.execute(select(audit).where(audit.c.id == kept))).one()
    assert quick._mapping == slow._mapping
    assert tuple(quick) == tuple(slow)
    assert quick.at == AT
    assert quick.facts == facts


async def test_lists_may_have_any_length(store: Store) -> None:
    await put(store, "آوین", "نگاره", "پنهان")
    assert await some(store) == []
    assert await some(store, "آوین") == ["آوین"]
    assert await some(store, "نگاره", "آوین", "پنهان") == ["آوین", "نگاره"]
    assert await some(store, "نگاره") == ["نگاره"]


async def test_it_says_how_many_rows_it_changed(store: Store) -> None:
    await put(store, "آوین")
    async with store.unit_of_work() as uow:
        changed = await uow.connection.execute(RENAME, {"was": "آوین", "name": "نگاره"})
        missed = await uow.connection.execute(RENAME, {"was": "آوین", "name": "نگاره"})
    assert (changed.rowcount, missed.rowcount) == (1, 0)
    assert await some(store, "آوین", "نگاره") == ["نگاره"]


async def test_an_error_is_the_same_kind_of_error_and_undoes_all(store: Store) -> None:
    await put(store, "آوین")
    with pytest.raises(IntegrityError):
        await put_two(store, insert(brands), PUT_BRAND)
    with pytest.raises(IntegrityError):
        await put_two(store, PUT_BRAND, insert(brands))
    assert await some(store, "آوین", "نگاره") == ["آوین"]


async def test_built_and_not_built_share_one_transaction(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(PUT_BRAND, {"name": "آوین"})
        assert (await uow.connection.scalars(select(brands.c.name))).all() == ["آوین"]
        await uow.connection.execute(insert(brands).values(name="نگاره"))
        assert list(await uow.connection.scalars(SOME, {"names": ["نگاره"]})) == ["نگاره"]
        assert await some(store, "آوین", "نگاره") == []
    assert await some(store, "آوین", "نگاره") == ["آوین", "نگاره"]


async def test_a_reader_cannot_write_what_is_built_either(sqlite_store: Store) -> None:
    with pytest.raises(OperationalError):
        async with sqlite_store.reading() as uow:
            await uow.connection.execute(PUT_BRAND, {"name": "آوین"})
    await put(sqlite_store, "آوین")
    assert await some(sqlite_store, "آوین") == ["آوین"]


async def test_what_comes_from_a_built_statement_is_not_built(sqlite_store: Store) -> None:
    """Or each execution would leave a statement behind for good."""
    assert is_built(SOME)
    assert not is_built(SOME.limit(1))
    async with sqlite_store.reading() as uow:
        assert (await uow.connection.scalars(SOME.limit(0), {"names": ["آوین"]})).all() == []


async def test_a_statement_whose_values_are_computed_is_left_to_sqlalchemy(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as uow:
        dialect = uow.connection.dialect
    assert compiled(SOME, {"names": []}, dialect) is not None
    assert compiled(PUT_AUDIT, [{"at": AT}, {"at": AT}], dialect) is None


async def test_whoever_is_cancelled_while_committing_leaves_a_usable_writer(sqlite_store: Store) -> None:
    """Cancelled at any step, the unit of work is there whole or not at all, and the next one can begin."""
    for steps in range(12):
        task = asyncio.create_task(put(sqlite_store, f"{steps}a", f"{steps}b"))
        for _each in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await put(sqlite_store, "آوین")
    async with sqlite_store.reading() as uow:
        names = set(await uow.connection.scalars(select(brands.c.name)))
    assert "آوین" in names
    assert all((f"{each}a" in names) == (f"{each}b" in names) for each in range(12))

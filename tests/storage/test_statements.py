"""What is compiled for one engine serves all of its kind, and none of another."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Select, select

from storage.statements import STATEMENTS
from storage.tables.people import customers
from storage.unit_of_work import Store, open_store
from tests.builders.orders import a_buyer
from tests.databases import drop_postgres, new_postgres, new_sqlite


def a_question() -> Select[tuple[str]]:
    """Built anew each time, as most statements are; nobody else asks it."""
    named = customers.c.name.label("asked_by_this_test_alone")
    return select(named).where(customers.c.name != "x").order_by(customers.c.id)


async def asked(store: Store) -> list[str]:
    async with store.unit_of_work() as uow:
        await a_buyer(uow)
        return list(await uow.connection.scalars(a_question()))


async def test_a_second_database_of_the_kind_compiles_nothing_again(database_folder: Path) -> None:
    first = open_store(await new_sqlite(database_folder))
    second = open_store(await new_sqlite(database_folder))
    names = await asked(first)
    compiled = len(STATEMENTS)
    assert await asked(second) == names
    assert len(names) == 1
    assert len(STATEMENTS) == compiled
    await first.close()
    await second.close()


async def test_each_kind_of_database_has_its_own_words(database_folder: Path) -> None:
    lite, url = open_store(await new_sqlite(database_folder)), await new_postgres()
    full = open_store(url)
    STATEMENTS.clear()
    names = await asked(lite)
    for_lite = len(STATEMENTS)
    assert await asked(full) == names
    said = {(key[0], compiled.dialect.name) for key, compiled in STATEMENTS.items()}
    assert said == {("sqlite", "sqlite"), ("postgresql", "postgresql")}
    assert len(STATEMENTS) > for_lite
    await lite.close()
    await full.close()
    await drop_postgres(url)

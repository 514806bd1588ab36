"""`bonak audit`, as whoever runs it sees it."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from bot import __main__ as cli
from domain.audit_chain import NOTHING_BEFORE
from jobs.invariants import seal_audit
from storage.schema import migrate
from storage.tables.ledger import invoices
from storage.unit_of_work import open_store
from tests.builders.ledger import an_invoice, an_owner
from tests.conftest import NOW


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith("BONAK_"):
            monkeypatch.delenv(name)
    url = f"sqlite+aiosqlite:///{tmp_path}/bonak.db"
    monkeypatch.setenv("BONAK_DATABASE_URL", url)
    asyncio.run(migrate(url))
    return url


async def _books(url: str, *, are_wrong: bool) -> None:
    store = open_store(url)
    try:
        async with store.unit_of_work() as uow:
            invoice = await an_invoice(uow, await an_owner(uow), 5_000)
            await uow.audit.write(None, "tried", "nothing", 1, NOW)
            if are_wrong:
                row = update(invoices).where(invoices.c.id == invoice.id)
                await uow.connection.execute(row.values(open_rials=7))
        await seal_audit(store, NOW.replace(hour=23))
    finally:
        await store.close()


def bonak(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def test_books_that_add_up_are_said_to(database: str) -> None:
    asyncio.run(_books(database, are_wrong=False))
    done = bonak("audit")
    assert done.exit_code == 0
    assert done.output.startswith("Everything adds up. The audit is sealed up to ")
    assert NOTHING_BEFORE not in done.output


def test_what_does_not_add_up_is_named_by_rule_and_row(database: str) -> None:
    asyncio.run(_books(database, are_wrong=True))
    done = bonak("audit")
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert "✗ R6.2 open: invoice 1 (wanted 5000, found 7)" in lines
    assert lines[-1].startswith("2 things do not add up.")

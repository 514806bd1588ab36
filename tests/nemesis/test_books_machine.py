"""Row B-14: whatever people do, in whatever order, the books say what plain arithmetic says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.cheque_books import POSTED, ChequePosting
from domain.instruments import ChequeState
from domain.ledger import Account, EntryKind
from tests.databases import drop_postgres, new_postgres, new_sqlite
from tests.nemesis.books_money import BooksMachine
from tests.nemesis.harness import FULL

MODEST = settings(
    max_examples=2_000 if FULL else 10,
    stateful_step_count=50 if FULL else 25,
    derandomize=not FULL,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
"""The same examples each time; all of them are new ones, each with words to play it again."""
UNTIL_CAUGHT = settings(MODEST, max_examples=100, derandomize=True, phases=[Phase.generate])


async def _no_drop(_url: str) -> None:
    """The folder goes with the test."""


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def _machine(runner: asyncio.Runner, dialect: str, folder: Path) -> type[BooksMachine]:
    is_sqlite = dialect == "sqlite"
    ways = {
        "runner": runner,
        "new_database": staticmethod(partial(new_sqlite, folder) if is_sqlite else new_postgres),
        "drop_database": staticmethod(_no_drop if is_sqlite else drop_postgres),
    }
    return type("BooksMachine", (BooksMachine,), ways)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_books_agree_with_plain_arithmetic(
    runner: asyncio.Runner, dialect: str, database_folder: Path
) -> None:
    run_state_machine_as_test(_machine(runner, dialect, database_folder), settings=MODEST)


S, A, K = ChequeState, Account, EntryKind
PAID_TWICE = ChequePosting(A.BANK, A.RECEIVABLE, K.CHEQUE_CLEARED)
DEBT_FORGOTTEN = ChequePosting(A.BANK, A.CHEQUES, K.CHEQUE_BOUNCED)


@pytest.mark.parametrize(
    ("wrong", "to"),
    [
        ({(S.RECEIVED, S.CLEARED): PAID_TWICE, (S.DEPOSITED, S.CLEARED): PAID_TWICE}, "cleared"),
        ({(S.DEPOSITED, S.BOUNCED): DEBT_FORGOTTEN}, "bounced"),
    ],
    ids=["a cheque that clears is paid twice", "a bounce forgets the debt"],
)
def test_a_wrong_posting_is_caught(
    runner: asyncio.Runner,
    database_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    wrong: dict[tuple[ChequeState, ChequeState], ChequePosting],
    to: str,
) -> None:
    """The negative control: the same machine with one rule of the books broken.

    With all trials it has to find the step itself; else it is led there, first with the rule whole.
    """
    machine = _machine(runner, "sqlite", database_folder)
    lead = partial(_move_a_cheque, machine, to)
    search = partial(run_state_machine_as_test, machine, settings=UNTIL_CAUGHT)
    lead()
    for move, posting in wrong.items():
        monkeypatch.setitem(POSTED, move, posting)
    with pytest.raises(AssertionError):
        (search if FULL else lead)()


def _move_a_cheque(machine: type[BooksMachine], to: str) -> None:
    """From the bank, where one of the two that are there from the beginning has been taken."""
    books = machine()
    books.begin()
    try:
        books.move_cheque(0, to, is_registered=False)
        books.both_say_the_same()
    finally:
        books.teardown()

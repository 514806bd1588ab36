"""Row G-9: searches that are made to be slow or to find everything find what is meant, soon, or nothing."""

from __future__ import annotations

import random
from itertools import islice
from statistics import quantiles
from time import thread_time

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from benchmarks.quality.catalogues import made
from benchmarks.quality.searching import lay_out
from domain.errors import NotFound, TooFewLetters
from services.catalogue import search
from services.finding import find
from storage.product_index import MOST_FOUND
from storage.tables.catalogue import products
from storage.unit_of_work import Store
from tests.builders.people import a_stranger
from tests.conftest import NOW
from tests.nemesis.harness import FULL, seeded, trials

GOODS = 100_000 if FULL else 1_500
MOST = 0.3
"""Seconds of this process's own thread that the slowest search but one in a hundred may take."""
SLOW = "SELECT pg_sleep(2)"
# fmt: off
PIECES = (
    "%", "_", "%a%", "\\", "*", "a*", '"', "'", "^", ":", "&", "|", "!", "(", ")", "<->", "<2>", "-", "+",
    " AND ", " OR ", " NOT ", " NEAR(a b, 9) ", "words:", "rowid", ".*", "(a+)+$", "[a-z]{1,99}", "\\p{L}",
    "\u200c", "\u200d", "ي", "ك", "ۀ", "ء", "\x00", "\ud800", "\u202e", "ـ", "e\u0301" * 40, "😀", "٪", "۱۲",
    "شامپو", "کرم دست", "ضدشوره", "shampoo", "a", "ا", "x12", "1e9", "سایز", "/* */", ";--", "$1", ":wanted",
)
# fmt: on
LONGEST = 4096


def _hostile(chance: random.Random) -> str:
    said = "".join(chance.choice(PIECES) for _each in range(chance.choice((1, 2, 5, 30))))
    return (said * (LONGEST // len(said) + 1))[:LONGEST] if chance.random() < 0.2 else said


async def test_no_search_is_slow_or_finds_everything(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await lay_out(uow, list(islice(made(), GOODS)))
        stranger = await a_stranger(uow)
    chance, seed = seeded("G-9")
    took = []
    async with store.reading() as uow:
        await find(uow, "شامپو")
        for _trial in range(trials(2_000, 80)):
            said = _hostile(chance)
            began = thread_time()
            assert len(await find(uow, said, 10)) <= 10, (seed, said)
            took.append(thread_time() - began)
            try:
                assert len((await search(uow, said, stranger, NOW)).offers) <= MOST_FOUND, (seed, said)
            except TooFewLetters:
                continue
        for sign in ("%", "_", "%a%a%", "*", '"', "%%%%", "\x00", "( | )"):
            assert await find(uow, sign) == (), sign
    assert quantiles(took, n=100)[98] < MOST, seed


async def test_a_search_that_is_not_escaped_finds_everything_or_fails(store: Store) -> None:
    """The negative control: the text goes into LIKE, and into the index, as it was typed."""
    async with store.unit_of_work() as uow:
        await lay_out(uow, list(islice(made(), 50)))
    async with store.reading() as uow:
        every = await uow.connection.scalar(
            select(func.count()).select_from(products).where(products.c.search_key.like(f"%{'%'}%"))
        )
        assert every == 50
        with pytest.raises(DBAPIError):
            await uow.index.find('شامپو" AND (')


async def test_what_holds_postgresql_up_is_given_up(store: Store) -> None:
    async with store.reading() as uow:
        if uow.connection.dialect.name == "sqlite":
            return
        async with uow.index.in_time():
            limit = await uow.connection.scalar(text("SHOW statement_timeout"))
        assert limit == "500ms"
        assert await uow.connection.scalar(text("SHOW statement_timeout")) == "0"
    with pytest.raises(NotFound):
        await _look_slowly(store)


async def _look_slowly(store: Store) -> None:
    async with store.reading() as uow, uow.index.in_time():
        await uow.connection.execute(text(SLOW))

"""What products are called by: words, counted as a vocabulary, and found through the database's index."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from domain.lexicon import Lexicon
from domain.search_words import index_words
from storage.product_index_queries import (
    ALIASES,
    CANCELLED,
    CHANGE,
    FIND,
    NAMED,
    NEWER,
    PUT_TIME,
    SET_TIME,
    VERSION,
)
from storage.tables.audit import counters
from storage.tables.catalogue import products
from storage.tables.search import product_words, vocabulary
from storage.upsert import insert_or

MOST_FOUND = 150
LONGEST_SEARCH = "500ms"
AT_ONCE = 2_000
LEARNED_AT_ONCE = 200
_VOCABULARY = "vocabulary"
_SHELF = "|"
"""Between a product's own words and its category's; no index takes it for a word."""


@dataclass(frozen=True, slots=True)
class Called:
    """A product that the index found: its words in their order, and the place it has in the catalogue.

    ``shelf`` are the words that only its category is called by: they do not say what it is itself.
    """

    product_id: int
    words: tuple[str, ...]
    position: int
    shelf: tuple[str, ...] = ()


class ProductIndex:
    def __init__(self, connection: AsyncConnection, shared: Lexicon) -> None:
        self._connection, self._shared = connection, shared
        self._has_counted = False

    async def lexicon(self) -> Lexicon:
        """The words that products are called by, as of now: the process's own, brought up to date.

        A unit of work that has itself changed them gets a lexicon of its own: it may still be rolled back.
        """
        shared = Lexicon() if self._has_counted else self._shared
        version = await self.version()
        if version < shared.version:
            shared.forget()
        if version != shared.version:
            words, newest = await self.newer(shared.version)
            for start in range(0, len(words), LEARNED_AT_ONCE):
                shared.learn(words[start : start + LEARNED_AT_ONCE], shared.version)
                # A process that has just begun learns all of them: others have their turn in between.
                await asyncio.sleep(0)
            shared.learn((), newest)
        return shared

    async def refresh(self, product_ids: Collection[int] | None = None) -> int:
        """Write down anew what these products are called by; without ids, all that have no words yet.

        Products that are not sold any more are not found. How many were written.
        """
        ids = tuple(product_ids) if product_ids is not None else await self._without_words()
        done = 0
        for start in range(0, len(ids), AT_ONCE):
            done += await self._refresh(ids[start : start + AT_ONCE])
        return done

    async def newer(self, version: int) -> tuple[Sequence[tuple[str, int]], int]:
        """The words that were counted anew after that version, and the newest version."""
        rows = (await self._connection.execute(NEWER, {"version": version})).all()
        newest = max((row.version for row in rows), default=version)
        return [(row.word, row.products) for row in rows], newest

    async def version(self) -> int:
        return int(await self._connection.scalar(VERSION) or 0)

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """What is asked of the index within may not hold PostgreSQL up; what does is not found.

        SQLite ends by itself: no expression of its index is slow, and so many rows at most are read.
        """
        if self._connection.dialect.name == "sqlite":
            yield
            return
        before = await self._connection.scalar(SET_TIME, {"time": LONGEST_SEARCH})
        try:
            yield
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != CANCELLED:
                raise
            raise NotFound from error
        await self._connection.execute(PUT_TIME, {"time": before})

    async def find(self, wanted: str, most: int = MOST_FOUND) -> tuple[Called, ...]:
        """The products that an expression of the index finds (see :func:`expression`)."""
        statement = FIND[self._connection.dialect.name]
        rows = await self._connection.execute(statement, {"wanted": wanted, "most": most})
        found = []
        for row in rows:
            own, _between, shelf = row.words.partition(_SHELF)
            found.append(Called(row.product_id, tuple(own.split()), row.position, tuple(shelf.split())))
        return tuple(found)

    def expression(self, conjunctions: Iterable[Sequence[Collection[tuple[str, ...]]]]) -> str:
        """One of the conjunctions, each of which wants one choice of each of its slots.

        A choice is a word, or several that all have to be there. Words are letters and digits only (see
        :func:`domain.search_words.search_words`): nothing in them can be taken for a sign of the language.
        """
        if self._connection.dialect.name == "sqlite":
            both, either, word = " AND ", " OR ", '"{}"'.format
        else:
            both, either, word = " & ", " | ", "{}".format
        made = []
        for slots in conjunctions:
            parts = []
            for choices in slots:
                said = [both.join(word(each) for each in words) for words in choices]
                parts.append("(" + either.join(f"({each})" for each in said) + ")")
            made.append("(" + both.join(parts) + ")")
        return either.join(made)

    async def _next_version(self) -> int:
        put = insert_or(self._connection, counters).values(name=_VOCABULARY, value=1)
        put = put.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
        return int(await self._connection.scalar(put.returning(counters.c.value)) or 0)

    async def _aliases(self, brand_ids: Collection[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        if not brand_ids:
            return found
        for row in await self._connection.execute(ALIASES, {"brands": list(brand_ids)}):
            found[row.brand_id] = f"{found.get(row.brand_id, '')} {row.alias}"
        return found

    async def _without_words(self) -> tuple[int, ...]:
        missing = (
            select(products.c.id)
            .outerjoin(product_words, product_words.c.product_id == products.c.id)
            .where(products.c.is_active, product_words.c.product_id.is_(None))
        )
        return tuple((await self._connection.scalars(missing)).all())

    async def _refresh(self, ids: Sequence[int]) -> int:
        rows = (await self._connection.execute(NAMED, {"ids": list(ids)})).all()
        had = {row.id: row.words for row in rows if row.words is not None}
        aliases = await self._aliases({row.brand_id for row in rows if row.brand_id is not None})
        has = {row.id: _words(row, aliases.get(row.brand_id, "")) for row in rows if row.is_active}
        gone = [each for each in had if each not in has]
        changed = [each for each in has if each in had and had[each] != has[each]]
        new = [{"product_id": each, "words": words} for each, words in has.items() if each not in had]
        if gone:
            await self._connection.execute(delete(product_words).where(product_words.c.product_id.in_(gone)))
        if changed:
            await self._connection.execute(
                CHANGE, [{"product": each, "words": has[each]} for each in changed]
            )
        if new:
            await self._connection.execute(insert(product_words), new)
        counted: Counter[str] = Counter()
        for each in (*gone, *changed):
            counted.subtract(_each(had[each]))
        for each in (*changed, *(row["product_id"] for row in new)):
            counted.update(_each(has[each]))
        await self._count({word: by for word, by in counted.items() if by})
        return len(gone) + len(changed) + len(new)

    async def _count(self, by: Mapping[str, int]) -> None:
        if not by:
            return
        # The counter is locked until the commit: who counts later has a later version, and is read later.
        version = await self._next_version()
        self._has_counted = True
        put = insert_or(self._connection, vocabulary)
        put = put.on_conflict_do_update(
            index_elements=["word"],
            set_={
                "products": vocabulary.c.products + put.excluded.products,
                "version": put.excluded.version,
            },
        )
        rows = [
            {"word": word[:80], "products": count, "version": version} for word, count in sorted(by.items())
        ]
        await self._connection.execute(put, rows)


def _words(row: Any, aliases: str) -> str:
    """Name first, then what else it is called by, each word once; then the words of its category alone."""
    own = index_words(f"{row.name} {row.short_name} {row.variant or ''} {row.brand or ''} {aliases}")
    shelf = [word for word in index_words(row.category) if word not in own]
    return " ".join((*own, _SHELF, *shelf) if shelf else own)


def _each(words: str) -> set[str]:
    return set(words.split()) - {_SHELF}

"""What all kinds of files have in common: what was taken, what was set aside, and how far the work is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from domain.imports.errors import RowError
from domain.imports.rows import ImportKind
from domain.persian import search_key


class Stage(StrEnum):
    """What an import is busy with, for whoever waits for it."""

    READING = "reading"
    CHECKING = "checking"
    WRITING = "writing"


Progress = Callable[[Stage, int, int], None]
"""Called with the stage, how many rows are done, and how many there are."""


@dataclass(slots=True)
class Taken:
    """What became of the rows. ``added`` are names that were not known: new categories, brands, groups…"""

    new: int = 0
    changed: int = 0
    same: int = 0
    errors: list[RowError] = field(default_factory=list)
    added: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def count(self, *, is_known: bool, is_same: bool) -> None:
        """Count one row that was taken."""
        if not is_known:
            self.new += 1
        elif is_same:
            self.same += 1
        else:
            self.changed += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How an import ended. ``bad`` counts rows; one row may have several errors."""

    kind: ImportKind
    is_dry: bool
    new: int
    changed: int
    same: int
    errors: tuple[RowError, ...]
    added: Mapping[str, tuple[str, ...]]
    unknown_headers: tuple[str, ...]

    @property
    def bad(self) -> int:
        return len({error.row for error in self.errors})

    @property
    def has_written(self) -> bool:
        return not self.is_dry and bool(self.new or self.changed)


name_key = lru_cache(maxsize=16_384)(search_key)
"""The search key of names that come again and again in a file: categories, brands, groups, routes, lists."""

NOT_WRITTEN = -1
"""Stands for the id of a name that a dry run would have added; further ones count down from here."""


async def name_ids(
    wanted: Iterable[str],
    known: Callable[[], Awaitable[dict[str, int]]],
    add: Callable[[Iterable[str]], Awaitable[None]] | None,
) -> tuple[dict[str, int], tuple[str, ...]]:
    """The id of every wanted name by its search key, and the names that had to be added.

    Without ``add`` nothing is written. Two spellings with one search key are one name.
    """
    there = {name_key(name): key for name, key in reversed((await known()).items())}
    missing: dict[str, str] = {}
    for name in wanted:
        if (key := name_key(name)) not in there:
            missing.setdefault(key, name)
    if not missing:
        return there, ()
    added = tuple(missing.values())
    if add is None:
        return there | {key: NOT_WRITTEN - place for place, key in enumerate(missing)}, added
    await add(added)
    return {name_key(name): key for name, key in reversed((await known()).items())}, added

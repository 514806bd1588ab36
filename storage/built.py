"""Statements that are built once and said to SQLite without detours.

For each execution SQLAlchemy looks its statement up among all others and makes a context, a cursor, a result
and a greenlet. For a query of 0.05 ms that is several times the work itself. What a module builds once and
hands to :func:`built` is compiled once and then goes to the driver with its values; the rows that come back
are the same. Everything else, and everything on PostgreSQL, goes SQLAlchemy's own way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.engine import Dialect, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

T = TypeVar("T")
Values = Mapping[str, Any]
Processor = Callable[[Any], Any] | None
MOST_LENGTHS = 500
"""Of one statement so many texts are kept, one for each length of its lists."""

_BUILT: dict[int, Any] = {}
_COMPILED: dict[tuple[int, tuple[str, ...], bool], Compiled | None] = {}


def built(statement: T) -> T:
    """Keep a statement for good. Only for what a module builds once: it is never forgotten again."""
    _BUILT[id(statement)] = statement
    return statement


def is_built(statement: object) -> bool:
    return id(statement) in _BUILT


def compiled(statement: Any, parameters: Any, dialect: Dialect) -> Compiled | None:
    """The statement for the driver; None when only SQLAlchemy can execute it."""
    is_many = isinstance(parameters, list)
    first = parameters[0] if is_many else parameters
    key = (id(statement), tuple(first or ()), is_many)
    if key not in _COMPILED:
        made = statement.compile(dialect=dialect, column_keys=list(key[1]), for_executemany=is_many)
        _COMPILED[key] = Compiled(made) if _is_simple(made, is_many) else None
    return _COMPILED[key]


def _is_simple(made: SQLCompiler, is_many: bool) -> bool:
    """Whether nothing has to be computed beside the values that are given."""
    processors = made._bind_processors.values()
    return not (
        made.insert_prefetch
        or made.update_prefetch
        or made.literal_execute_params
        or made.positiontup is None
        or any(isinstance(each, tuple) for each in processors)
        or (is_many and (made.effective_returning or made.post_compile_params))
    )


class Compiled:
    """One statement with the names of its values in their order."""

    def __init__(self, made: SQLCompiler) -> None:
        self._made = made
        self._processors: Mapping[str, Any] = made._bind_processors
        self._said = _Said(made.string, made.positiontup or (), self._slot)
        self._expanding: tuple[tuple[str, Any], ...] = tuple(
            (each.key, each.effective_value) for each in made.post_compile_params
        )
        self._expanded: dict[tuple[int, ...], _Said] = {}
        columns = made._result_columns
        self._types = [each.type for each in columns]
        self._rows = (
            _described([each.keyname for each in columns], self._result_processors()) if columns else None
        )

    def say(self, values: Values | None) -> tuple[str, list[Any]]:
        """The text and its values, for one execution."""
        values = values or {}
        said = self._said_for(values) if self._expanding else self._said
        return said.text, said.values(values)

    def say_many(self, rows: Iterable[Values]) -> tuple[str, list[list[Any]]]:
        return self._said.text, [self._said.values(each) for each in rows]

    def result(self, description: Any, rowcount: int, rows: list[Any]) -> Result:
        described = self._rows
        if described is None:
            described = _described([each[0] for each in description or ()], None)
        return Result(described, rows, rowcount)

    def _said_for(self, values: Values) -> _Said:
        """As many marks in each list as there are values in it."""
        lengths = tuple(len(values.get(key, otherwise)) for key, otherwise in self._expanding)
        if lengths not in self._expanded:
            if len(self._expanded) > MOST_LENGTHS:
                self._expanded.clear()
            state = self._made.construct_expanded_state(values)
            places = {
                mark: (name, at)
                for name, marks in state.parameter_expansion.items()
                for at, mark in enumerate(marks)
            }
            self._expanded[lengths] = _Said(
                state.statement, state.positiontup or (), lambda mark: self._slot(*places.get(mark, (mark,)))
            )
        return self._expanded[lengths]

    def _slot(self, name: str, at: int | None = None) -> _Slot:
        bound = self._made.binds[name]
        return bound.key, at, bound.required, bound.effective_value, self._processors.get(name)

    def _result_processors(self) -> Sequence[Processor] | None:
        dialect = self._made.dialect
        found = [each._cached_result_processor(dialect, None) for each in self._types]
        return found if any(found) else None


_Slot = tuple[str, int | None, bool, Any, Processor]
"""The key of a value, its place when it is in a list, whether it must be given, what holds when it is not,
and what makes it a value of SQLite."""


class _Said:
    def __init__(self, text: str, names: Sequence[str], slot: Callable[[str], _Slot]) -> None:
        self.text = text
        self._slots = [slot(name) for name in names]

    def values(self, given: Values) -> list[Any]:
        found = []
        for key, at, is_required, otherwise, process in self._slots:
            value = given[key] if is_required or key in given else otherwise
            if at is not None:
                value = value[at]
            found.append(value if process is None else process(value))
        return found


def _described(names: list[str], processors: Any) -> SimpleResultMetaData:
    return SimpleResultMetaData(names, _processors=processors)


class Result(IteratorResult[Any]):
    """What SQLAlchemy's own result would give, of rows that are all here."""

    def __init__(self, described: SimpleResultMetaData, rows: list[Any], rowcount: int) -> None:
        super().__init__(described, iter(rows))
        self.rowcount = rowcount


def as_ours(error: sqlite3.Error, text: str, dialect: Dialect) -> BaseException:
    """The driver's error as SQLAlchemy would raise it; the values are nobody's business."""
    made: BaseException = DBAPIError.instance(text, None, error, sqlite3.Error, dialect=dialect)
    return made

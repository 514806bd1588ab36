"""A page of paper or of a workbook: words and tables, without anything that draws them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a page becomes: a file to read and print, or one to calculate with."""

    PDF = "pdf"
    EXCEL = "xlsx"


class Align(StrEnum):
    WORDS = "words"
    MIDDLE = "middle"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person reads, and the number behind it where a workbook is to calculate with it."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``width`` is its share of the page beside the others; 0 is as wide as what stands in it."""

    title: str
    align: Align = Align.MIDDLE
    width: float = 0


Named = tuple[tuple[str, str], ...]
"""Names with their values: «شماره: ۲۱۰۴۵»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A framed list of names and values under a heading, such as who buys."""

    title: str
    name: str
    facts: Named = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One document. It is longer than a sheet of paper where its rows are many."""

    title: str
    company: str
    facts: Named
    boxes: tuple[Box, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    faint: frozenset[int] = frozenset()
    """Rows that cost nothing, or only carry a sum over."""
    totals: tuple[Cell, ...]
    """The last row of the table, a cell for each column."""
    sums: tuple[tuple[str, Cell], ...] = ()
    words: str = ""
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    unit: str
    page_of: str
    """«صفحه {page} از {pages}», with these two names in it."""
    stamp: str = ""
    """Set across the page: a void invoice is no invoice."""
    is_wide: bool = False
    code: str = "fa"
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that a Screen carries: made after the commit, kept as a file, and sent.

    ``excuse`` is said instead when it cannot be made.
    """

    name: str
    page: Page
    form: Form
    excuse: str

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.form}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Two bars side by side over one name, as parts of the highest; what is written over them."""

    name: str
    values: tuple[float, float]
    labels: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A small drawing: pairs of bars, the same two things compared in each."""

    title: str
    legend: tuple[str, str]
    bars: tuple[Bars, ...]
    note: str = ""
    code: str = "fa"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendBar:
    """One bar from nothing up or down, as part of a hundred; without a value there is only its name."""

    name: str
    value: int | None
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A small drawing: one thing as it went from one span to the next, between −100 and 100."""

    title: str
    bars: tuple[TrendBar, ...]
    note: str = ""
    code: str = "fa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a Screen carries: drawn after the commit, kept as a file, and shown.

    Without it the screen's text still says everything.
    """

    name: str
    chart: Chart | Trend

    @property
    def file_name(self) -> str:
        return f"{self.name}.png"

"""Pages become files: PDF by typst, workbooks by xlsxwriter, in a thread of their own.

typst lets go of the interpreter while it works, so the bot goes on answering; one thread at a time is enough,
and never takes both cores away from the people who only tap. What draws is loaded with the first document: it
takes 30 MB, and many days have none.
"""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from screens.paper import Chart, Form, Page, Paper, Picture, Trend

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent / "paper"
TEMPLATE = FOLDER / "page.typ"
BLANK = FOLDER / "blank.typ"
CHART, TREND = FOLDER / "chart.typ", FOLDER / "trend.typ"
CHART_DOTS = 160
"""Dots to an inch: sharp on a phone, and some forty kilobytes."""
PICTURE_TYPE = "image/png"
TURNS_REMEMBERED = 11
"""The compiler keeps what it used in its last ten turns."""
MOST_ROWS = 2_000
"""More than that on paper takes seconds and hundreds of megabytes; a workbook holds any number."""
SAMPLES = 5
"""So many texts of a column tell the template how wide it has to be."""
WIDTHS = dict(zip("۰۱۲۳۴۵۶۷۸۹٬,", (42, 29, 52, 66, 57, 59, 49, 59, 59, 48, 26, 20), strict=True))
LONGEST_WORD = 24
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
MIME_TYPES = {
    Form.PDF: "application/pdf",
    Form.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TooLong(Exception):
    """A document of so many rows is not drawn."""


class Rendering:
    """Makes files, one after another, without holding anybody up."""

    def __init__(self) -> None:
        # The thread is only started with the first document.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rendering")

    async def __call__(self, wanted: Paper | Picture) -> bytes:
        loop = asyncio.get_running_loop()
        if isinstance(wanted, Picture):
            drawn = loop.run_in_executor(self._thread, drawing, wanted.chart)
        else:
            drawn = loop.run_in_executor(self._thread, draw, wanted.page, wanted.form)
        if isinstance(wanted, Picture) or wanted.form is Form.PDF:
            # It waits its turn behind the document, and nobody waits for it.
            self._thread.submit(forget)
        return await drawn

    def close(self) -> None:
        """Take nothing more; what is being drawn is finished first."""
        self._thread.shutdown(cancel_futures=True)


def draw(page: Page, form: Form) -> bytes:
    """The bytes of that page as such a file. The same page always gives the same bytes."""
    if form is Form.PDF and len(page.rows) > MOST_ROWS:
        raise TooLong(len(page.rows))
    if form is Form.PDF:
        return _pdf(page)
    from services.workbooks import workbook

    return workbook(page)


def drawing(chart: Chart | Trend) -> bytes:
    """The bytes of that chart as a PNG."""
    told = {"chart": json.dumps(asdict(chart), ensure_ascii=False)}
    template = TREND if isinstance(chart, Trend) else CHART
    made = _compiler(template).compile(format="png", ppi=CHART_DOTS, sys_inputs=told)
    assert isinstance(made, bytes)
    return made


def pictures(page: Page, points_per_inch: float = 110) -> list[bytes]:
    """Each sheet of paper as a PNG, to be looked at."""
    made = _compiler().compile(format="png", ppi=points_per_inch, sys_inputs=_inputs(page))
    return list(made) if isinstance(made, list) else [made or b""]


def _pdf(page: Page) -> bytes:
    made = _compiler().compile(format="pdf", sys_inputs=_inputs(page), timestamp=0, pdf_tags=False)
    assert isinstance(made, bytes)
    return made


def forget() -> None:
    """Let the compiler give back what it remembers of earlier documents: soon a hundred megabytes."""
    blank = _compiler(BLANK)
    for _turn in range(TURNS_REMEMBERED):
        blank.compile(format="pdf")


@cache
def _compiler(template: Path = TEMPLATE) -> typst.Compiler:
    """Made once: it keeps its fonts, and the template as it was read."""
    import typst

    return typst.Compiler(template, root=FOLDER, font_paths=[FOLDER], ignore_system_fonts=True)


def _inputs(page: Page) -> dict[str, str]:
    """The page as the template reads it: cells are their texts, since paper does not calculate."""
    told = {field.name: getattr(page, field.name) for field in fields(page)} | {
        "boxes": [
            {"title": box.title, "name": _said(box.name), "facts": [(n, _said(v)) for n, v in box.facts]}
            for box in page.boxes
        ],
        "columns": [asdict(column) for column in page.columns],
        "rows": [[_said(cell.text) for cell in row] for row in page.rows],
        "notes": [_said(note) for note in page.notes],
        "totals": [cell.text for cell in page.totals],
        "sums": [[name, cell.text] for name, cell in page.sums],
        "faint": sorted(page.faint),
        "samples": [_samples(page, at) for at in range(len(page.columns))],
    }
    return {"page": json.dumps(told, ensure_ascii=False)}


def _said(text: str) -> str:
    """Text with places where a word that is longer than any column may be broken."""
    return text if len(text) <= LONGEST_WORD else _LONG_WORD.sub("\\g<0>\u200b", text)


def _samples(page: Page, at: int) -> list[str]:
    """The widest texts of a column, as far as that can be told from here."""
    texts = {page.columns[at].title, page.totals[at].text, *(row[at].text for row in page.rows)}
    return sorted(texts, key=_width)[-SAMPLES:]


def _width(text: str) -> int:
    """How wide our face draws it, roughly: «۱۱۱» is half as wide as «۳۳۳»."""
    return sum(WIDTHS.get(letter, 56) for letter in text)

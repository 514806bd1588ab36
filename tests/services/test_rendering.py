from __future__ import annotations

import asyncio
import re
import threading
import zlib
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

import services.rendering as rendering_module
from screens.documents import (
    invoice_page,
    invoice_paper,
    proforma_page,
    proforma_paper,
    statement_paper,
)
from screens.language import Language
from screens.paper import Form, Page
from screens.statement_pages import statement_page
from services.rendering import MOST_ROWS, Rendering, TooLong, draw, forget, pictures
from tests.builders.documents import INVOICE, PROFORMA, STATEMENT, long_statement


def rows_of(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def parts_of(pdf: bytes) -> bytes:
    """The PDF with everything unpacked that is packed in it."""
    unpacked = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            unpacked.append(zlib.decompress(stream))
    return b"\n".join(unpacked)


def letters_of(pdf: bytes) -> set[str]:
    """Every letter that the PDF has a glyph for, by its own table from glyphs to letters."""
    found: set[str] = set()
    for block in re.findall(rb"beginbf(?:char|range)(.*?)endbf", parts_of(pdf), re.DOTALL):
        for line in block.splitlines():
            codes = re.findall(rb"<([0-9A-Fa-f]+)>", line)
            if len(codes) >= 2:
                found |= set(bytes.fromhex(codes[-1].decode()).decode("utf-16-be"))
    return found


def test_an_invoice_becomes_one_page_and_a_long_one_several(persian: Language) -> None:
    short = draw(invoice_page(INVOICE, persian), Form.PDF)
    assert short.startswith(b"%PDF-")
    assert len(pictures(invoice_page(INVOICE, persian), 20)) == 1
    assert len(pictures(proforma_page(PROFORMA, persian), 20)) == 1
    assert len(pictures(invoice_page(replace(INVOICE, lines=INVOICE.lines * 10), persian), 20)) == 2


def test_the_fonts_are_ours_and_stand_in_the_file(persian: Language) -> None:
    pdf = parts_of(draw(invoice_page(INVOICE, persian), Form.PDF))
    named = set(re.findall(rb"/FontName\s*/\w+\+([\w-]+)", pdf))
    assert named == {b"Vazirmatn-Regular", b"Vazirmatn-Bold"}


def test_every_letter_is_printed_and_can_be_copied_from_the_file(persian: Language) -> None:
    page = invoice_page(INVOICE, persian)
    said = [page.title, page.company, page.words, page.unit, page.footer, *page.notes, *page.signatures]
    said += [cell.text for row in (*page.rows, page.totals) for cell in row]
    said += [text for box in page.boxes for fact in box.facts for text in (box.title, box.name, *fact)]
    invisible = set(" \u200c\u2066\u2068\u2069")
    assert set("".join(said)) - invisible - letters_of(draw(page, Form.PDF)) == set()


@pytest.mark.parametrize("form", Form)
def test_the_same_page_gives_the_same_bytes(form: Form, persian: Language) -> None:
    page = invoice_page(INVOICE, persian)
    assert draw(page, form) == draw(page, form)


def test_words_are_never_taken_for_markup(persian: Language) -> None:
    nasty = "#panic() $x$ *bold* = heading \\ // @a <b> `c` [d] #{1+1} ${"
    lines = (replace(INVOICE.lines[0], name=nasty),)
    assert draw(invoice_page(replace(INVOICE, lines=lines, note=nasty), persian), Form.PDF).startswith(
        b"%PDF"
    )


def test_a_word_longer_than_its_column_is_broken_and_paints_over_nothing(persian: Language) -> None:
    lines = (replace(INVOICE.lines[0], name="W" * 2_000),)
    assert len(pictures(invoice_page(replace(INVOICE, lines=lines), persian), 20)) > 1


def test_a_statement_is_read_back_from_its_workbook(persian: Language) -> None:
    rows = rows_of(draw(statement_page(STATEMENT, persian), Form.EXCEL))
    head = next(at for at, row in enumerate(rows) if row[0] == "ردیف")
    entries = rows[head + 1 : head + 7]
    assert [row[2] for row in entries] == [
        "مانده از قبل", "فاکتور ۲۱۰۴۵", "دریافت چک (سررسید ۵ آذر)", "واریز کارت", "فاکتور ۲۱۳۱۰",
        "جمع و مانده پایان",
    ]  # fmt: skip
    assert [row[5] for row in entries] == [148e6, 271e6, 196e6, 123e6, 181_212_000, 181_212_000]
    assert [row[3] for row in entries] == ["", 123e6, "", "", 58_212_000, 181_212_000]


def test_an_invoice_in_a_workbook_adds_up(persian: Language) -> None:
    rows = rows_of(draw(invoice_page(INVOICE, persian), Form.EXCEL))
    head = next(at for at, row in enumerate(rows) if row[0] == "ردیف")
    lines, totals = rows[head + 1 : head + 5], rows[head + 5]
    for column in (5, 6, 7, 9, 10):
        assert sum(float(str(row[column])) for row in lines) == totals[column]


def test_a_document_too_long_for_paper_still_fits_a_workbook(persian: Language) -> None:
    page = statement_page(long_statement(MOST_ROWS), persian)
    with pytest.raises(TooLong):
        draw(page, Form.PDF)
    assert len(rows_of(draw(page, Form.EXCEL))) > MOST_ROWS


async def test_documents_are_made_in_a_thread_of_their_own(
    persian: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()

    def drawn(_page: Page, _form: Form) -> bytes:
        threads.add(threading.current_thread().name)
        return b"file"

    monkeypatch.setattr(rendering_module, "draw", drawn)
    rendering = Rendering()
    papers = [proforma_paper(PROFORMA, Form.EXCEL, persian), statement_paper(STATEMENT, Form.EXCEL, persian)]
    try:
        assert await asyncio.gather(*map(rendering, papers)) == [b"file", b"file"]
    finally:
        rendering.close()
    assert threads == {"rendering_0"}


async def test_a_paper_becomes_its_file(persian: Language) -> None:
    rendering = Rendering()
    try:
        assert (await rendering(invoice_paper(INVOICE, Form.PDF, persian))).startswith(b"%PDF-")
    finally:
        rendering.close()


def test_nothing_is_spoilt_by_forgetting(persian: Language) -> None:
    before = draw(invoice_page(INVOICE, persian), Form.PDF)
    forget()
    assert draw(invoice_page(INVOICE, persian), Form.PDF) == before

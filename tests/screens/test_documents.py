from __future__ import annotations

from dataclasses import replace

import pytest

from domain.company import Company
from domain.documents import Party
from domain.money import CurrencyUnit, Money
from screens.documents import invoice_page, invoice_paper, proforma_page, statement_paper
from screens.language import Language
from screens.paper import Form, Page
from screens.statement_pages import statement_page
from tests.builders.documents import INVOICE, PROFORMA, STATEMENT


def texts(page: Page) -> str:
    rows = "\n".join(" | ".join(cell.text for cell in row) for row in (*page.rows, page.totals))
    sums = "\n".join(f"{name}: {cell.text}" for name, cell in page.sums)
    return "\n".join(
        (page.title, str(page.facts), str(page.boxes), rows, sums, page.words, *page.notes, page.unit)
    )


def test_an_invoice_shows_every_amount_to_the_last_rial(persian: Language) -> None:
    page = invoice_page(INVOICE, persian)
    assert [cell.number for cell in page.totals] == [
        None, None, None, None, None, 163_000_000, 21_574_428, 141_425_572, None, 9_156_317, 150_581_889,
    ]  # fmt: skip
    assert page.totals[-1].text == "۱۵۰٬۵۸۱٬۸۸۹"
    assert page.sums[0] == ("مبلغ قابل پرداخت", replace(page.sums[0][1], text="۱۵۰٬۵۸۱٬۸۸۹ ریال"))
    assert page.sums[1][1].text == "۱۸۱٬۲۱۲٬۰۰۰ ریال بدهکار"
    assert page.words == ("به حروف: یکصد و پنجاه میلیون و پانصد و هشتاد و یک هزار و هشتصد و هشتاد و نه ریال")
    assert page.facts == (
        ("شماره", "۲۱۳۱۰"), ("تاریخ", "۱۴۰۵/۰۸/۲۰"), ("سفارش", "۴۰۵۲۱"), ("سررسید", "۱۴۰۵/۰۹/۱۱"),
    )  # fmt: skip


def test_each_line_adds_up_and_bonus_goods_cost_nothing(persian: Language) -> None:
    page = invoice_page(INVOICE, persian)
    for row in page.rows:
        _at, _name, quantity, _unit, price, gross, discount, net, _rate, vat, total = (
            cell.number or 0 for cell in row
        )
        assert gross == quantity * price
        assert net == gross - discount
        assert total == net + vat
    bonus = [cell.text for cell in page.rows[2]]
    assert bonus[1].endswith("(جایزه)")
    assert bonus[5:] == ["۲٬۷۰۰٬۰۰۰", "۲٬۷۰۰٬۰۰۰", "۰", "۱۰٪", "۰", "۰"]
    assert page.faint == {2}


def test_a_void_invoice_says_so_across_the_page(persian: Language) -> None:
    assert invoice_page(replace(INVOICE, is_void=True), persian).stamp == "باطل شد"
    assert invoice_page(INVOICE, persian).stamp == ""


def test_old_and_new_rials_are_told_apart(persian: Language) -> None:
    new = texts(invoice_page(replace(INVOICE, currency_unit=CurrencyUnit.IRR_NEW), persian))
    assert "همه مبالغ به ریال جدید است." in new
    assert "۱۵۰٬۵۸۱٬۸۸۹ ریال جدید" in new
    assert "هشتاد و نه ریال جدید" in new
    assert "جدید" not in texts(invoice_page(INVOICE, persian))


def test_a_proforma_names_until_when_it_holds_and_no_debt(persian: Language) -> None:
    page = proforma_page(PROFORMA, persian)
    assert page.title == "پیش‌فاکتور"
    assert page.facts[-1] == ("معتبر تا", "۱۴۰۵/۰۹/۰۲")
    assert len(page.sums) == 1


def test_a_statement_carries_the_balance_from_entry_to_entry(persian: Language) -> None:
    page = statement_page(STATEMENT, persian)
    assert [row[5].number for row in page.rows] == [
        148_000_000, 271_000_000, 196_000_000, 123_000_000, 181_212_000,
    ]  # fmt: skip
    assert page.rows[0][2].text == "مانده از قبل"
    assert [cell.text for cell in page.totals[3:]] == ["۱۸۱٬۲۱۲٬۰۰۰", "۱۴۸٬۰۰۰٬۰۰۰", "۱۸۱٬۲۱۲٬۰۰۰", "بد"]


@pytest.mark.parametrize(
    ("opening", "said", "side"),
    [
        (-33_212_000, "تسویه", "–"),
        (-34_212_000, "۱٬۰۰۰٬۰۰۰ ریال بستانکار", "بس"),
        (0, "۳۳٬۲۱۲٬۰۰۰ ریال بدهکار", "بد"),
    ],
)
def test_a_final_balance_says_on_whose_side_it_is(
    opening: int, said: str, side: str, persian: Language
) -> None:
    page = statement_page(replace(STATEMENT, opening=Money(opening)), persian)
    assert page.sums[0][1].text == said
    assert page.sums[0][1].number == opening + 33_212_000
    assert page.totals[-1].text == side


def test_what_is_not_known_is_not_printed(persian: Language) -> None:
    bare = replace(
        INVOICE, seller=Company(name="پخش"), buyer=Party(name="سالن"), due_on=None, order_number=None,
        terms="", balance=None,
    )  # fmt: skip
    page = invoice_page(bare, persian)
    assert [box.facts for box in page.boxes] == [(), ()]
    assert (len(page.facts), len(page.sums), page.notes) == (2, 1, ())


def test_a_name_cannot_turn_the_line_around(persian: Language) -> None:
    nasty = replace(INVOICE, buyer=replace(INVOICE.buyer, name="\u202eسالن \u2066x\u2069\u0000"))
    assert invoice_page(nasty, persian).boxes[1].name == "\u2068سالن x\u2069"


def test_an_english_reader_gets_the_same_figures(english: Language) -> None:
    page = invoice_page(INVOICE, english)
    assert page.code == "en"
    assert page.totals[-1].text == "150,581,889"
    assert page.words == ""


def test_files_are_named_after_what_they_are(persian: Language) -> None:
    assert invoice_paper(INVOICE, Form.PDF, persian).file_name == "فاکتور-۲۱۳۱۰.pdf"
    assert statement_paper(STATEMENT, Form.EXCEL, persian).file_name == "گردش حساب-۱۴۰۵-۰۸-۳۰.xlsx"

"""Open invoices, cheques, balances and promotions of the company's own books, and that the books add up."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from domain.imports.errors import CellFault, FileFault, ImportRefused
from domain.imports.rows import ImportKind
from domain.instruments import ChequeState
from domain.ledger import Voucher
from domain.money import Money, Rate, of_toman
from domain.promotion_rules import PromotionStep, Scope, Tier
from domain.promotions import Cap
from jobs.invariants import check_books
from services.imports.taking import Report
from services.instruments.moving import move_cheque
from services.ledger import allocate
from storage.unit_of_work import Store
from tests.builders.ledger import a_bookkeeper
from tests.builders.sheets import a_csv
from tests.conftest import NOW
from tests.services.importing import (
    CUSTOMERS,
    PRODUCTS,
    REZAEI,
    SHAMPOO,
    counts,
    row_counts,
    row_of,
    rows_of,
    take,
)

INVOICES = ("کد مشتری", "شماره فاکتور", "تاریخ", "سررسید", "مبلغ (تومان)", "مانده (تومان)")
OPEN = ("C1", 21_045, "۱۴۰۵/۰۸/۰۳", "۱۴۰۵/۰۸/۲۴", "۱۲٬۳۰۰٬۰۰۰", "۱۲٬۳۰۰٬۰۰۰")
PART = ("C1", 21_310, "۱۴۰۵/۰۸/۱۰", "", 8_000_000, 3_000_000)
PAID = ("C1", 20_900, "۱۴۰۵/۰۷/۱۰", "", 5_000_000, 0)
CHEQUES = ("کد مشتری", "شناسه صیاد", "مبلغ (ریال)", "سررسید", "وضعیت", "بانک", "تاریخ دریافت")
RECEIVED = ("C1", "1234567890123456", 400_000_000, "۱۴۰۵/۱۰/۱۵", "دریافت‌شده", "ملت", "۱۴۰۵/۰۸/۰۱")
DEPOSITED = ("C1", "1234567890123457", 250_000_000, "۱۴۰۵/۰۹/۰۶", "واگذار به بانک", "ملی", "")
CLEARED = ("C1", "1234567890123458", 100_000_000, "۱۴۰۵/۰۸/۰۲", "وصول‌شده", "", "۱۴۰۵/۰۷/۰۱")
BOUNCED = ("C1", "1234567890123459", 70_000_000, "۱۴۰۵/۰۸/۲۰", "برگشتی", "", "۱۴۰۵/۰۷/۰۱")
BALANCES = ("کد مشتری", "مانده (ریال)", "ماهیت")
SHEETS = {
    ImportKind.INVOICES: (INVOICES, OPEN, PART, PAID),
    ImportKind.CHEQUES: (CHEQUES, RECEIVED, DEPOSITED, CLEARED, BOUNCED),
    ImportKind.BALANCES: (BALANCES, ("C1", 9_000_000, "بدهکار"), ("C2", "۵٬۰۰۰٬۰۰۰", "بستانکار")),
}


@pytest.fixture
async def known(store: Store, tmp_path: Path) -> Store:
    """A company with two customers."""
    await take(store, tmp_path, ImportKind.CUSTOMERS, CUSTOMERS, REZAEI, ("C2", *REZAEI[1:5], "", "", "", ""))
    return store


async def take_all(store: Store, folder: Path) -> list[Report]:
    return [await take(store, folder, kind, *table) for kind, table in SHEETS.items()]


async def balance(store: Store, code: str) -> Money:
    customer = await row_of(store, "customers", external_ref=code)
    async with store.reading() as uow:
        return await uow.ledger.balance(customer["id"])


async def test_the_books_add_up_after_everything_came(known: Store, tmp_path: Path) -> None:
    assert [counts(each) for each in await take_all(known, tmp_path)] == [
        (3, 0, 0, 0),
        (4, 0, 0, 0),
        (2, 0, 0, 0),
    ]
    assert await check_books(known, NOW) == ()
    # Open invoices, the bounced cheque, and what is owed beside them; cheques in hand are taken off already.
    assert await balance(known, "C1") == of_toman(12_300_000 + 3_000_000 + 7_000_000 + 900_000)
    assert await balance(known, "C2") == of_toman(-500_000)
    customer = await row_of(known, "customers", external_ref="C1")
    async with known.reading() as uow:
        standing = await uow.credit.standing(customer["id"], NOW)
    assert standing.open_invoices == of_toman(16_200_000)
    assert standing.uncleared == of_toman(65_000_000)
    assert standing.bounced == of_toman(7_000_000)
    assert standing.unallocated == of_toman(0)


async def test_importing_it_all_again_changes_nothing(known: Store, tmp_path: Path) -> None:
    await take_all(known, tmp_path)
    before = await row_counts(known)
    assert [counts(each) for each in await take_all(known, tmp_path)] == [
        (0, 0, 3, 0),
        (0, 0, 4, 0),
        (0, 0, 2, 0),
    ]
    assert await row_counts(known) == before


async def test_a_trial_writes_nothing(known: Store, tmp_path: Path) -> None:
    before = await row_counts(known)
    for kind, table in SHEETS.items():
        assert (await take(known, tmp_path, kind, *table, is_dry=True)).new == len(table) - 1
    assert await row_counts(known) == before


async def test_what_reads_otherwise_in_the_books_is_set_aside(known: Store, tmp_path: Path) -> None:
    await take_all(known, tmp_path)
    changed = {
        ImportKind.INVOICES: (INVOICES, (*OPEN[:5], 1_000_000)),
        ImportKind.CHEQUES: (CHEQUES, ("C2", *RECEIVED[1:])),
        ImportKind.BALANCES: (BALANCES, ("C1", 9_000_000, "بستانکار")),
    }
    for kind, table in changed.items():
        report = await take(known, tmp_path, kind, *table)
        assert [error.fault for error in report.errors] == [CellFault.OTHERWISE_KNOWN], kind
        assert counts(report) == (0, 0, 0, 1)


async def test_bad_rows_are_set_aside_with_their_reasons(known: Store, tmp_path: Path) -> None:
    report = await take(
        known,
        tmp_path,
        ImportKind.INVOICES,
        INVOICES,
        OPEN,
        ("C9", 1, *OPEN[2:]),
        ("C1", 2, "۱۴۰۵/۰۸/۰۳", "۱۴۰۵/۰۸/۰۱", 10, 10),
        ("C1", 3, "۱۴۰۵/۰۸/۰۳", "", 10, 11),
        OPEN,
    )
    assert [(error.row, error.fault) for error in report.errors] == [
        (3, CellFault.UNKNOWN_CUSTOMER),
        (4, CellFault.ENDS_BEFORE_START),
        (5, CellFault.MORE_THAN_ALL),
        (6, CellFault.REPEATED),
    ]
    report = await take(known, tmp_path, ImportKind.CHEQUES, CHEQUES, ("C1", "123", *RECEIVED[2:]))
    assert [error.fault for error in report.errors] == [CellFault.NOT_A_SAYAD_ID]
    report = await take(known, tmp_path, ImportKind.BALANCES, BALANCES, ("C8", 1, "بدهکار"))
    assert [error.fault for error in report.errors] == [CellFault.UNKNOWN_CUSTOMER]
    assert await check_books(known, NOW) == ()


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        (ImportKind.INVOICES, (*INVOICES[:5], "مانده")),
        (ImportKind.INVOICES, (*INVOICES[:4], "مبلغ", "مانده")),
        (ImportKind.CHEQUES, (*CHEQUES[:2], "مبلغ", *CHEQUES[3:])),
        (ImportKind.BALANCES, ("کد مشتری", "مانده", "ماهیت")),
    ],
)
async def test_money_without_its_unit_refuses_the_file(
    known: Store, tmp_path: Path, kind: ImportKind, headers: tuple[str, ...]
) -> None:
    with pytest.raises(ImportRefused) as refused:
        await take(known, tmp_path, kind, headers, OPEN)
    assert refused.value.fault is FileFault.MISSING_UNIT


async def test_later_invoices_and_payments_go_on_from_there(known: Store, tmp_path: Path) -> None:
    await take_all(known, tmp_path)
    async with known.unit_of_work() as uow:
        assert await uow.audit.next_number("invoice", 1_001) == 21_311
        credit = await row_of(known, "payments", method="opening", unallocated_rials=5_000_000)
        assert await uow.ledger.balance(credit["customer_id"]) == Money(-5_000_000)
    older = ("C2", 20_100, "۱۴۰۵/۰۸/۰۳", "", 300_000, 300_000)
    await take(known, tmp_path, ImportKind.INVOICES, INVOICES, older)
    async with known.unit_of_work() as uow:
        assert await uow.audit.next_number("invoice", 1_001) == 21_312
        spent = await allocate(
            uow, credit["customer_id"], Voucher.PAYMENT, credit["id"], Money(5_000_000), NOW
        )
    assert spent.left == Money(2_000_000)
    assert await check_books(known, NOW) == ()


async def test_an_imported_cheque_that_is_handed_back_is_owed_again(known: Store, tmp_path: Path) -> None:
    await take_all(known, tmp_path)
    cheque = await row_of(known, "cheques", sayad_id=RECEIVED[1])
    assert cheque["effective_due"] == date(2027, 1, 5)
    before = await balance(known, "C1")
    async with known.unit_of_work() as uow:
        clerk = await a_bookkeeper(uow)
        await move_cheque(uow, clerk, cheque["id"], ChequeState.HANDED_BACK, cheque["version"], NOW)
    assert await balance(known, "C1") == before + Money(400_000_000)
    bank = await row_of(known, "cheques", sayad_id=DEPOSITED[1])
    async with known.unit_of_work() as uow:
        await move_cheque(uow, clerk, bank["id"], ChequeState.CLEARED, bank["version"], NOW)
    assert await check_books(known, NOW) == ()


PROMOTIONS = (
    "کد طرح",
    "نام طرح",
    "نوع طرح",
    "کالا یا دسته",
    "پله‌ها",
    "از تاریخ",
    "تا تاریخ",
    "بودجه (تومان)",
)
TIERS = ("T1", "پلکانی شامپو", "پلکانی", "1024", "۲۴ تا ۵٪، ۴۸ تا ۸٪", "۱۴۰۵/۰۹/۰۱", "۱۴۰۵/۱۰/۳۰", 50_000_000)


async def test_promotions_come_once_and_change_as_versions(store: Store, tmp_path: Path) -> None:
    await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO)
    rows = (
        TIERS,
        ("B1", "اشانتیون", "اشانتیون", "مراقبت مو", "۱۰+۱، ۲۴+۳", "۱۴۰۵/۰۹/۰۱", "", ""),
        ("O1", "خرید بزرگ", "روی کل سفارش", "", "۱۰ میلیون تومان ۲٪", "۱۴۰۵/۰۹/۰۱", "", ""),
    )
    assert counts(await take(store, tmp_path, ImportKind.PROMOTIONS, PROMOTIONS, *rows)) == (3, 0, 0, 0)
    assert counts(await take(store, tmp_path, ImportKind.PROMOTIONS, PROMOTIONS, *rows)) == (0, 0, 3, 0)
    product = await row_of(store, "products", code="1024")
    async with store.reading() as uow:
        kept = await uow.promotions.find_by_code("T1")
    assert kept is not None
    steps = (PromotionStep(at=24, rate=Rate(500)), PromotionStep(at=48, rate=Rate(800)))
    assert (kept.rule, kept.scope) == (Tier(steps=steps), Scope(product_ids=frozenset({product["id"]})))
    assert (kept.starts_on, kept.budget) == (date(2026, 11, 22), Cap(rials=500_000_000))
    changed = (*TIERS[:4], "۲۴ تا ۶٪", *TIERS[5:])
    report = await take(store, tmp_path, ImportKind.PROMOTIONS, PROMOTIONS, changed)
    assert counts(report) == (0, 1, 0, 0)
    assert [
        row["version"] for row in await rows_of(store, "promotion_versions") if row["promotion_id"] == kept.id
    ] == [1, 2]


async def test_promotions_that_say_nothing_sound_are_set_aside(store: Store, tmp_path: Path) -> None:
    await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO)
    report = await take(
        store,
        tmp_path,
        ImportKind.PROMOTIONS,
        (*PROMOTIONS, "بودجه (عدد)"),
        ("1", *TIERS[1:3], "9999", *TIERS[4:]),
        ("2", *TIERS[1:4], "خیلی", *TIERS[5:]),
        ("3", "خرید", "روی کل سفارش", "", "۱۰ میلیون ۲٪", *TIERS[5:]),
        ("4", *TIERS[1:4], "۲۴ تا ۸٪، ۴۸ تا ۵٪", *TIERS[5:]),
        ("5", *TIERS[1:6], "۱۴۰۵/۰۸/۰۱", ""),
        ("6", *TIERS[1:], 200),
    )
    assert [error.fault for error in report.errors] == [
        CellFault.UNKNOWN_GOODS,
        CellFault.NOT_STEPS,
        CellFault.STEPS_WITHOUT_UNIT,
        CellFault.PROMOTION_REFUSED,
        CellFault.ENDS_BEFORE_START,
        CellFault.ONE_BUDGET,
    ]


async def test_many_invoices_are_taken_quickly(sqlite_store: Store, tmp_path: Path) -> None:
    """5,000 here, 50,000 in `python -m benchmarks.importing`: each row is four rows of the books."""
    many = [(*OPEN[:1], number, *OPEN[2:5], 1_000_000) for number in range(30_001, 35_001)]
    await take(sqlite_store, tmp_path, ImportKind.CUSTOMERS, CUSTOMERS, REZAEI)
    a_csv(tmp_path / "invoices.csv", INVOICES, *many)
    began = time.perf_counter()
    report = await take(sqlite_store, tmp_path, ImportKind.INVOICES, INVOICES, *many)
    assert report.new == 5_000
    assert time.perf_counter() - began < 20

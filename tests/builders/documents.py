"""Documents with the figures of rule R5.6: 150,581,889 rials in all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.catalogue import Unit
from domain.company import Company
from domain.dates import jalali
from domain.documents import (
    DocumentLine,
    InvoiceDocument,
    Party,
    ProformaDocument,
    StatementDocument,
    StatementLine,
)
from domain.money import ZERO, Money, Rate

COMPANY = Company(
    name="پخش آرمان‌طب",
    address="تهران، خیابان آزادی، خیابان حبیب‌اللهی، پلاک ۱۲، طبقه سوم",
    phone="02188001122",
    economic_code="411512345678",
    national_id="10103456789",
    postal_code="1458913579",
    footer="واریز به حساب ۱۲۳۴۵۶۷۸۹ بانک ملت · مهلت مرجوعی ۷ روز است.",
)
PHARMACY = Party(
    name="داروخانه دکتر رضایی – سعادت‌آباد",
    address="تهران، سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲",
    phone="02122334455",
    national_id="0012345679",
    postal_code="1998765432",
)
TEN_PERCENT = Rate(1000)
LINES = (
    DocumentLine(
        name="شامپو ضدشوره آوین ۲۵۰ میل", code="1024", quantity=50, unit_price=Money(1_480_000),
        discount=Money(12_512_322), vat_rate=TEN_PERCENT, vat=Money(6_148_768),
    ),
    DocumentLine(
        name="کرم دست سپیدار 75ml", code="2210", unit=Unit.TUBE, quantity=37, unit_price=Money(900_000),
        discount=Money(3_224_506), vat_rate=TEN_PERCENT, vat=Money(3_007_549),
    ),
    DocumentLine(
        name="کرم دست سپیدار 75ml", code="2210", unit=Unit.TUBE, quantity=3, unit_price=Money(900_000),
        discount=Money(2_700_000), vat_rate=TEN_PERCENT, vat=ZERO, is_bonus=True,
    ),
    DocumentLine(
        name="دستکش لاتکس M", code="3301", unit=Unit.PACK, quantity=20, unit_price=Money(2_650_000),
        discount=Money(3_137_600), vat_rate=Rate(0), vat=ZERO,
    ),
)  # fmt: skip
INVOICE = InvoiceDocument(
    number=21310,
    issued_on=jalali(1405, 8, 20),
    due_on=jalali(1405, 9, 11),
    order_number=40521,
    seller=COMPANY,
    buyer=PHARMACY,
    lines=LINES,
    terms="حساب باز ۲۱ روزه",
    balance=Money(181_212_000),
)
PROFORMA = ProformaDocument(
    number=40522,
    issued_on=jalali(1405, 8, 30),
    valid_until=jalali(1405, 9, 2),
    seller=COMPANY,
    buyer=PHARMACY,
    lines=LINES,
)
STATEMENT = StatementDocument(
    first=jalali(1405, 8, 1),
    last=jalali(1405, 8, 30),
    made_on=jalali(1405, 8, 30),
    seller=COMPANY,
    buyer=replace(PHARMACY, name="سالن زیبایی نگین"),
    opening=Money(148_000_000),
    lines=(
        StatementLine(day=jalali(1405, 8, 3), what="فاکتور ۲۱۰۴۵", debit=Money(123_000_000)),
        StatementLine(day=jalali(1405, 8, 6), what="دریافت چک (سررسید ۵ آذر)", credit=Money(75_000_000)),
        StatementLine(day=jalali(1405, 8, 12), what="واریز کارت", credit=Money(73_000_000)),
        StatementLine(day=jalali(1405, 8, 20), what="فاکتور ۲۱۳۱۰", debit=Money(58_212_000)),
    ),
)


def long_statement(entries: int) -> StatementDocument:
    """A statement of so many entries, each with words and amounts of its own."""
    return replace(
        STATEMENT,
        lines=tuple(
            StatementLine(
                day=date(2026, 4, 1) + timedelta(days=at // 5),
                what=f"فاکتور {21_000 + at}" if at % 2 else f"واریز کارت، پیگیری {88_400_000 + at}",
                debit=Money(1_000_000 + 37 * at) if at % 2 else ZERO,
                credit=ZERO if at % 2 else Money(900_000 + 41 * at),
            )
            for at in range(entries)
        ),
    )

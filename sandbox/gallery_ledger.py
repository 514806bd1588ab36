"""Examples of accounts: what is owed, statements, invoices, disputes, tasks, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from domain.accounts import InvoiceView, Sides
from domain.balances import Balance, OpenInvoice, Promise, PromiseState
from domain.catalogue import Unit
from domain.company import Company
from domain.credit import CreditLimit, CreditStanding, HoldKind
from domain.disputes import Dispute
from domain.documents import Party
from domain.invoices import Invoice, InvoiceLine
from domain.ledger import EntryKind, LedgerEntry, Statement, Voucher, running
from domain.money import ZERO, Money, Rate, of_toman
from domain.settling import Allocation
from domain.staff import Role
from domain.tasks import Task
from sandbox.gallery_types import Example
from screens import invoices, ledger
from screens.documents import invoice_paper, statement_paper
from screens.paper import Form
from screens.paper_words import invoice_document, statement_document

NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
TODAY = date(2026, 11, 21)
THIRD, TWELFTH = date(2026, 10, 25), date(2026, 11, 3)
NAME = "سالن زیبایی نگین"
SIDES = Sides(seller=Company(name="پخش آرمان‌طب"), buyer=Party(name=NAME))


def _owing(number: int, toman: int, due: date) -> OpenInvoice:
    amount = of_toman(toman)
    return OpenInvoice(id=number, number=number, issued_on=due, due_on=due, open=amount, total=amount)


BALANCE = Balance(
    customer_id=2,
    customer_name=NAME,
    at=NOW,
    today=TODAY,
    amount=of_toman(18_121_200),
    invoices=(_owing(21045, 12_300_000, date(2026, 11, 15)), _owing(21310, 5_821_200, date(2026, 12, 2))),
    standing=CreditStanding(
        customer_id=2,
        open_invoices=of_toman(18_121_200),
        uncleared=of_toman(21_500_000),
        uncleared_count=3,
        open_orders=of_toman(2_534_400),
        limit=CreditLimit(total=of_toman(60_000_000)),
        today=TODAY,
    ),
    promise=Promise(amount=of_toman(12_300_000), on=date(2026, 11, 23)),
)
BOUNCED = replace(
    BALANCE,
    amount=of_toman(-3_000_000),
    invoices=(),
    promise=None,
    standing=replace(
        BALANCE.standing,
        bounced=of_toman(8_000_000),
        bounced_count=1,
        unallocated=of_toman(11_000_000),
        holds=frozenset({HoldKind.BOUNCED}),
    ),
)


def _entry(day: date, kind: EntryKind, toman: int, paper: int, voucher: Voucher, **facts: Any) -> LedgerEntry:
    return LedgerEntry(
        day=day, voucher=voucher, voucher_id=paper, kind=kind, amount=of_toman(toman), facts=facts
    )


PAID = _entry(TWELFTH, EntryKind.PAYMENT, -7_300_000, 3, Voucher.PAYMENT, method="card")
ENTRIES = (
    _entry(THIRD, EntryKind.INVOICE, 12_300_000, 1, Voucher.INVOICE, number=21045),
    _entry(date(2026, 10, 28), EntryKind.CHEQUE_RECEIVED, -7_500_000, 2, Voucher.CHEQUE, due_on="2026-11-26"),
    PAID,
    _entry(date(2026, 11, 11), EntryKind.INVOICE, 5_821_200, 4, Voucher.INVOICE, number=21310),
)
STATEMENT = Statement(
    customer_id=2,
    customer_name=NAME,
    from_day=date(2026, 10, 23),
    until_day=TODAY,
    opening=of_toman(14_800_000),
    lines=running(of_toman(14_800_000), ENTRIES),
)
INVOICE = Invoice(
    id=1,
    number=21045,
    customer_id=2,
    customer_name=NAME,
    order_number=40490,
    issued_on=THIRD,
    due_on=date(2026, 11, 15),
    term={"code": "ACC_21", "kind": "acc", "days": 21, "discount": 0, "cash": 0, "down": 0, "rest": None},
    gross=of_toman(12_540_000),
    discount=of_toman(1_540_000),
    net=of_toman(11_000_000),
    vat=of_toman(1_100_000),
    open=of_toman(12_100_000),
    lines=(
        InvoiceLine(
            position=0,
            product_id=1,
            code="1024",
            name="شامپو ضدشوره آوین ۲۵۰",
            unit=Unit.PIECE,
            quantity=80,
            unit_price=of_toman(145_000),
            discount=of_toman(600_000),
            vat_rate=Rate(1_000),
            vat=of_toman(1_100_000),
        ),
        InvoiceLine(
            position=1,
            product_id=2,
            name="خمیردندان سپیدتن",
            unit=Unit.PIECE,
            quantity=10,
            unit_price=of_toman(94_000),
            discount=of_toman(940_000),
            vat_rate=Rate(1_000),
            vat=ZERO,
            is_bonus=True,
        ),
    ),
)
_PART = Allocation(
    invoice_id=1,
    invoice_number=21045,
    source=Voucher.PAYMENT,
    source_id=1,
    amount=of_toman(7_300_000),
    at=NOW,
    paid_on=TWELFTH,
    method="card",
)
SETTLED = replace(
    INVOICE,
    open=ZERO,
    allocations=(
        _PART,
        replace(_PART, source=Voucher.CHEQUE, cheque_due_on=date(2026, 11, 26), amount=of_toman(4_000_000)),
        replace(_PART, source=Voucher.CHEQUE, cheque_due_on=date(2026, 11, 26), amount=of_toman(-200_000)),
        replace(_PART, source=Voucher.CREDIT_NOTE, note_number=1001, amount=of_toman(1_000_000)),
        replace(_PART, source=Voucher.ROUNDING, amount=Money(3)),
    ),
)
VIEW = InvoiceView(invoice=INVOICE, today=TODAY)
PROMISES = tuple(
    Promise(amount=of_toman(12_300_000), on=date(2026, 11, 23), state=state) for state in PromiseState
)
DISPUTE = Dispute(
    id=1,
    number=1179,
    customer_id=2,
    customer_name=NAME,
    contact_id=2,
    voucher=Voucher.PAYMENT,
    voucher_id=3,
    entry=PAID,
    text="این مبلغ ۷٬۵۰۰٬۰۰۰ بود",
    photo_id=1,
    created_at=NOW,
)
TASK = Task(
    id=1,
    key="dispute:1",
    kind="dispute",
    role=Role.FINANCE,
    subject_id=1,
    customer_name=NAME,
    facts={"number": 1179, "amount_rials": 123_000_000, "mobile": "09000001010"},
)
FACTS: Mapping[str, Mapping[str, object]] = {
    "dispute_opened": {"number": 1179, "customer": NAME, "text": "", "has_photo": False},
    "dispute_explained": {"number": 1179, "customer": NAME, "text": DISPUTE.text, "has_photo": True},
    "dispute_answered": {"number": 1179, "answer": "درست می‌گویید؛ اصلاح شد.", "customer_id": 2},
    "books_wrong": {
        "count": 12,
        "violations": [
            {"rule": "R2.1 balance", "subject": subject, "subject_id": 7}
            for subject in (
                "customer", "invoice", "payment", "cheque", "credit_note", "order", "product", "posting",
                "audit",
            )
        ],
    },
}  # fmt: skip


CALLS = ("reminder_call", "nobody_reminded", "call_wanted", "instalments_wanted")


def account_screens() -> Iterator[Example]:
    yield "ledger.account", lambda _: ledger.account(BALANCE, _)
    yield "ledger.account: bounced", lambda _: ledger.account(BOUNCED, _)
    yield "ledger.books", lambda _: ledger.books(BALANCE, _, sees_credit=True)
    yield "ledger.period_question", lambda _: ledger.period_question(2, TODAY, _, is_own=True)
    yield "ledger.range_question", lambda _: ledger.range_question(2, _)
    yield "ledger.statement", lambda _: ledger.statement(STATEMENT, 1, _, is_own=True)
    long = replace(STATEMENT, lines=running(ZERO, ENTRIES * 20))
    yield "ledger.statement: long, for our people", lambda _: ledger.statement(long, 2, _, is_own=False)
    empty = replace(STATEMENT, lines=(), opening=ZERO)
    yield "ledger.statement: empty", lambda _: ledger.statement(empty, 1, _, is_own=True)
    yield (
        "ledger.statement_file",
        lambda _: ledger.statement_file(
            STATEMENT, statement_paper(statement_document(STATEMENT, SIDES, TODAY, _), Form.PDF, _), _
        ),
    )
    yield "invoices.open_invoices", lambda _: invoices.open_invoices(BALANCE, 1, _, is_own=True)
    yield "invoices.open_invoices: none", lambda _: invoices.open_invoices(BOUNCED, 1, _, is_own=True)
    yield "invoices.invoice_card", lambda _: invoices.invoice_card(VIEW, _)
    asked = replace(VIEW, is_own=False, is_disputed=True, takes_back=True)
    yield "invoices.invoice_card: for our people", lambda _: invoices.invoice_card(asked, _)
    settled = replace(VIEW, invoice=SETTLED, promises=PROMISES)
    yield "invoices.settling", lambda _: invoices.settling(settled, _)
    yield "invoices.settling: nothing yet", lambda _: invoices.settling(VIEW, _)
    yield (
        "invoices.invoice_file",
        lambda _: invoices.invoice_file(
            VIEW, invoice_paper(invoice_document(INVOICE, SIDES, _), Form.EXCEL, _), _
        ),
    )

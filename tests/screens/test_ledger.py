"""The account's screens, word for word as S3.1, S3.3 and S3.8 have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from domain.accounts import InvoiceView
from domain.balances import Balance, OpenInvoice, Promise, PromiseState
from domain.catalogue import Unit
from domain.credit import CreditLimit, CreditStanding, HoldKind
from domain.disputes import Dispute
from domain.invoices import Invoice, InvoiceLine
from domain.ledger import EntryKind, LedgerEntry, Statement, Voucher, running
from domain.money import ZERO, Money, Rate, of_toman
from domain.settling import Allocation
from domain.terms import term_of
from screens import disputes, invoices, ledger
from screens.callbacks.ledger import AskDispute, DisputeRow, OpenStatement
from screens.language import Language
from screens.ledger_words import entry_words
from screens.screen import Screen
from screens.terms import term_words

NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
"""11:20 in Tehran."""
TODAY = date(2026, 11, 21)
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
THIRD, SIXTH, TWELFTH, TWENTIETH = (
    date(2026, 10, 25),
    date(2026, 10, 28),
    date(2026, 11, 3),
    date(2026, 11, 11),
)


def said(screen: Screen) -> str:
    return screen.text.translate(ISOLATES)


def owing(number: int, toman: int, due: date) -> OpenInvoice:
    amount = of_toman(toman)
    return OpenInvoice(id=number, number=number, issued_on=due, due_on=due, open=amount, total=amount)


STANDING = CreditStanding(
    customer_id=7,
    open_invoices=of_toman(18_121_200),
    uncleared=of_toman(21_500_000),
    uncleared_count=3,
    open_orders=of_toman(2_534_400),
    limit=CreditLimit(total=of_toman(60_000_000)),
    today=TODAY,
)
BALANCE = Balance(
    customer_id=7,
    customer_name="سالن زیبایی نگین",
    at=NOW,
    today=TODAY,
    amount=of_toman(18_121_200),
    invoices=(
        owing(21045, 12_300_000, date(2026, 11, 15)),
        owing(21310, 5_821_200, date(2026, 12, 2)),
    ),
    standing=STANDING,
    promise=Promise(amount=of_toman(12_300_000), on=date(2026, 11, 23)),
)


def entry(day: date, kind: EntryKind, toman: int, paper: int, voucher: Voucher, **facts: Any) -> LedgerEntry:
    return LedgerEntry(
        day=day, voucher=voucher, voucher_id=paper, kind=kind, amount=of_toman(toman), facts=facts
    )


ENTRIES = (
    entry(THIRD, EntryKind.INVOICE, 12_300_000, 1, Voucher.INVOICE, number=21045),
    entry(SIXTH, EntryKind.CHEQUE_RECEIVED, -7_500_000, 2, Voucher.CHEQUE, due_on="2026-11-26"),
    entry(TWELFTH, EntryKind.PAYMENT, -7_300_000, 3, Voucher.PAYMENT, method="card"),
    entry(TWENTIETH, EntryKind.INVOICE, 5_821_200, 4, Voucher.INVOICE, number=21310),
)
STATEMENT = Statement(
    customer_id=7,
    customer_name="سالن زیبایی نگین",
    from_day=date(2026, 10, 23),
    until_day=date(2026, 11, 21),
    opening=of_toman(14_800_000),
    lines=running(of_toman(14_800_000), ENTRIES),
)


def test_the_account_reads_as_in_the_script(persian: Language) -> None:
    screen = ledger.account(BALANCE, persian)
    assert said(screen) == (
        "💳 حساب «سالن زیبایی نگین» — ۳۰ آبان، ۱۱:۲۰\n"
        "مانده بدهی: ۱۸٬۱۲۱٬۲۰۰ تومان\n"
        "   ⏰ سررسید گذشته: ۱۲٬۳۰۰٬۰۰۰ (فاکتور ۲۱۰۴۵، ۶ روز)\n"
        "   🤝 قول پرداخت شما: دوشنبه ۲ آذر\n"
        "   🗓 سررسید بعدی: ۵٬۸۲۱٬۲۰۰ در ۱۱ آذر\n"
        "چک‌های در جریان: ۲۱٬۵۰۰٬۰۰۰ (۳ فقره)\n"
        "سفارش در راه: ۲٬۵۳۴٬۴۰۰\n"
        "اعتبار باقی‌مانده: ۱۷٬۸۴۴٬۴۰۰ از ۶۰٬۰۰۰٬۰۰۰"
    )
    assert screen.labels == (
        ("📄 گردش حساب", "📝 چک‌های من", "🧾 فاکتورهای باز"),
        ("💸 پرداخت کردم",),
        ("❓ اعتبار چطور حساب می‌شود؟",),
        ("🏠 خانه",),
    )


def test_what_is_nothing_is_not_said(persian: Language) -> None:
    nothing = CreditStanding(customer_id=7, today=TODAY)
    screen = ledger.account(
        replace(BALANCE, amount=ZERO, invoices=(), promise=None, standing=nothing), persian
    )
    assert said(screen) == (
        "💳 حساب «سالن زیبایی نگین» — ۳۰ آبان، ۱۱:۲۰\nمانده بدهی: ۰ تومان\nخرید شما نقدی است."
    )


def test_bounced_cheques_credit_and_stops_are_said(persian: Language) -> None:
    standing = replace(
        STANDING,
        bounced=of_toman(8_000_000),
        bounced_count=1,
        unallocated=of_toman(50_000_000),
        holds=frozenset({HoldKind.BOUNCED}),
    )
    text = said(ledger.account(replace(BALANCE, amount=of_toman(-5_000), standing=standing), persian))
    for line in (
        "مانده بستانکار: ۵٬۰۰۰ تومان",
        "🔴 چک برگشتی: ۸٬۰۰۰٬۰۰۰ (۱ فقره)",
        "پیش‌پرداخت: ۵۰٬۰۰۰٬۰۰۰",
        "⛔️ خرید اعتباری فعلاً متوقف است؛ خرید نقدی باز است.",
    ):
        assert line in text.splitlines()


def test_several_overdue_invoices_are_summed(persian: Language) -> None:
    more = (owing(20990, 1_000_000, date(2026, 10, 1)), *BALANCE.invoices)
    text = said(ledger.account(replace(BALANCE, invoices=more), persian))
    assert "   ⏰ سررسید گذشته: ۱۳٬۳۰۰٬۰۰۰ (۲ فاکتور، قدیمی‌ترین ۵۱ روز)" in text


def test_our_people_see_how_old_it_is(persian: Language) -> None:
    screen = ledger.books(BALANCE, persian, sees_credit=True)
    assert "۱ تا ۷ روز گذشته: ۱۲٬۳۰۰٬۰۰۰" in said(screen)
    assert len(screen.rows) == 3
    assert len(ledger.books(BALANCE, persian, sees_credit=False).rows) == 2


def test_the_period_is_asked_as_in_the_script(persian: Language) -> None:
    screen = ledger.period_question(7, TODAY, persian, is_own=True)
    assert said(screen) == "کدام دوره؟"
    assert screen.labels[0] == ("آبان", "مهر", "۳ ماه اخیر", "بازه دلخواه")
    this = screen.rows[0][0].tap
    assert isinstance(this, OpenStatement)
    assert (date.fromordinal(this.from_day), date.fromordinal(this.until_day)) == (
        date(2026, 10, 23),
        date(2026, 11, 21),
    )


def test_the_statement_reads_as_in_the_script(persian: Language) -> None:
    screen = ledger.statement(STATEMENT, 1, persian, is_own=True)
    assert said(screen) == (
        "📄 گردش حساب آبان ۱۴۰۵\n"
        "مانده از قبل: ۱۴٬۸۰۰٬۰۰۰ بدهکار\n"
        "۳ آبان · فاکتور ۲۱۰۴۵ · +۱۲٬۳۰۰٬۰۰۰ ← ۲۷٬۱۰۰٬۰۰۰\n"
        "۶ آبان · دریافت چک (سررسید ۵ آذر) · −۷٬۵۰۰٬۰۰۰ ← ۱۹٬۶۰۰٬۰۰۰\n"
        "۱۲ آبان · واریز کارت · −۷٬۳۰۰٬۰۰۰ ← ۱۲٬۳۰۰٬۰۰۰\n"
        "۲۰ آبان · فاکتور ۲۱۳۱۰ · +۵٬۸۲۱٬۲۰۰ ← ۱۸٬۱۲۱٬۲۰۰\n"
        "مانده پایان: ۱۸٬۱۲۱٬۲۰۰ بدهکار"
    )
    assert screen.labels[0] == ("📎 فایل PDF", "📊 فایل اکسل", "❗️ مغایرت دارم")


def test_a_long_statement_turns_pages(persian: Language) -> None:
    many = replace(STATEMENT, lines=running(ZERO, ENTRIES * 20))
    screen = ledger.statement(many, 2, persian, is_own=False)
    assert "صفحه ۲ از ۳" in said(screen)
    assert "سالن زیبایی نگین" in said(screen)
    assert screen.labels[0] == ("▶️ قبلی", "◀️ بعدی")
    assert not any(isinstance(tap, AskDispute) for tap in screen.taps)
    assert len(screen.text) < 4_096


def test_other_days_are_named_and_an_empty_statement_says_so(persian: Language) -> None:
    empty = replace(STATEMENT, until_day=date(2026, 11, 1), lines=(), opening=of_toman(-5))
    assert said(ledger.statement(empty, 1, persian, is_own=True)) == (
        "📄 گردش حساب ۱ آبان ۱۴۰۵ تا ۱۰ آبان ۱۴۰۵\n"
        "مانده از قبل: ۵ بستانکار\n"
        "در این دوره گردشی نبوده است.\n"
        "مانده پایان: ۵ بستانکار"
    )


def test_the_rows_are_offered_as_in_the_script(persian: Language) -> None:
    screen = disputes.row_question(STATEMENT, 1, persian)
    assert said(screen) == "کدام ردیف؟"
    labels = [label for row in screen.labels for label in row]
    assert labels[:5] == ["فاکتور ۲۱۰۴۵", "چک ۶ آبان", "واریز ۱۲ آبان", "فاکتور ۲۱۳۱۰", "چیز دیگر"]
    assert screen.rows[1][0].tap == DisputeRow(voucher=Voucher.PAYMENT, voucher_id=3)


def test_the_ticket_reads_as_in_the_script(persian: Language) -> None:
    dispute = Dispute(id=1, number=1179, customer_id=7, contact_id=1, created_at=NOW)
    assert said(disputes.dispute_opened(dispute, persian)) == (
        "توضیح بدهید یا رسید بفرستید؛ مالی تا ۸ ساعت کاری جواب می‌دهد. تا آن موقع یادآوری این مبلغ "
        "متوقف است. (تیکت ۱۱۷۹)"
    )


def test_every_kind_of_entry_has_its_words(persian: Language) -> None:
    facts: dict[str, Any] = {"number": 9, "due_on": "2026-11-26", "method": "cash", "reason": "damage"}
    for kind in EntryKind:
        words = entry_words(entry(TODAY, kind, 1, 1, Voucher.PAYMENT, **facts), persian)
        assert words
        assert not words.isascii()
    for reason in ("return", "void", "correction"):
        note = entry(
            TODAY, EntryKind.CREDIT_NOTE, -1, 1, Voucher.CREDIT_NOTE, number=9, reason=reason, invoice=5
        )
        assert not entry_words(note, persian).isascii()
    mirrored = replace(ENTRIES[0], is_reversal=True)
    assert entry_words(mirrored, persian) == "اصلاح: فاکتور ۲۱۰۴۵"


def test_open_invoices_are_listed_the_oldest_first(persian: Language) -> None:
    screen = invoices.open_invoices(BALANCE, 1, persian, is_own=True)
    assert said(screen) == (
        "🧾 فاکتورهای باز (۲)\n"
        "• ۲۱۰۴۵ — ۱۲٬۳۰۰٬۰۰۰ (۶ روز گذشته)\n"
        "• ۲۱۳۱۰ — ۵٬۸۲۱٬۲۰۰ (۱۱ آذر)\n"
        "جمع سررسیدگذشته: ۱۲٬۳۰۰٬۰۰۰ تومان\n"
        "جمع باز: ۱۸٬۱۲۱٬۲۰۰ تومان"
    )
    assert screen.labels[0] == ("۲۱۰۴۵", "۲۱۳۱۰")
    none = invoices.open_invoices(replace(BALANCE, invoices=()), 1, persian, is_own=False)
    assert said(none) == "🧾 فاکتور بازی ندارید ✅"


INVOICE = Invoice(
    id=1,
    number=21045,
    customer_id=7,
    customer_name="سالن زیبایی نگین",
    order_number=40490,
    issued_on=THIRD,
    due_on=date(2026, 11, 15),
    term={"code": "ACC_21", "kind": "acc", "days": 21, "discount": 0, "cash": 0, "rest": None},
    gross=of_toman(12_920_000),
    discount=of_toman(1_920_000),
    net=of_toman(11_000_000),
    vat=of_toman(1_100_000),
    open=of_toman(12_100_000),
    lines=(
        InvoiceLine(
            position=0,
            product_id=1,
            name="شامپو آوین",
            unit=Unit.PIECE,
            quantity=100,
            unit_price=of_toman(120_000),
            discount=of_toman(1_000_000),
            vat_rate=Rate(1_000),
            vat=of_toman(1_100_000),
        ),
        InvoiceLine(
            position=1,
            product_id=2,
            name="خمیردندان",
            unit=Unit.PIECE,
            quantity=4,
            unit_price=of_toman(230_000),
            discount=of_toman(920_000),
            vat_rate=Rate(1_000),
            vat=ZERO,
            is_bonus=True,
        ),
    ),
)


def test_an_invoice_shows_what_was_delivered_and_what_is_owed(persian: Language) -> None:
    screen = invoices.invoice_card(InvoiceView(invoice=INVOICE, today=TODAY, is_disputed=True), persian)
    assert said(screen) == (
        "🧾 فاکتور ۲۱۰۴۵ — ۳ آبان ۱۴۰۵\n"
        "سفارش ۴۰۴۹۰\n"
        "۱. شامپو آوین — ۱۰۰ عدد = ۱۱٬۰۰۰٬۰۰۰ (تخفیف ۱٬۰۰۰٬۰۰۰)\n"
        "۲. 🎁 خمیردندان — ۴ عدد، رایگان\n"
        "تخفیف‌ها: ۱٬۰۰۰٬۰۰۰\n"
        "جمع: ۱۱٬۰۰۰٬۰۰۰\n"
        "مالیات ارزش افزوده: ۱٬۱۰۰٬۰۰۰\n"
        "مبلغ فاکتور: ۱۲٬۱۰۰٬۰۰۰ تومان\n"
        "مانده: ۱۲٬۱۰۰٬۰۰۰ — سررسید یکشنبه ۲۴ آبان، ۶ روز گذشته\n"
        "❗️ مالی در حال بررسی است؛ تا آن موقع یادآوری نمی‌فرستیم."
    )
    ours = invoices.invoice_card(InvoiceView(invoice=INVOICE, today=TODAY, is_own=False), persian)
    assert "سالن زیبایی نگین" in said(ours)
    assert "💸 پرداخت کردم" not in [label for row in ours.labels for label in row]


def test_what_settled_an_invoice_is_told_in_one_screen(persian: Language) -> None:
    def by(source: Voucher, toman: int, **more: Any) -> Allocation:
        return Allocation(
            invoice_id=1,
            invoice_number=21045,
            source=source,
            source_id=1,
            amount=of_toman(toman),
            at=NOW,
            **more,
        )

    settled = replace(
        INVOICE,
        open=ZERO,
        allocations=(
            by(Voucher.PAYMENT, 7_300_000, paid_on=TWELFTH, method="card"),
            by(Voucher.CHEQUE, 1_000_000, cheque_due_on=date(2026, 11, 26)),
            by(Voucher.CHEQUE, -1_000_000, cheque_due_on=date(2026, 11, 26)),
            by(Voucher.CREDIT_NOTE, 4_800_000, note_number=1001),
            replace(by(Voucher.ROUNDING, 0), amount=Money(3)),
        ),
    )
    promises = tuple(
        Promise(amount=of_toman(5), on=date(2026, 11, 23), state=state) for state in PromiseState
    )
    view = InvoiceView(invoice=settled, today=TODAY, promises=promises)
    assert said(invoices.settling(view, persian)) == (
        "🧩 فاکتور ۲۱۰۴۵ با چه تسویه شد؟\n"
        "مبلغ فاکتور: ۱۲٬۱۰۰٬۰۰۰ تومان\n"
        f"شرایط: {term_words(term_of(INVOICE.term), persian)}\n"
        "سررسید: یکشنبه ۲۴ آبان\n"
        "۱۲ آبان · واریز کارت · ۷٬۳۰۰٬۰۰۰\n"
        "۳۰ آبان · چک سررسید ۵ آذر · ۱٬۰۰۰٬۰۰۰\n"
        "۳۰ آبان · برگشت خورد: چک سررسید ۵ آذر · ۱٬۰۰۰٬۰۰۰\n"
        "۳۰ آبان · بستانکاری ۱۰۰۱ · ۴٬۸۰۰٬۰۰۰\n"
        "۳۰ آبان · گرد کردن · ۳ ریال\n"
        "🤝 قول پرداخت: ۵ در دوشنبه ۲ آذر\n"
        "🤝 قول انجام‌شده: ۵ در دوشنبه ۲ آذر\n"
        "🤝 قول انجام‌نشده: ۵ در دوشنبه ۲ آذر\n"
        "کامل تسویه شده ✅"
    )
    void = InvoiceView(invoice=replace(settled, is_void=True, allocations=()), today=TODAY)
    assert "این فاکتور باطل شده است." in said(invoices.settling(void, persian))

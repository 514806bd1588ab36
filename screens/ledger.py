"""An account: what is owed (S3.1), and its statement for some days (S3.3)."""

from __future__ import annotations

from datetime import date

from domain.balances import AgeBucket, Balance
from domain.credit import CreditStanding
from domain.ledger import Statement, StatementLine
from domain.money import ZERO, Money
from domain.periods import Period, last_month, last_months, this_month
from screens.callbacks.credit import ExplainCredit, OpenApproval, OpenCreditCard
from screens.callbacks.instruments import OpenCheques
from screens.callbacks.ledger import (
    AskDispute,
    AskPeriod,
    AskRange,
    OpenBooks,
    OpenInvoices,
    OpenStatement,
    SendStatement,
)
from screens.callbacks.receipts import StartReceipt
from screens.callbacks.settings import OpenAccount
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.ledger_words import entry_words, month_label, owed_words, period_words
from screens.pages import cut, turning
from screens.paper import Form, Paper
from screens.screen import Button, Screen

PER_PAGE = 30
"""A message holds so many entries of a statement."""


def account(balance: Balance, _: Language) -> Screen:
    """S3.1, for the customer."""
    customer_id = balance.customer_id
    rows = (
        (
            Button(_.label("📄 Statement"), AskPeriod(customer_id=customer_id)),
            Button(_.label("📝 My cheques"), OpenCheques()),
            Button(_.label("🧾 Open invoices"), OpenInvoices(customer_id=customer_id, page=1)),
        ),
        (Button(_.label("💸 I have paid"), StartReceipt()),),
        (Button(_.label("❓ How is the credit worked out?"), ExplainCredit()),),
        (home_button(_),),
    )
    return Screen("\n".join(_account_lines(balance, _)), rows)


def books(balance: Balance, _: Language, *, sees_credit: bool) -> Screen:
    """The same for our people, with how long everything has been overdue."""
    lines = _account_lines(balance, _)
    lines += [
        _age_line(bucket, amount, _)
        for bucket, amount in balance.aging.by_bucket.items()
        if amount and bucket is not AgeBucket.NOT_DUE
    ]
    customer_id = balance.customer_id
    credit = (Button(_.label("💳 Credit card"), OpenCreditCard(customer_id=customer_id)),)
    rows = (
        (
            Button(_.label("📄 Statement"), AskPeriod(customer_id=customer_id)),
            Button(_.label("🧾 Open invoices"), OpenInvoices(customer_id=customer_id, page=1)),
        ),
        *((credit,) if sees_credit else ()),
        (home_button(_),),
    )
    return Screen("\n".join(lines), rows)


def _account_lines(balance: Balance, _: Language) -> list[Words]:
    lines = [_("💳 The account of “{name}” — {now}", name=balance.customer_name, now=balance.at)]
    lines.append(_amount_line(balance.amount, _))
    lines += _due_lines(balance, _)
    lines += _standing_lines(balance.standing, _)
    return lines


def _amount_line(amount: Money, _: Language) -> Words:
    if amount < ZERO:
        return _("In your favour: {amount} toman", amount=-amount)
    return _("Balance owed: {amount} toman", amount=amount)


def _due_lines(balance: Balance, _: Language) -> list[Words]:
    lines = []
    if balance.overdue:
        lines.append(_overdue_line(balance, _))
    if balance.promise is not None:
        lines.append(_("   🤝 Your promise to pay: {day}", day=balance.promise.on))
    if upcoming := balance.upcoming:
        amount = sum((each.open for each in upcoming), start=ZERO)
        lines.append(_("   🗓 Next due: {amount} on {day}", amount=amount, day=Day(upcoming[0].due_on)))
    return lines


def _overdue_line(balance: Balance, _: Language) -> Words:
    oldest = balance.overdue[0]
    days = oldest.overdue_days(balance.today)
    amount = balance.aging.overdue
    if len(balance.overdue) == 1:
        return _(
            "   ⏰ Overdue: {amount} (invoice {number}, {days} days)",
            amount=amount,
            number=oldest.number,
            days=days,
        )
    return _(
        "   ⏰ Overdue: {amount} ({count} invoices, the oldest {days} days)",
        amount=amount,
        count=len(balance.overdue),
        days=days,
    )


def _standing_lines(standing: CreditStanding, _: Language) -> list[Words]:
    lines = []
    if standing.bounced:
        lines.append(
            _("🔴 Bounced cheques: {amount} ({count})", amount=standing.bounced, count=standing.bounced_count)
        )
    if standing.unallocated:
        lines.append(_("Paid in advance: {amount}", amount=standing.unallocated))
    if standing.uncleared:
        lines.append(
            _(
                "Cheques under way: {amount} ({count})",
                amount=standing.uncleared,
                count=standing.uncleared_count,
            )
        )
    if standing.open_orders:
        lines.append(_("Orders on their way: {amount}", amount=standing.open_orders))
    if standing.is_cash_only:
        lines.append(_("You buy in cash."))
    else:
        lines.append(
            _("Remaining credit: {left} of {limit}", left=standing.remaining, limit=standing.total_limit)
        )
    if standing.holds:
        lines.append(_("⛔️ Buying on credit is stopped for now; buying in cash is open."))
    return lines


def _age_line(bucket: AgeBucket, amount: Money, _: Language) -> Words:
    match bucket:
        case AgeBucket.TO_7:
            return _("1 to 7 days: {amount}", amount=amount)
        case AgeBucket.TO_15:
            return _("8 to 15 days: {amount}", amount=amount)
        case AgeBucket.TO_30:
            return _("16 to 30 days: {amount}", amount=amount)
        case AgeBucket.TO_60:
            return _("31 to 60 days: {amount}", amount=amount)
    return _("More than 60 days: {amount}", amount=amount)


def period_question(customer_id: int, today: date, _: Language, *, is_own: bool) -> Screen:
    """S3.3: which days?"""
    this, before = this_month(today), last_month(today)
    return Screen(
        _("For which days?"),
        (
            (
                Button(month_label(this.first, _), _statement(customer_id, this)),
                Button(month_label(before.first, _), _statement(customer_id, before)),
                Button(_.label("Last 3 months"), _statement(customer_id, last_months(today))),
                Button(_.label("Other days"), AskRange(customer_id=customer_id)),
            ),
            (_back(customer_id, _, is_own=is_own), home_button(_)),
        ),
    )


def range_question(customer_id: int, _: Language) -> Screen:
    text = _("From which day until which? For example “1 Mehr to 15 Aban” or the name of a month.")
    return Screen(text, ((Button(_.label("⬅️ Back"), AskPeriod(customer_id=customer_id)), home_button(_)),))


def statement(found: Statement, page: int, _: Language, *, is_own: bool) -> Screen:
    """S3.3: a page of what moved the balance, between the balance before and the one after."""
    period = Period(found.from_day, found.until_day)
    shown, page, pages = cut(found.lines, page, PER_PAGE)
    lines = [_("📄 Statement {period}", period=period_words(period, _))]
    if not is_own:
        lines.append(_.say(found.customer_name))
    lines.append(_("Balance from before: {balance}", balance=owed_words(found.opening, _)))
    lines += [_line(each, _) for each in shown] or [_("Nothing happened in these days.")]
    if pages > 1:
        lines.append(_("Page {page} of {pages}", page=page, pages=pages))
    lines.append(_("Balance at the end: {balance}", balance=owed_words(found.closing, _)))
    return Screen("\n".join(lines), _statement_rows(found, period, page, pages, _, is_own=is_own))


def _line(line: StatementLine, _: Language) -> Words:
    values = {"day": Day(line.entry.day), "what": entry_words(line.entry, _), "balance": line.balance}
    if line.entry.amount > ZERO:
        return _("{day} · {what} · \u2066+{amount}\u2069 ← {balance}", amount=line.entry.amount, **values)
    return _("{day} · {what} · \u2066−{amount}\u2069 ← {balance}", amount=-line.entry.amount, **values)


def _statement_rows(
    found: Statement, period: Period, page: int, pages: int, _: Language, *, is_own: bool
) -> tuple[tuple[Button, ...], ...]:
    customer_id = found.customer_id
    span = {"from_day": period.first.toordinal(), "until_day": period.last.toordinal()}
    turns = turning(page, pages, lambda to: _statement(customer_id, period, to), _)
    files = [
        Button(label, SendStatement(customer_id=customer_id, form=form, **span))
        for label, form in ((_.label("📎 PDF file"), Form.PDF), (_.label("📊 Excel file"), Form.EXCEL))
    ]
    if is_own:
        wrong = AskDispute(customer_id=customer_id, page=page, **span)
        files.append(Button(_.label("❗️ Something is wrong"), wrong))
    back = Button(_.label("⬅️ Back"), AskPeriod(customer_id=customer_id))
    return (*((turns,) if turns else ()), tuple(files), (back, home_button(_)))


def statement_of_buyer(found: Statement, order_id: int, number: int, _: Language) -> Screen:
    """The same from the card of an order that waits, and back to it."""
    last = cut(found.lines, len(found.lines), PER_PAGE)[1]
    shown = statement(found, last, _, is_own=False)
    back = Button(_.label("⬅️ Order {number}", number=number), OpenApproval(order_id=order_id))
    return Screen(shown.text, ((back,), *shown.rows))


def statement_file(found: Statement, paper: Paper, _: Language) -> Screen:
    period = Period(found.from_day, found.until_day)
    text = _("📄 Statement {period}", period=period_words(period, _))
    back = Button(_.label("⬅️ Back"), _statement(found.customer_id, period))
    return Screen(text, ((back, home_button(_)),), document=paper)


def _statement(customer_id: int, period: Period, page: int = 1) -> OpenStatement:
    return OpenStatement(
        customer_id=customer_id,
        from_day=period.first.toordinal(),
        until_day=period.last.toordinal(),
        page=page,
    )


def _back(customer_id: int, _: Language, *, is_own: bool) -> Button:
    return Button(_.label("⬅️ Back"), OpenAccount() if is_own else OpenBooks(customer_id=customer_id))

"""Invoices: those of which something is owed, one of them, and what has settled it."""

from __future__ import annotations

from domain.accounts import InvoiceView
from domain.balances import Balance, OpenInvoice, Promise, PromiseState
from domain.invoices import Invoice, InvoiceLine
from domain.ledger import Voucher
from domain.money import ZERO
from domain.settling import Allocation
from domain.terms import term_of
from screens.callbacks.ledger import (
    DisputeRow,
    OpenBooks,
    OpenInvoiceCard,
    OpenInvoices,
    OpenSettling,
    SendInvoice,
)
from screens.callbacks.receipts import StartReceipt, StartReceiptOf
from screens.callbacks.returns import OpenReturn
from screens.callbacks.settings import OpenAccount
from screens.home import home_button
from screens.language import Day, FullDay, Language, Rials, Words
from screens.pages import cut, in_rows, turning
from screens.paper import Form, Paper
from screens.screen import Button, Screen
from screens.terms import term_words
from screens.units import counted

PER_PAGE = 12
PER_ROW = 3
MOST_LINES = 40
"""A message holds so many lines of an invoice; the file holds them all."""


def open_invoices(balance: Balance, page: int, _: Language, *, is_own: bool) -> Screen:
    """«🧾 فاکتورهای باز»: the oldest due first."""
    shown, page, pages = cut(balance.invoices, page, PER_PAGE)
    customer_id = balance.customer_id
    if shown:
        lines = [_("🧾 Open invoices ({count})", count=len(balance.invoices))]
        lines += [_open_line(each, balance, _) for each in shown]
        if balance.overdue:
            lines.append(_("Overdue in all: {amount} toman", amount=balance.aging.overdue))
        lines.append(_("Open in all: {amount} toman", amount=balance.aging.total))
    else:
        lines = [_("🧾 No invoice is open ✅")]
    numbers = [Button(_.plain(each.number), OpenInvoiceCard(invoice_id=each.id)) for each in shown]
    turns = turning(page, pages, lambda to: OpenInvoices(customer_id=customer_id, page=to), _)
    pay = (Button(_.label("💸 I have paid"), StartReceipt()),)
    back = Button(_.label("⬅️ Back"), OpenAccount() if is_own else OpenBooks(customer_id=customer_id))
    rows = (
        *in_rows(numbers, PER_ROW),
        *((turns,) if turns else ()),
        *((pay,) if is_own and shown else ()),
        (back, home_button(_)),
    )
    return Screen("\n".join(lines), rows)


def _open_line(invoice: OpenInvoice, balance: Balance, _: Language) -> Words:
    days = invoice.overdue_days(balance.today)
    if days > 0:
        return _(
            "• {number} — {amount} ({days} days overdue)",
            number=invoice.number,
            amount=invoice.open,
            days=days,
        )
    if not days:
        return _("• {number} — {amount} (due today)", number=invoice.number, amount=invoice.open)
    return _(
        "• {number} — {amount} ({day})", number=invoice.number, amount=invoice.open, day=Day(invoice.due_on)
    )


def invoice_card(view: InvoiceView, _: Language) -> Screen:
    """One invoice with what was delivered, what it comes to and what is still owed."""
    invoice = view.invoice
    lines = [_("🧾 Invoice {number} — {day}", number=invoice.number, day=FullDay(invoice.issued_on))]
    if not view.is_own:
        lines.append(_.say(invoice.customer_name))
    if invoice.order_number is not None:
        lines.append(_("Order {number}", number=invoice.order_number))
    lines += [_sold(at, line, _) for at, line in enumerate(invoice.lines[:MOST_LINES], start=1)]
    if len(invoice.lines) > MOST_LINES:
        lines.append(_("… and {count} more items", count=len(invoice.lines) - MOST_LINES))
    lines += _sums(invoice, _)
    lines.append(_state(view, _))
    if view.is_disputed:
        lines.append(_("❗️ Finance looks into it; no reminders until then."))
    return Screen("\n".join(lines), _card_rows(view, _))


def _sold(at: int, line: InvoiceLine, _: Language) -> Words:
    values = {"at": at, "name": line.name, "amount": counted(line.quantity, line.unit, _)}
    if line.is_bonus:
        return _("{at}. 🎁 {name} — {amount}, free", **values)
    if line.discount:
        return _(
            "{at}. {name} — {amount} = {net} (discount {discount})",
            net=line.net,
            discount=line.discount,
            **values,
        )
    return _("{at}. {name} — {amount} = {net}", net=line.net, **values)


def _sums(invoice: Invoice, _: Language) -> list[Words]:
    lines = []
    # What bonus goods would have cost is nobody's saving: it stands on paper, not in a chat.
    bonus = sum((line.gross for line in invoice.lines if line.is_bonus), start=ZERO)
    if discount := invoice.discount - bonus:
        lines.append(_("Discounts: {amount}", amount=discount))
    lines.append(_("Sum: {amount}", amount=invoice.net))
    if invoice.vat:
        lines.append(_("Value-added tax: {vat}", vat=invoice.vat))
    lines.append(_("Invoice amount: {amount} toman", amount=invoice.total))
    return lines


def _state(view: InvoiceView, _: Language) -> Words:
    invoice = view.invoice
    if invoice.is_void:
        return _("This invoice is void.")
    if not invoice.open:
        return _("Fully settled ✅")
    if view.overdue_days > 0:
        return _(
            "Still owed: {amount} — due {day}, {days} days overdue",
            amount=invoice.open,
            day=invoice.due_on,
            days=view.overdue_days,
        )
    return _("Still owed: {amount} — due {day}", amount=invoice.open, day=invoice.due_on)


def _card_rows(view: InvoiceView, _: Language) -> tuple[tuple[Button, ...], ...]:
    invoice = view.invoice
    files = tuple(
        Button(label, SendInvoice(invoice_id=invoice.id, form=form))
        for label, form in ((_.label("📎 PDF file"), Form.PDF), (_.label("📊 Excel file"), Form.EXCEL))
    )
    more = [Button(_.label("🧩 Settled by what?"), OpenSettling(invoice_id=invoice.id))]
    if view.is_own:
        wrong = DisputeRow(voucher=Voucher.INVOICE, voucher_id=invoice.id)
        more.append(Button(_.label("❗️ Something is wrong"), wrong))
    pay = (Button(_.label("💸 I have paid"), StartReceiptOf(invoice_id=invoice.id)),)
    back = (Button(_.label("↩️ Goods came back"), OpenReturn(invoice_id=invoice.id, page=1)),)
    return (
        files,
        tuple(more),
        *((back,) if view.takes_back and not invoice.is_void else ()),
        *((pay,) if view.is_own and invoice.open else ()),
        (_to_open(invoice, _), home_button(_)),
    )


def _to_open(invoice: Invoice, _: Language) -> Button:
    return Button(_.label("⬅️ Back"), OpenInvoices(customer_id=invoice.customer_id, page=1))


def invoice_file(view: InvoiceView, paper: Paper, _: Language) -> Screen:
    text = _("🧾 Invoice {number} — {day}", number=view.invoice.number, day=FullDay(view.invoice.issued_on))
    back = Button(_.label("⬅️ Back"), OpenInvoiceCard(invoice_id=view.invoice.id))
    return Screen(text, ((back, home_button(_)),), document=paper)


def settling(view: InvoiceView, _: Language) -> Screen:
    """CRD-07: on which terms it was sold, when it is due, what was promised, and what has settled it."""
    invoice = view.invoice
    lines = [_("🧩 What settled invoice {number}?", number=invoice.number)]
    lines.append(_("Invoice amount: {amount} toman", amount=invoice.total))
    if invoice.term:
        lines.append(_("Terms: {terms}", terms=term_words(term_of(invoice.term), _)))
    lines.append(_("Due: {day}", day=invoice.due_on))
    lines += [_allocated(each, _) for each in invoice.allocations] or [_("Nothing has been paid on it yet.")]
    lines += [_promised(each, _) for each in view.promises]
    lines.append(_state(view, _))
    back = Button(_.label("⬅️ Back"), OpenInvoiceCard(invoice_id=invoice.id))
    return Screen("\n".join(lines), ((back, home_button(_)),))


def _allocated(each: Allocation, _: Language) -> Words:
    if each.source is Voucher.ROUNDING:
        return _("{day} · rounding · {amount} rials", day=Day(each.day), amount=Rials(each.amount))
    what = _source(each, _)
    day = Day(each.paid_on or each.day)
    if each.amount < ZERO:
        return _("{day} · taken back: {what} · {amount}", day=Day(each.day), what=what, amount=-each.amount)
    return _("{day} · {what} · {amount}", day=day, what=what, amount=each.amount)


def _source(each: Allocation, _: Language) -> Words:
    match each.source:
        case Voucher.CHEQUE if each.cheque_due_on is not None:
            return _("Cheque due {day}", day=Day(each.cheque_due_on))
        case Voucher.CREDIT_NOTE if each.note_number is not None:
            return _("Credit note {number}", number=each.note_number)
    match each.method:
        case "card":
            return _("Paid by card")
        case "transfer":
            return _("Bank transfer")
        case "cash":
            return _("Paid in cash")
        case "opening":
            return _("Credit carried over")
    return _("Payment")


def _promised(promise: Promise, _: Language) -> Words:
    match promise.state:
        case PromiseState.OPEN:
            return _("🤝 Promised: {amount} on {day}", amount=promise.amount, day=promise.on)
        case PromiseState.KEPT:
            return _("🤝 Promised and kept: {amount} on {day}", amount=promise.amount, day=promise.on)
        case PromiseState.BROKEN:
            return _("🤝 Promised and not kept: {amount} on {day}", amount=promise.amount, day=promise.on)

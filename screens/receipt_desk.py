"""Receipts before finance: the card, its corrections and the rejection (S6.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.amounts import AskBack
from domain.balances import OpenInvoice
from domain.receipts import Receipt, ReceiptCard, ReceiptState, RejectReason
from screens.callbacks.receipts import (
    ApproveReceipt,
    AskReceiptAmount,
    AskReceiptInvoice,
    AskRejectReceipt,
    ChooseReceiptInvoice,
    OldestFirst,
    OpenReceipt,
    OpenReceiptPhoto,
    OpenReceipts,
    RejectReceipt,
)
from screens.home import home_button
from screens.language import Copyable, Language, Words
from screens.pages import turning
from screens.receipts import day_words
from screens.screen import ALONE, Button, Document, Screen, around

MOST_INVOICES = 8


def receipt_list(found: Sequence[Receipt], page: int, has_more: bool, _: Language) -> Screen:
    """What finance has to decide, the oldest first."""
    if not found:
        return Screen(_("No receipt waits for you 👏"), ((home_button(_),),))
    rows = [(_waiting(each, _),) for each in found]
    turns = turning(page, page + has_more, lambda to: OpenReceipts(page=to), _)
    text = _("💸 Receipts that wait for approval")
    return Screen(text, (*rows, *((turns,) if turns else ()), (home_button(_),)))


def _waiting(receipt: Receipt, _: Language) -> Button:
    def label(customer: str) -> str:
        return _.label(
            "💸 {number} · {customer} · {amount}",
            number=receipt.number,
            customer=customer,
            amount=receipt.money,
        )

    return Button(around(receipt.customer_name, ALONE, label), OpenReceipt(receipt_id=receipt.id))


def receipt_card(card: ReceiptCard, today: date, _: Language) -> Screen:
    """S6.7, with the buttons that the reader may use now."""
    receipt = card.receipt
    lines = [
        _("💸 Receipt {number} — {customer}", number=receipt.number, customer=receipt.customer_name),
        _what(receipt, today, _),
        *_settles(card, _),
    ]
    if card.promised_on is not None:
        lines.append(_promise(card.promised_on, today, _))
    lines += _decided(card, _)
    return Screen("\n".join(lines), _buttons(card, _))


def _what(receipt: Receipt, today: date, _: Language) -> Words:
    text = _("{amount} toman · {day}", amount=receipt.money, day=day_words(receipt.paid_on, today, _))
    if receipt.proof.tracking:
        text = _("{said} · tracking {number}", said=text, number=Copyable(receipt.proof.tracking))
    elif receipt.proof.last_four:
        text = _("{said} · card …{number}", said=text, number=Copyable(receipt.proof.last_four))
    if receipt.photo_id is not None:
        text = _("{said} · 🖼", said=text)
    if receipt.approved is not None and receipt.approved != receipt.amount:
        said = _("the customer wrote {amount}", amount=receipt.amount)
        text = _("{said} ({more})", said=text, more=said)
    return text


def _settles(card: ReceiptCard, _: Language) -> list[Words]:
    """«پیشنهاد تسویه: فاکتور ۲۱۰۴۵ (کامل)»."""
    parts = [
        _("invoice {number} (whole)", number=each.number)
        if each.is_full
        else _("invoice {number} ({amount})", number=each.number, amount=each.amount)
        for each in card.proposal
    ]
    if card.left:
        parts.append(_("{amount} stays as credit", amount=card.left))
    if not parts:
        return []
    if card.receipt.state is ReceiptState.APPROVED:
        return [_("Settled: {parts}", parts=_.listed(parts))]
    return [_("Proposed settlement: {parts}", parts=_.listed(parts))]


def _promise(on: date, today: date, _: Language) -> Words:
    if on == today:
        return _("Promised for: this very day ✅")
    if on < today:
        return _("Promised for: {day} ⚠️", day=on)
    return _("Promised for: {day} ✅", day=on)


def _decided(card: ReceiptCard, _: Language) -> list[Words]:
    match card.receipt.state:
        case ReceiptState.APPROVED:
            return [_("Approved ✅")]
        case ReceiptState.REJECTED:
            return [_("Rejected ❌")]
        case ReceiptState.SECONDED:
            return [
                _("{name} has approved it; a second colleague must approve it too.", name=card.first_by or "")
            ]
    if card.second_from is not None and card.receipt.money >= card.second_from:
        return [_("From {amount} toman on two colleagues must approve.", amount=card.second_from)]
    return []


def _buttons(card: ReceiptCard, _: Language) -> tuple[tuple[Button, ...], ...]:
    receipt = card.receipt
    at = {"receipt_id": receipt.id, "version": receipt.version}
    rows: list[tuple[Button, ...]] = []
    if receipt.state in {ReceiptState.PENDING, ReceiptState.SECONDED} and card.may_decide:
        rows.append(
            (
                Button(_.label("✅ Approve"), ApproveReceipt(**at)),
                Button(_.label("✏️ Another amount"), AskReceiptAmount(**at)),
            )
        )
        rows.append(
            (
                Button(_.label("📎 Another invoice"), AskReceiptInvoice(**at)),
                Button(_.label("❌ Reject"), AskRejectReceipt(**at)),
            )
        )
    if receipt.photo_id is not None:
        rows.append((Button(_.label("🖼 See the photo"), OpenReceiptPhoto(receipt_id=receipt.id)),))
    rows.append((Button(_.label("💸 All receipts"), OpenReceipts(page=1)), home_button(_)))
    return tuple(rows)


def photo(receipt_id: int, file_id: int, _: Language, *, is_picture: bool) -> Screen:
    back = Button(_.label("⬅️ Back"), OpenReceipt(receipt_id=receipt_id))
    rows = ((back, home_button(_)),)
    text = _("The photo of the receipt")
    if is_picture:
        return Screen(text, rows, photo=file_id)
    return Screen(text, rows, document=Document(name="receipt.pdf", file_id=file_id))


def found_amount_question(receipt_id: int, _: Language) -> Screen:
    """Finance types what it has found at the bank."""
    back = Button(_.label("⬅️ Back"), OpenReceipt(receipt_id=receipt_id))
    return Screen(_("Which amount did you see in the account?"), ((back, home_button(_)),))


def found_amount_again(asked: AskBack, receipt_id: int, _: Language) -> Screen:
    """So little was hardly meant: the amount is typed once more, in full."""
    back = Button(_.label("⬅️ Back"), OpenReceipt(receipt_id=receipt_id))
    text = _("Did you mean {amount} toman? Please write the whole amount.", amount=asked.meant)
    return Screen(text, ((back, home_button(_)),))


def invoice_question(receipt_id: int, version: int, invoices: Sequence[OpenInvoice], _: Language) -> Screen:
    rows = [
        (
            Button(
                _.label("Invoice {number} · {amount}", number=each.number, amount=each.open),
                ChooseReceiptInvoice(receipt_id=receipt_id, version=version, invoice_id=each.id),
            ),
        )
        for each in invoices[:MOST_INVOICES]
    ]
    oldest = Button(_.label("The oldest first"), OldestFirst(receipt_id=receipt_id, version=version))
    back = Button(_.label("⬅️ Back"), OpenReceipt(receipt_id=receipt_id))
    return Screen(_("Which invoice is it for?"), (*rows, (oldest,), (back, home_button(_))))


def reason_word(reason: RejectReason, _: Language) -> str:
    match reason:
        case RejectReason.NOT_SEEN:
            return _.label("the amount was not seen in the account")
        case RejectReason.UNREADABLE:
            return _.label("the photo cannot be read")
        case RejectReason.OTHER_AMOUNT:
            return _.label("the amount is not that of the receipt")
        case RejectReason.KNOWN_ALREADY:
            return _.label("this payment is recorded already")


def reject_question(receipt_id: int, version: int, _: Language) -> Screen:
    rows = [
        (
            Button(
                reason_word(each, _),
                RejectReceipt(receipt_id=receipt_id, version=version, reason=each),
            ),
        )
        for each in RejectReason
    ]
    back = Button(_.label("⬅️ Back"), OpenReceipt(receipt_id=receipt_id))
    return Screen(_("Why is it rejected? The customer reads it."), (*rows, (back, home_button(_))))


def rejected(receipt: Receipt, _: Language) -> Screen:
    text = _("Receipt {number} was rejected; the customer was told ✅", number=receipt.number)
    return Screen(text, ((Button(_.label("💸 All receipts"), OpenReceipts(page=1)), home_button(_)),))

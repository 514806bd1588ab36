"""Examples of receipts: as the customer sends them, and as finance decides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.amounts import AskBack
from domain.balances import OpenInvoice
from domain.money import of_toman
from domain.receipt_facts import facts_of
from domain.receipts import Debts, Proof, Proposed, Receipt, ReceiptCard, ReceiptState
from sandbox.gallery_types import Example
from sandbox.gallery_values import NOW
from screens import receipt_desk, receipts

TODAY = date(2026, 11, 21)
INVOICE = OpenInvoice(
    id=7,
    number=21_045,
    issued_on=date(2026, 10, 25),
    due_on=date(2026, 11, 15),
    open=of_toman(12_300_000),
    total=of_toman(12_300_000),
)
RECEIPT = Receipt(
    id=9,
    number=5_092,
    customer_id=2,
    customer_name="سالن زیبایی نگین",
    contact_id=1,
    amount=of_toman(12_300_000),
    paid_on=TODAY,
    proof=Proof(tracking="88412037"),
    photo_id=1,
    created_at=NOW,
)
CARD = ReceiptCard(
    receipt=RECEIPT,
    proposal=(Proposed(number=21_045, amount=of_toman(12_300_000), is_full=True),),
    promised_on=TODAY,
)
_SECOND = replace(
    CARD,
    receipt=replace(RECEIPT, state=ReceiptState.SECONDED, first_by=2, approved=of_toman(12_000_000)),
    second_from=of_toman(10_000_000),
    first_by="سمیه رستگار",
    promised_on=date(2026, 11, 23),
    left=of_toman(200_000),
)
_BACK = AskBack(said=of_toman(250), meant=of_toman(250_000))
FACTS = {
    "receipt_sent": facts_of(CARD),
    "receipt_seconded": facts_of(_SECOND),
    "receipt_approved": {
        "number": 5_092,
        "amount_rials": 123_000_000,
        "invoices": [21_045],
        "left_rials": 0,
        "promise_kept": True,
    },
    "receipt_rejected": {"number": 5_092, "amount_rials": 123_000_000, "reason": "not_seen"},
}


def receipt_screens() -> Iterator[Example]:
    yield "receipts.proof_question", receipts.proof_question
    yield "receipts.amount_question", lambda _: receipts.amount_question(Debts(invoices=(INVOICE,)), _)
    yield "receipts.amount_question, nothing owed", lambda _: receipts.amount_question(Debts(invoices=()), _)
    yield "receipts.typed_amount_question", receipts.typed_amount_question
    yield "receipts.meant_question", lambda _: receipts.meant_question(_BACK, _)
    yield "receipts.day_question", lambda _: receipts.day_question(TODAY, _)
    yield "receipts.typed_day_question", receipts.typed_day_question
    yield "receipts.number_question", receipts.number_question
    yield "receipts.recorded", lambda _: receipts.recorded(RECEIPT, _)
    yield "receipts.tracking_used", lambda _: receipts.tracking_used(date(2026, 11, 3), _)
    yield "receipt_desk.receipt_list", lambda _: receipt_desk.receipt_list([RECEIPT], 1, True, _)
    yield "receipt_desk.receipt_list, empty", lambda _: receipt_desk.receipt_list([], 1, False, _)
    yield "receipt_desk.receipt_card", lambda _: receipt_desk.receipt_card(CARD, TODAY, _)
    yield "receipt_desk.receipt_card, a second one", lambda _: receipt_desk.receipt_card(_SECOND, TODAY, _)
    yield "receipt_desk.photo", lambda _: receipt_desk.photo(9, 1, _, is_picture=True)
    yield "receipt_desk.found_amount_question", lambda _: receipt_desk.found_amount_question(9, _)
    yield "receipt_desk.found_amount_again", lambda _: receipt_desk.found_amount_again(_BACK, 9, _)
    yield "receipt_desk.invoice_question", lambda _: receipt_desk.invoice_question(9, 0, [INVOICE], _)
    yield "receipt_desk.reject_question", lambda _: receipt_desk.reject_question(9, 0, _)
    yield "receipt_desk.rejected", lambda _: receipt_desk.rejected(RECEIPT, _)

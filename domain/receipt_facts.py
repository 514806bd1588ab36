"""A receipt card as the facts of a notification, and back: finance reads what was true when it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.money import Money
from domain.receipts import Proof, Proposed, Receipt, ReceiptCard, ReceiptState


def facts_of(card: ReceiptCard) -> dict[str, object]:
    receipt = card.receipt
    return {
        "number": receipt.number,
        "customer_id": receipt.customer_id,
        "customer": receipt.customer_name,
        "amount_rials": receipt.money.rials,
        "paid_on": receipt.paid_on.isoformat(),
        "tracking": receipt.proof.tracking,
        "last_four": receipt.proof.last_four,
        "photo_id": receipt.photo_id,
        "state": receipt.state.value,
        "created_at": receipt.created_at.isoformat(),
        "version": receipt.version,
        "proposal": [[each.number, each.amount.rials, each.is_full] for each in card.proposal],
        "left_rials": card.left.rials,
        "promised_on": card.promised_on.isoformat() if card.promised_on else None,
        "second_from_rials": card.second_from.rials if card.second_from else None,
        "first_by": card.first_by,
    }


def card_of(receipt_id: int, facts: Mapping[str, Any]) -> ReceiptCard:
    """The card that :func:`facts_of` has written."""
    promised, second = facts["promised_on"], facts["second_from_rials"]
    return ReceiptCard(
        receipt=Receipt(
            id=receipt_id,
            number=facts["number"],
            customer_id=facts["customer_id"],
            customer_name=facts["customer"],
            contact_id=None,
            amount=Money(facts["amount_rials"]),
            paid_on=date.fromisoformat(facts["paid_on"]),
            proof=Proof(tracking=facts["tracking"], last_four=facts["last_four"]),
            photo_id=facts["photo_id"],
            state=ReceiptState(facts["state"]),
            created_at=datetime.fromisoformat(facts["created_at"]),
            version=facts["version"],
        ),
        proposal=tuple(
            Proposed(number=number, amount=Money(rials), is_full=is_full)
            for number, rials, is_full in facts["proposal"]
        ),
        left=Money(facts["left_rials"]),
        promised_on=date.fromisoformat(promised) if promised else None,
        second_from=Money(second) if second else None,
        first_by=facts["first_by"],
    )

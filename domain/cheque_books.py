"""What each move of a cheque posts in the books (house 3.11): a move that is not here moves no money."""

from __future__ import annotations

from dataclasses import dataclass

from domain.instruments import ChequeState
from domain.ledger import Account, EntryKind

_S, _A, _K = ChequeState, Account, EntryKind


@dataclass(frozen=True, slots=True)
class ChequePosting:
    """From the account ``credit`` to the account ``debit``, always the whole cheque."""

    debit: Account
    credit: Account
    kind: EntryKind


_CLEARED = ChequePosting(_A.BANK, _A.CHEQUES, _K.CHEQUE_CLEARED)
_BOUNCED = ChequePosting(_A.BOUNCED, _A.CHEQUES, _K.CHEQUE_BOUNCED)
_SETTLED = ChequePosting(_A.BANK, _A.BOUNCED, _K.CHEQUE_SETTLED)
REPLACED = ChequePosting(_A.RECEIVABLE, _A.BOUNCED, _K.CHEQUE_SETTLED)
"""Settled by other cheques: what it had paid is owed on its invoices again, and they settle these."""
POSTED: dict[tuple[ChequeState, ChequeState], ChequePosting] = {
    (_S.ANNOUNCED, _S.RECEIVED): ChequePosting(_A.CHEQUES, _A.RECEIVABLE, _K.CHEQUE_RECEIVED),
    (_S.RECEIVED, _S.CLEARED): _CLEARED,
    (_S.DEPOSITED, _S.CLEARED): _CLEARED,
    # Whoever it was handed to has the money: what we owed them is paid by it.
    (_S.ENDORSED, _S.CLEARED): ChequePosting(_A.PAYABLE_OUT, _A.CHEQUES, _K.CHEQUE_CLEARED),
    (_S.DEPOSITED, _S.BOUNCED): _BOUNCED,
    (_S.ENDORSED, _S.BOUNCED): _BOUNCED,
    (_S.BOUNCED, _S.DEPOSITED): ChequePosting(_A.CHEQUES, _A.BOUNCED, _K.CHEQUE_AGAIN),
    (_S.BOUNCED, _S.SETTLED): _SETTLED,
    (_S.LEGAL, _S.SETTLED): _SETTLED,
    (_S.RECEIVED, _S.HANDED_BACK): ChequePosting(_A.RECEIVABLE, _A.CHEQUES, _K.CHEQUE_HANDED_BACK),
}

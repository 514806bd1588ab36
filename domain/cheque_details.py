"""What is printed on a cheque, or said by the bank, and typed in by finance."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from domain.addresses import typed
from domain.cheque_errors import MoveRefused, NotANationalId
from domain.identifiers import company_id_is_valid, digits_of, national_id_is_valid
from domain.instruments import Cheque, ChequeState


class ChequeDetail(StrEnum):
    BANK = "bank"
    BRANCH = "branch"
    SERIAL = "serial"
    DRAWER = "drawer"
    NATIONAL_ID = "national_id"
    """Of the drawer."""
    BOUNCE_CODE = "bounce_code"
    """By which the bank knows that it came back."""
    NOTE = "note"
    """What it is for."""


_D = ChequeDetail
MOST = {_D.BANK: 60, _D.BRANCH: 60, _D.SERIAL: 40, _D.DRAWER: 120, _D.BOUNCE_CODE: 40, _D.NOTE: 300}


def detailed(cheque: Cheque, detail: ChequeDetail, text: str | None, prefix: str = "") -> Cheque:
    """The same cheque with that detail as typed; ``prefix`` is the word with which banks' names begin."""
    if detail is _D.NATIONAL_ID:
        digits = digits_of(text or "")
        if not (national_id_is_valid(digits) or company_id_is_valid(digits)):
            raise NotANationalId
        return replace(cheque, drawer_national_id=digits)
    said = typed(text, MOST[detail])
    match detail:
        case _D.BANK:
            return replace(cheque, bank=said.removeprefix(prefix).strip() or said)
        case _D.BRANCH:
            return replace(cheque, branch=said)
        case _D.SERIAL:
            return replace(cheque, serial=said)
        case _D.DRAWER:
            return replace(cheque, drawer_name=said, is_third_party=said != cheque.customer_name)
        case _D.NOTE:
            return replace(cheque, note=said)
    if cheque.bounced_on is None:
        raise MoveRefused(cheque.state, ChequeState.BOUNCED)
    return replace(cheque, bounce_code=said)


def details_of(cheque: Cheque) -> dict[ChequeDetail, str]:
    """What is known."""
    known = {
        _D.BANK: cheque.bank,
        _D.BRANCH: cheque.branch,
        _D.SERIAL: cheque.serial,
        _D.DRAWER: cheque.drawer_name,
        _D.NATIONAL_ID: cheque.drawer_national_id,
        _D.BOUNCE_CODE: cheque.bounce_code,
        _D.NOTE: cheque.note,
    }
    return {detail: said for detail, said in known.items() if said}

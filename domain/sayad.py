"""The central bank's register of cheques (Sayad): its sixteen digits, and what is recorded of a cheque there.

The bot records what people saw there; it does not ask the bank.
"""

from __future__ import annotations

from enum import StrEnum

from domain.cheque_errors import NotASayadId
from domain.persian import ascii_digits

SAYAD_DIGITS = 16


class SayadState(StrEnum):
    """How the cheque stands in the central bank's register."""

    NONE = "none"
    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    RETURNED = "returned"


_R = SayadState
SAYAD_NEXT: dict[SayadState, frozenset[SayadState]] = {
    _R.NONE: frozenset({_R.REGISTERED, _R.CONFIRMED, _R.REJECTED}),
    _R.REGISTERED: frozenset({_R.CONFIRMED, _R.REJECTED}),
    _R.CONFIRMED: frozenset({_R.TRANSFERRED, _R.RETURNED}),
    _R.REJECTED: frozenset({_R.REGISTERED, _R.CONFIRMED}),
    _R.TRANSFERRED: frozenset({_R.CONFIRMED}),
    _R.RETURNED: frozenset(),
}
"""What may be recorded after what; whoever confirms has seen that it was registered."""


def sayad_id(text: str) -> str:
    """The sixteen digits of a cheque, however they were typed; a refusal says how many were sent."""
    digits = "".join(each for each in ascii_digits(text) if each in "0123456789")
    if len(digits) != SAYAD_DIGITS:
        raise NotASayadId(len(digits))
    return digits

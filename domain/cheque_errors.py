"""What the business refuses about cheques."""

from __future__ import annotations

from domain.errors import Refusal
from domain.money import Money


class NotASayadId(Refusal):
    """The number of a cheque has sixteen digits; so many were sent."""

    def __init__(self, sent: int) -> None:
        super().__init__(sent)
        self.sent = sent


class SayadIdTaken(Refusal):
    """A cheque of that number was announced or received before."""


class MoveRefused(Refusal):
    """The table of a cheque's life has no such move from where it is now."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(state, to)
        self.state, self.to = state, to


class SayadNotConfirmed(Refusal):
    """The receiver has not confirmed the cheque in the register: it cannot go to the bank."""


class SayadNotTransferred(Refusal):
    """The register does not say that the cheque was handed on."""


class NothingToUndo(Refusal):
    """The cheque has made no move that could be taken back."""


class DrawerUnknown(Refusal):
    """The drawer's colour was not recorded yet."""


class DrawerRefused(Refusal):
    """Cheques of a drawer of that colour are not taken."""

    def __init__(self, colour: str) -> None:
        super().__init__(colour)
        self.colour = colour


class DrawerWaits(DrawerRefused):
    """They are taken when a manager has agreed."""


class TooMuchOfOneColour(Refusal):
    """A cheque of that colour may pay only so much of what is owed."""

    def __init__(self, colour: str, most: Money) -> None:
        super().__init__(colour, most)
        self.colour, self.most = colour, most


class DuePassed(Refusal):
    """The day that was named has passed."""


class NotReplaced(Refusal):
    """The customer's other cheques and payments do not make up for the one that came back."""

    def __init__(self, missing: Money) -> None:
        super().__init__(missing)
        self.missing = missing


class NotANationalId(Refusal):
    """Neither a person's nor a company's national id: the check digit is wrong."""

"""Cheques: the table of their life (rule R3), what they count as, and the numbers that name them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import next_working_day, previous_working_day, today_in_tehran
from domain.cheque_errors import MoveRefused, NothingToUndo, SayadNotConfirmed, SayadNotTransferred
from domain.drawers import DrawerColour
from domain.money import ZERO, Money
from domain.sayad import SAYAD_NEXT, SayadState

REMIND_BEFORE = (3, 1)
"""The drawer is reminded so many working days before the bank pays."""


class ChequeState(StrEnum):
    ANNOUNCED = "announced"
    RECEIVED = "received"
    DEPOSITED = "deposited"
    ENDORSED = "endorsed"
    CLEARED = "cleared"
    BOUNCED = "bounced"
    LEGAL = "legal"
    SETTLED = "settled"
    HANDED_BACK = "handed_back"
    VOID = "void"


class Counted(StrEnum):
    """In which part of a customer's exposure a cheque stands (rule R2.1)."""

    NOTHING = "nothing"
    UNCLEARED = "uncleared"
    BOUNCED = "bounced"


class ChequePlace(StrEnum):
    CUSTOMER = "customer"
    SAFE = "safe"
    BANK = "bank"
    THIRD_PARTY = "third_party"


class BounceReason(StrEnum):
    FUNDS = "funds"
    SIGNATURE = "signature"
    BLOCKED = "blocked"
    STOPPED = "stopped"
    DEFECT = "defect"
    OTHER = "other"


_S = ChequeState
NEXT: dict[ChequeState, frozenset[ChequeState]] = {
    _S.ANNOUNCED: frozenset({_S.RECEIVED, _S.HANDED_BACK, _S.VOID}),
    _S.RECEIVED: frozenset({_S.DEPOSITED, _S.ENDORSED, _S.CLEARED, _S.HANDED_BACK}),
    _S.DEPOSITED: frozenset({_S.RECEIVED, _S.CLEARED, _S.BOUNCED}),
    _S.ENDORSED: frozenset({_S.RECEIVED, _S.CLEARED, _S.BOUNCED}),
    _S.CLEARED: frozenset(),
    _S.BOUNCED: frozenset({_S.DEPOSITED, _S.LEGAL, _S.SETTLED}),
    _S.LEGAL: frozenset({_S.SETTLED}),
    _S.SETTLED: frozenset({_S.HANDED_BACK}),
    _S.HANDED_BACK: frozenset(),
    _S.VOID: frozenset(),
}
"""Every move that there is; a step back beyond these is an undo, by finance and with a reason."""

UNCLEARED = frozenset({_S.RECEIVED, _S.DEPOSITED, _S.ENDORSED})
UNSETTLED = frozenset({_S.BOUNCED, _S.LEGAL})
CLOSED = frozenset({_S.CLEARED, _S.SETTLED, _S.HANDED_BACK, _S.VOID})
_PLACES = {
    _S.ANNOUNCED: ChequePlace.CUSTOMER,
    _S.RECEIVED: ChequePlace.SAFE,
    _S.DEPOSITED: ChequePlace.BANK,
    _S.ENDORSED: ChequePlace.THIRD_PARTY,
    _S.CLEARED: ChequePlace.BANK,
    _S.BOUNCED: ChequePlace.SAFE,
    _S.LEGAL: ChequePlace.SAFE,
    _S.SETTLED: ChequePlace.SAFE,
    _S.HANDED_BACK: ChequePlace.CUSTOMER,
    _S.VOID: ChequePlace.CUSTOMER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeMove:
    """The cheque went from one state to another. ``is_undo``: a move before it was taken back."""

    was: ChequeState | None
    state: ChequeState
    at: datetime
    by: str | None = None
    reason: str | None = None
    is_undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheque:
    """A cheque that a customer has announced or given. ``effective_due`` is the day on which banks pay it."""

    id: int
    customer_id: int
    sayad_id: str
    amount: Money
    due_on: date
    effective_due: date
    state: ChequeState = ChequeState.ANNOUNCED
    place: ChequePlace = ChequePlace.CUSTOMER
    sayad_state: SayadState = SayadState.NONE
    customer_name: str = ""
    contact_id: int | None = None
    order_id: int | None = None
    serial: str | None = None
    """Serial and series, as they are printed."""
    bank: str | None = None
    branch: str | None = None
    drawer_name: str | None = None
    drawer_national_id: str | None = None
    is_third_party: bool = False
    """Signed by somebody else than the customer («چک غیر»)."""
    photo_id: int | None = None
    colour: DrawerColour | None = None
    colour_on: date | None = None
    bounce_reason: BounceReason | None = None
    bounce_code: str | None = None
    announced_at: datetime | None = None
    received_on: date | None = None
    bounced_on: date | None = None
    closed_on: date | None = None
    note: str = ""
    unallocated: Money = ZERO
    """What of it has not settled an invoice; all of it before it is received."""
    wants_reminder: bool = True
    is_drawer_approved: bool = False
    """A manager has agreed to a drawer whose colour asks for it."""
    moves: tuple[ChequeMove, ...] = ()
    version: int = 0
    """The version that was read; saving it asks for the same one still to stand."""

    @property
    def counted_in(self) -> Counted:
        return counted_in(self.state)

    @property
    def can_move_to(self) -> frozenset[ChequeState]:
        """The moves that are possible now, without those that the register does not allow yet."""
        return frozenset(to for to in NEXT[self.state] if _sayad_allows(self.sayad_state, self.state, to))

    def moved_to(
        self, state: ChequeState, now: datetime, by: str | None = None, reason: str | None = None
    ) -> Cheque:
        """One move of the table; anything else is refused."""
        if state not in NEXT[self.state]:
            raise MoveRefused(self.state, state)
        if not _sayad_allows(self.sayad_state, self.state, state):
            raise SayadNotConfirmed if state is ChequeState.DEPOSITED else SayadNotTransferred
        move = ChequeMove(was=self.state, state=state, at=now, by=by, reason=reason)
        today = today_in_tehran(now)
        moved = self._at(state, move)
        if state is ChequeState.RECEIVED and self.state is ChequeState.ANNOUNCED:
            return replace(moved, received_on=today)
        if state is ChequeState.BOUNCED:
            return replace(moved, bounced_on=today)
        return replace(moved, closed_on=today) if state in CLOSED else moved

    def undone(self, now: datetime, reason: str, by: str | None = None) -> Cheque:
        """Back to where it was before the last of its moves that still stands."""
        before = state_before(self.moves)
        if before is None:
            raise NothingToUndo
        move = ChequeMove(was=self.state, state=before, at=now, by=by, reason=reason, is_undo=True)
        return replace(
            self._at(before, move),
            received_on=None if before is ChequeState.ANNOUNCED else self.received_on,
            bounced_on=None if self.state is ChequeState.BOUNCED else self.bounced_on,
            bounce_reason=None if self.state is ChequeState.BOUNCED else self.bounce_reason,
            bounce_code=None if self.state is ChequeState.BOUNCED else self.bounce_code,
            closed_on=self.closed_on if before in CLOSED else None,
        )

    def recorded(self, state: SayadState) -> Cheque:
        """The same cheque with what the register says of it now."""
        if state not in SAYAD_NEXT[self.sayad_state]:
            raise MoveRefused(self.sayad_state, state)
        return replace(self, sayad_state=state)

    def _at(self, state: ChequeState, move: ChequeMove) -> Cheque:
        return replace(self, state=state, place=_PLACES[state], moves=(*self.moves, move))


def counted_in(state: ChequeState) -> Counted:
    if state in UNCLEARED:
        return Counted.UNCLEARED
    return Counted.BOUNCED if state in UNSETTLED else Counted.NOTHING


def _sayad_allows(sayad: SayadState, was: ChequeState, to: ChequeState) -> bool:
    """The bank takes what the register says is ours; others take what it says is theirs."""
    if to is ChequeState.DEPOSITED and was is ChequeState.RECEIVED:
        return sayad is SayadState.CONFIRMED
    return to is not ChequeState.ENDORSED or sayad is SayadState.TRANSFERRED


def standing_moves(moves: Iterable[ChequeMove]) -> tuple[ChequeMove, ...]:
    """The moves that were not taken back."""
    standing: list[ChequeMove] = []
    for move in moves:
        if not move.is_undo:
            standing.append(move)
        elif standing:
            standing.pop()
    return tuple(standing)


def state_before(moves: Iterable[ChequeMove]) -> ChequeState | None:
    """The state before the last move that still stands; None when nothing can be taken back."""
    standing = standing_moves(moves)
    return standing[-1].was if standing else None


def effective_due(due_on: date, holidays: Collection[date]) -> date:
    """The working day on which banks pay a cheque of that day."""
    return next_working_day(due_on, holidays)


def remind_on(due: date, holidays: Collection[date]) -> dict[int, date]:
    """On which day the drawer is reminded, by how many working days are left then."""
    days: dict[int, date] = {}
    for left in REMIND_BEFORE:
        day = due
        for _each in range(left):
            day = previous_working_day(day, holidays)
        days[left] = day
    return days

"""Cheques for tests, brought where they shall be by the same ways as in life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from domain.actors import Actor
from domain.drawers import DrawerColour
from domain.instruments import BounceReason, Cheque, ChequeState
from domain.money import Money
from domain.sayad import SayadState
from domain.staff import Role
from services.instruments import desk, moving, own
from storage.unit_of_work import UnitOfWork
from tests.builders.credit import million
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.conftest import NOW

_NUMBERS = count(1_000_000_000_000_000)
LATER = date(2027, 1, 5)
"""15 Dey 1405, a Tuesday."""
S = ChequeState


@dataclass(frozen=True, slots=True)
class People:
    """Somebody who pays by cheque, and those of ours who take it."""

    salon: Actor
    finance: Actor
    manager: Actor

    @property
    def customer_id(self) -> int:
        return self.salon.require_customer().id


async def people(uow: UnitOfWork) -> People:
    return People(
        salon=await a_buyer(uow, name="سالن زیبایی نگین", may_see_balance=True),
        finance=await a_member_of_staff(uow, Role.FINANCE),
        manager=await a_member_of_staff(uow, Role.MANAGER),
    )


def a_sayad_id() -> str:
    return str(next(_NUMBERS))


async def announced(
    uow: UnitOfWork, by: Actor, amount: Money | None = None, due_on: date = LATER, sayad_id: str | None = None
) -> Cheque:
    return await own.announce(
        uow,
        by,
        sayad_id=sayad_id or a_sayad_id(),
        amount=amount or million(12),
        due_on=due_on,
        photo_id=None,
        now=NOW,
    )


async def a_cheque_in(
    uow: UnitOfWork,
    who: People,
    state: ChequeState,
    amount: Money | None = None,
    due_on: date = LATER,
    colour: DrawerColour = DrawerColour.WHITE,
) -> Cheque:
    """A cheque of the salon in that state, by the shortest way."""
    cheque = await announced(uow, who.salon, amount, due_on)
    for step in _WAYS[state]:
        cheque = await move(uow, who, cheque, step, colour)
    return cheque


_WAYS: dict[ChequeState, tuple[ChequeState, ...]] = {
    S.ANNOUNCED: (),
    S.RECEIVED: (S.RECEIVED,),
    S.DEPOSITED: (S.RECEIVED, S.DEPOSITED),
    S.ENDORSED: (S.RECEIVED, S.ENDORSED),
    S.CLEARED: (S.RECEIVED, S.DEPOSITED, S.CLEARED),
    S.BOUNCED: (S.RECEIVED, S.DEPOSITED, S.BOUNCED),
    S.LEGAL: (S.RECEIVED, S.DEPOSITED, S.BOUNCED, S.LEGAL),
    S.SETTLED: (S.RECEIVED, S.DEPOSITED, S.BOUNCED, S.SETTLED),
    S.HANDED_BACK: (S.RECEIVED, S.HANDED_BACK),
    S.VOID: (S.VOID,),
}


async def move(
    uow: UnitOfWork, who: People, cheque: Cheque, to: ChequeState, colour: DrawerColour = DrawerColour.WHITE
) -> Cheque:
    """One move, with what the colour and the register have to say before it."""
    if cheque.state is S.ANNOUNCED and to is S.RECEIVED and cheque.colour is None:
        cheque = await desk.record_colour(uow, who.finance, cheque.id, colour, cheque.version, NOW)
    wanted = {
        S.DEPOSITED: (SayadState.CONFIRMED,),
        S.ENDORSED: (SayadState.CONFIRMED, SayadState.TRANSFERRED),
    }
    if cheque.state is S.RECEIVED and cheque.sayad_state is SayadState.NONE:
        for state in wanted.get(to, ()):
            cheque = await desk.record_sayad(uow, who.finance, cheque.id, state, cheque.version, NOW)
    if to is S.BOUNCED:
        return await moving.bounce(
            uow, who.finance, cheque.id, BounceReason.FUNDS, cheque.version, NOW, "B-77"
        )
    if to is S.SETTLED:
        return await moving.settle(uow, who.finance, cheque.id, cheque.version, NOW)
    return await moving.move_cheque(uow, who.finance, cheque.id, to, cheque.version, NOW)

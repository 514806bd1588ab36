"""Finance's desk of cheques: what is due, one cheque, and what is recorded of it without moving it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.balances import OpenInvoice
from domain.calendar import today_in_tehran
from domain.cheque_details import ChequeDetail, detailed, details_of
from domain.cheque_errors import MoveRefused
from domain.cheque_lists import ChequeCard, ChequePage, ChequeTotals, ChequeView, DeskPart, PartSum
from domain.drawers import ChequeRecord, DrawerColour, DrawerDecision
from domain.errors import ChangedMeanwhile, NotFound
from domain.instruments import Cheque, ChequeState
from domain.money import Rate
from domain.sayad import SayadState
from domain.staff import Role
from services.instruments.policy import colour_policy
from services.instruments.telling import tell_customer, tell_managers
from storage.unit_of_work import UnitOfWork

DESK = (Role.FINANCE, Role.MANAGER)
PER_PAGE = 8
MOST_INVOICES = 20
TIME_PRICE_SETTING = "time_price_basis_points"
A_YEAR = timedelta(days=365)


async def open_desk(uow: UnitOfWork, by: Actor, now: datetime) -> dict[DeskPart, PartSum]:
    by.require_staff(*DESK)
    return await uow.cheque_lists.desk(today_in_tehran(now))


async def list_part(uow: UnitOfWork, by: Actor, part: DeskPart, page: int, now: datetime) -> ChequePage:
    """One page of a part of the desk, by the day on which banks pay."""
    by.require_staff(*DESK)
    today = today_in_tehran(now)
    whole = (await uow.cheque_lists.desk(today))[part]
    pages = max(1, -(-whole.count // PER_PAGE))
    page = min(max(page, 1), pages)
    found = await uow.cheque_lists.list_desk(part, today, PER_PAGE, (page - 1) * PER_PAGE)
    return ChequePage(part=part, cheques=found, total=whole, page=page, pages=pages)


async def open_card(uow: UnitOfWork, by: Actor, cheque_id: int, now: datetime) -> ChequeCard:
    """One cheque with everything that finance wants to know before its next move."""
    staff = by.require_staff(*DESK)
    cheque = await uow.cheques.get(cheque_id, of=by)
    policy = await colour_policy(uow)
    return ChequeCard(
        view=ChequeView(cheque=cheque, paid=await uow.cheque_lists.list_paid(cheque_id)),
        record=await record_of_year(uow, cheque.customer_id, now),
        decision=policy[cheque.colour].decision if cheque.colour else None,
        is_finance=staff.role is Role.FINANCE,
        is_stopped=bool(await uow.credit.list_holds(cheque.customer_id)),
    )


async def open_photo(uow: UnitOfWork, by: Actor, cheque_id: int) -> int:
    """The file of its photo."""
    by.require_staff(*DESK)
    photo_id = (await uow.cheques.get(cheque_id, of=by)).photo_id
    if photo_id is None:
        raise NotFound
    return photo_id


async def find_cheque(uow: UnitOfWork, by: Actor, sayad_id: str) -> int:
    """The id of the cheque of that number."""
    by.require_staff(*DESK)
    cheque_id = await uow.cheques.find(sayad_id)
    if cheque_id is None:
        raise NotFound
    return cheque_id


async def open_taking(uow: UnitOfWork, by: Actor, cheque_id: int) -> tuple[Cheque, tuple[OpenInvoice, ...]]:
    """A cheque that could be taken, with the invoices for which it could be."""
    by.require_staff(Role.FINANCE)
    cheque = await uow.cheques.get(cheque_id, of=by)
    if cheque.state is not ChequeState.ANNOUNCED:
        raise MoveRefused(cheque.state, ChequeState.RECEIVED)
    return cheque, (await uow.invoices.list_open(cheque.customer_id))[:MOST_INVOICES]


async def require_moving(uow: UnitOfWork, by: Actor, cheque_id: int, *states: ChequeState) -> Cheque:
    """The cheque, for a question about its next move, while it can make one of these."""
    by.require_staff(Role.FINANCE)
    cheque = await uow.cheques.get(cheque_id, of=by)
    if states and not cheque.can_move_to & set(states):
        raise MoveRefused(cheque.state, states[0])
    return cheque


async def record_colour(
    uow: UnitOfWork, by: Actor, cheque_id: int, colour: DrawerColour, version: int, now: datetime
) -> Cheque:
    """What the bank has answered about the drawer; managers hear of a colour that is theirs to judge."""
    staff = by.require_staff(Role.FINANCE)
    was = await read_announced(uow, by, cheque_id, version)
    coloured = replace(was, colour=colour, colour_on=today_in_tehran(now))
    saved = await uow.cheques.save(coloured, was, by_staff=staff.id)
    await uow.cheques.note(cheque_id, "colour", now, by_staff=staff.id, facts={"colour": colour.value})
    await uow.audit.write(by, "cheque.colour", "cheque", cheque_id, now, {"colour": colour.value})
    decision = (await colour_policy(uow))[colour].decision
    if decision is DrawerDecision.MANAGER:
        await tell_managers(uow, saved, "cheque_waits", now, colour=colour.value)
    elif decision is DrawerDecision.ALERT:
        await tell_managers(uow, saved, "cheque_alert", now, colour=colour.value)
    return saved


async def approve_drawer(uow: UnitOfWork, by: Actor, cheque_id: int, version: int, now: datetime) -> Cheque:
    """A manager agrees to a drawer of that colour: finance may take the cheque now."""
    staff = by.require_staff(Role.MANAGER)
    was = await read_announced(uow, by, cheque_id, version)
    if was.colour is None or (await colour_policy(uow))[was.colour].decision is not DrawerDecision.MANAGER:
        raise NotFound
    saved = await uow.cheques.save(was, was, by_staff=staff.id)
    await uow.cheques.note(cheque_id, "drawer_approved", now, by_staff=staff.id)
    await uow.audit.write(by, "cheque.drawer_approved", "cheque", cheque_id, now)
    return await uow.cheques.get(saved.id, of=by)


async def record_sayad(
    uow: UnitOfWork,
    by: Actor,
    cheque_id: int,
    state: SayadState,
    version: int,
    now: datetime,
    reason: str | None = None,
) -> Cheque:
    """What the register says now. A rejection needs its reason: the customer is told, the paper goes back."""
    staff = by.require_staff(Role.FINANCE)
    was = await uow.cheques.get(cheque_id, of=by)
    if was.version != version:
        raise ChangedMeanwhile
    if state is SayadState.REJECTED and not reason:
        raise MoveRefused(was.sayad_state, state)
    saved = await uow.cheques.save(was.recorded(state), was, by_staff=staff.id)
    kind = f"sayad_{state.value}"
    await uow.cheques.note(cheque_id, kind, now, by_staff=staff.id, reason=reason)
    await uow.audit.write(by, f"cheque.{kind}", "cheque", cheque_id, now, {"reason": reason})
    if state is SayadState.REJECTED:
        await tell_customer(uow, saved, "cheque_rejected", now, why=reason)
    return await uow.cheques.get(cheque_id, of=by)


async def record_detail(
    uow: UnitOfWork,
    by: Actor,
    cheque_id: int,
    detail: ChequeDetail,
    text: str | None,
    version: int,
    now: datetime,
    bank_word: str = "",
) -> Cheque:
    """One thing that is printed on it, or said by the bank, as finance has typed it."""
    staff = by.require_staff(Role.FINANCE)
    was = await uow.cheques.get(cheque_id, of=by)
    if was.version != version:
        raise ChangedMeanwhile
    told = detailed(was, detail, text, bank_word)
    saved = await uow.cheques.save(told, was, by_staff=staff.id)
    facts = {"detail": detail.value, "was": details_of(was).get(detail), "is": details_of(told).get(detail)}
    await uow.audit.write(by, "cheque.detail", "cheque", cheque_id, now, facts)
    return saved


async def time_price(uow: UnitOfWork, by: Actor) -> Rate | None:
    """What a month beyond the agreed time costs («تفاوت مدت»); None where the company does not price it."""
    by.require_staff(*DESK)
    points = await uow.company.decided(TIME_PRICE_SETTING)
    return Rate(int(points)) if points else None


async def totals(uow: UnitOfWork, customer_id: int) -> ChequeTotals:
    """For whoever shows a customer's cheques in one line (CRD-02)."""
    return await uow.cheque_lists.totals(customer_id)


async def record_of_year(uow: UnitOfWork, customer_id: int, now: datetime) -> ChequeRecord:
    """How the customer's cheques have done in twelve months (rule R3)."""
    return await uow.cheque_lists.record(customer_id, today_in_tehran(now) - A_YEAR)


async def read_announced(uow: UnitOfWork, by: Actor, cheque_id: int, version: int) -> Cheque:
    """The cheque as it was shown, while it is not taken yet."""
    cheque = await uow.cheques.get(cheque_id, of=by)
    if cheque.version != version:
        raise ChangedMeanwhile
    if cheque.state is not ChequeState.ANNOUNCED:
        raise MoveRefused(cheque.state, ChequeState.RECEIVED)
    return cheque

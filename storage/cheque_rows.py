"""How a cheque lies in its tables: both ways between rows and values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from domain.drawers import DrawerColour
from domain.instruments import BounceReason, Cheque, ChequeMove, ChequePlace, ChequeState
from domain.money import Money
from domain.sayad import SayadState
from storage.tables.instruments import cheque_events, cheques
from storage.tables.people import customers, staff

WHOLE = select(cheques, customers.c.name.label("customer_name")).join_from(
    cheques, customers, customers.c.id == cheques.c.customer_id
)
EVENTS = (
    select(cheque_events, staff.c.name.label("staff_name"))
    .select_from(cheque_events.outerjoin(staff, staff.c.id == cheque_events.c.staff_id))
    .order_by(cheque_events.c.id)
)
STATES = frozenset(each.value for each in ChequeState)


def cheque_of(row: Any) -> Cheque:
    """One row of ``WHOLE``, without what happened to it."""
    return Cheque(
        id=row.id,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        contact_id=row.contact_id,
        order_id=row.order_id,
        sayad_id=row.sayad_id,
        serial=row.serial,
        bank=row.bank,
        branch=row.branch,
        drawer_name=row.drawer_name,
        drawer_national_id=row.drawer_national_id,
        is_third_party=row.is_third_party,
        amount=Money(row.amount_rials),
        due_on=row.due_on,
        effective_due=row.effective_due,
        announced_at=row.announced_at,
        received_on=row.received_on,
        state=ChequeState(row.state),
        place=ChequePlace(row.place),
        sayad_state=SayadState(row.sayad_state),
        colour=DrawerColour(row.colour) if row.colour else None,
        colour_on=row.colour_on,
        bounce_reason=BounceReason(row.bounce_reason) if row.bounce_reason else None,
        bounce_code=row.bounce_code,
        bounced_on=row.bounced_on,
        closed_on=row.closed_on,
        note=row.note,
        photo_id=row.photo_file_id,
        unallocated=Money(row.unallocated_rials),
        wants_reminder=row.wants_reminder,
        version=row.version,
    )


def with_events(cheque: Cheque, events: Iterable[Any]) -> Cheque:
    """The same cheque with its moves; a manager's word on the drawer stands until a new colour."""
    moves: list[ChequeMove] = []
    is_approved = False
    for event in events:
        if event.kind in {"colour", "drawer_approved"}:
            is_approved = event.kind == "drawer_approved"
        elif event.kind in STATES:
            moves.append(_move(event))
    return replace(cheque, moves=tuple(moves), is_drawer_approved=is_approved)


def _move(event: Any) -> ChequeMove:
    was = event.facts.get("was")
    return ChequeMove(
        was=ChequeState(was) if was else None,
        state=ChequeState(event.kind),
        at=event.at,
        by=event.staff_name,
        reason=event.reason,
        is_undo=bool(event.facts.get("undo")),
    )


def columns(cheque: Cheque) -> dict[str, Any]:
    """What saving a cheque may change."""
    return {
        "order_id": cheque.order_id,
        "serial": cheque.serial,
        "bank": cheque.bank,
        "branch": cheque.branch,
        "drawer_name": cheque.drawer_name,
        "drawer_national_id": cheque.drawer_national_id,
        "is_third_party": cheque.is_third_party,
        "effective_due": cheque.effective_due,
        "received_on": cheque.received_on,
        "state": cheque.state.value,
        "place": cheque.place.value,
        "sayad_state": cheque.sayad_state.value,
        "colour": cheque.colour.value if cheque.colour else None,
        "colour_on": cheque.colour_on,
        "bounce_reason": cheque.bounce_reason.value if cheque.bounce_reason else None,
        "bounce_code": cheque.bounce_code,
        "bounced_on": cheque.bounced_on,
        "closed_on": cheque.closed_on,
        "note": cheque.note,
        "photo_file_id": cheque.photo_id,
        "wants_reminder": cheque.wants_reminder,
    }


def new_columns(cheque: Cheque) -> dict[str, Any]:
    """What is written once and never changed, beside the rest."""
    return {
        **columns(cheque),
        "customer_id": cheque.customer_id,
        "contact_id": cheque.contact_id,
        "sayad_id": cheque.sayad_id,
        "amount_rials": cheque.amount.rials,
        "due_on": cheque.due_on,
        "announced_at": cheque.announced_at,
        "unallocated_rials": cheque.unallocated.rials,
    }


def event_columns(cheque_id: int, move: ChequeMove, by_staff: int | None) -> dict[str, Any]:
    facts: dict[str, object] = {"was": move.was.value if move.was else None}
    if move.is_undo:
        facts["undo"] = True
    return {
        "cheque_id": cheque_id,
        "kind": move.state.value,
        "at": move.at,
        "staff_id": by_staff,
        "reason": move.reason,
        "facts": facts,
    }

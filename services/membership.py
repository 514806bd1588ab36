"""The managers' side of becoming a customer: seeing requests, asking, approving, rejecting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.customers import ContactRole, Customer, MembershipRequest, Outlet, RequestStatus
from domain.errors import AlreadyDecided, NotFound, NumberTaken
from domain.notifications import Notification, Recipient
from domain.registration import RequestCard, RouteHint
from domain.staff import Role
from services import referrals
from services.registration import card, place_of, route_of
from storage.unit_of_work import UnitOfWork


async def list_requests(uow: UnitOfWork, by: Actor) -> tuple[MembershipRequest, ...]:
    by.require_staff(Role.MANAGER)
    return await uow.registrations.list_pending()


async def request_card(uow: UnitOfWork, by: Actor, request_id: int) -> RequestCard:
    """One request as a manager sees it (S1.9)."""
    by.require_staff(Role.MANAGER)
    return await card(uow, await uow.registrations.get(request_id))


async def require_pending(uow: UnitOfWork, by: Actor, request_id: int) -> None:
    """Refuse to begin deciding what was decided."""
    by.require_staff(Role.MANAGER)
    request = await uow.registrations.get(request_id)
    if request.status is not RequestStatus.PENDING:
        raise AlreadyDecided


async def licence_of(uow: UnitOfWork, by: Actor, request_id: int) -> tuple[int, bool]:
    """The file of the licence, and whether it is a picture."""
    by.require_staff(Role.MANAGER)
    request = await uow.registrations.get(request_id)
    if request.licence_file_id is None:
        raise NotFound
    file = await uow.files.get(request.licence_file_id)
    return file.id, not file.content.startswith(b"%PDF-")


async def approve_request(uow: UnitOfWork, request_id: int, by: Actor, now: datetime) -> RequestCard:
    """Make a customer of the request, with its outlet and its first contact, and tell them (S1.10)."""
    manager = by.require_staff(Role.MANAGER)
    request = await uow.registrations.decide(request_id, RequestStatus.APPROVED, manager.id, now)
    await _require_approvable(uow, request)
    route = await route_of(uow, request)
    customer_id = await _make_customer(uow, request, route, now)
    is_new = await _link_applicant(uow, request, customer_id)
    await referrals.note_joined(uow, request.identity_id, customer_id, now, is_new=is_new)
    await uow.registrations.set_customer(request.id, customer_id, route.id if route else None)
    facts: dict[str, object] = {
        "weekdays": list(route.weekdays) if route else [],
        "visitor": route.visitor if route else None,
    }
    await _tell_decision(uow, request, "membership_approved", now, facts)
    await uow.audit.write(by, "request_approved", "request", request.id, now, {"customer_id": customer_id})
    return await card(uow, replace(request, customer_id=customer_id))


async def _make_customer(
    uow: UnitOfWork, request: MembershipRequest, route: RouteHint | None, now: datetime
) -> int:
    """The customer with its first outlet."""
    customer_id = await uow.customers.put_customer(
        Customer(
            id=0, external_ref=None, name=request.name, kind=request.kind, national_id=request.national_id
        ),
        now,
    )
    where = place_of(request)
    await uow.customers.put_outlet(
        Outlet(
            id=0,
            customer_id=customer_id,
            name=where.district,
            city=where.city,
            address=where.address,
            short_address=where.short_address,
            route_id=route.id if route else None,
            latitude=request.latitude,
            longitude=request.longitude,
        )
    )
    return customer_id


async def _link_applicant(uow: UnitOfWork, request: MembershipRequest, customer_id: int) -> bool:
    """Who asked may do everything there; somebody who acts for another centre already is the same contact.

    Whether we did not know them before.
    """
    known = await uow.customers.find_by_mobile(request.mobile)
    contact_id = known.id if known else await uow.customers.put_contact(request.person_name, request.mobile)
    await uow.customers.put_role(
        ContactRole(
            contact_id=contact_id,
            customer_id=customer_id,
            may_order=True,
            may_see_balance=True,
            may_approve=True,
        )
    )
    await uow.customers.link(request.identity_id, contact_id=contact_id, customer_id=customer_id)
    return known is None


async def _require_approvable(uow: UnitOfWork, request: MembershipRequest) -> None:
    """What was free when it was asked may be somebody else's by now."""
    is_taken = await uow.registrations.is_mobile_taken(request.mobile)
    if request.national_id is not None and not is_taken:
        is_taken = await uow.customers.is_national_id_taken(request.national_id)
    if is_taken or await uow.customers.staff_id_of(request.identity_id) is not None:
        raise NumberTaken


async def reject_request(
    uow: UnitOfWork, request_id: int, reason: str | None, by: Actor, now: datetime
) -> RequestCard:
    """Say no, with or without a reason; the person may ask again."""
    manager = by.require_staff(Role.MANAGER)
    request = await uow.registrations.decide(request_id, RequestStatus.REJECTED, manager.id, now)
    facts = {"number": request.number, "reason": reason}
    await _tell_decision(uow, request, "membership_rejected", now, facts)
    await uow.audit.write(by, "request_rejected", "request", request.id, now, {"reason": reason})
    return await card(uow, request)


async def _tell_decision(
    uow: UnitOfWork, request: MembershipRequest, kind: str, now: datetime, facts: Mapping[str, object]
) -> None:
    await uow.outbox.put(
        Notification(
            key=f"{kind}:{request.id}",
            kind=kind,
            to=Recipient(identity_id=request.identity_id),
            subject_id=request.id,
            due_at=now,
            facts=facts,
        )
    )


async def ask_applicant(
    uow: UnitOfWork, request_id: int, question: str, by: Actor, now: datetime
) -> RequestCard:
    """Send a manager's question to whoever asked; their next message is the answer."""
    manager = by.require_staff(Role.MANAGER)
    request = await uow.registrations.get(request_id)
    await uow.registrations.ask(request.id, question, manager.id)
    await uow.outbox.put(
        Notification(
            key=f"request_question:{request.id}:{request.version + 1}",
            kind="request_question",
            to=Recipient(identity_id=request.identity_id),
            subject_id=request.id,
            due_at=now,
            facts={"number": request.number, "question": question},
        )
    )
    await uow.audit.write(by, "applicant_asked", "request", request.id, now, {"question": question})
    return await card(uow, request)

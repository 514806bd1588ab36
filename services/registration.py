"""Becoming a customer: proving one's mobile, and asking for membership. Managers decide in ``membership``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.addresses import Place, name_core
from domain.customers import MembershipRequest
from domain.errors import (
    AlreadyDecided,
    AlreadyRegistered,
    FileRefused,
    NotFound,
    NotYourContact,
)
from domain.identifiers import mobile
from domain.notifications import Notification, Recipient
from domain.registration import Answers, Proven, RequestCard, RouteHint, suggested_route
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"%PDF-")
"""How the files begin that a licence may be: JPEG, PNG, WebP, PDF."""


async def prove_mobile(
    uow: UnitOfWork, by: Actor, *, owner_id: int | None, is_passed_on: bool, phone: str
) -> Proven:
    """The mobile on a shared contact card, if the card is the sender's own.

    The messenger itself says whose card it is; one that was passed on, or whose owner it does not name,
    proves nothing. A mobile of our staff, of somebody shut out or of a waiting request is not taken either.
    """
    if owner_id is None or owner_id != by.identity.user_id or is_passed_on:
        raise NotYourContact
    number = mobile(phone)
    await _require_free(uow, by, number)
    contact = await uow.customers.find_by_mobile(number)
    if contact is None:
        return Proven(mobile=number)
    centres = await uow.settings.centre_names(contact.id)
    if not centres:
        raise AlreadyRegistered
    return Proven(mobile=number, contact_id=contact.id, centres=centres)


async def _require_free(uow: UnitOfWork, by: Actor, number: str, national_id: str | None = None) -> None:
    assert by.identity.id is not None
    if await uow.registrations.is_mobile_taken(number):
        raise AlreadyRegistered
    if await uow.registrations.is_asked_by_another(by.identity.id, mobile=number, national_id=national_id):
        raise AlreadyRegistered
    if national_id is not None and await uow.customers.is_national_id_taken(national_id):
        raise AlreadyRegistered


async def link_contact(uow: UnitOfWork, by: Actor, contact_id: int, proven: str, now: datetime) -> Actor:
    """From now on this account is that contact, whose mobile it has proven; who speaks after that."""
    contact = await uow.customers.find_by_mobile(proven)
    if contact is None or contact.id != contact_id or by.staff_id is not None:
        raise NotFound
    assert by.identity.id is not None
    await uow.customers.link(by.identity.id, contact_id=contact.id)
    await uow.audit.write(by, "contact_linked", "contact", contact.id, now)
    found = await uow.customers.by_messenger(
        by.identity.platform, 0, by.identity.user_id, by.identity.chat_id
    )
    assert found is not None
    return found[0]


async def pending_request(uow: UnitOfWork, by: Actor) -> MembershipRequest | None:
    """The request of this account that waits for a manager."""
    if by.identity.id is None:
        return None
    return await uow.registrations.find_pending(by.identity.id)


async def require_identifier_free(uow: UnitOfWork, by: Actor, number: str, national_id: str) -> None:
    """Refuse a national id that another centre has, while its owner can still type another."""
    await _require_free(uow, by, number, national_id)


async def keep_licence(uow: UnitOfWork, name: str, mime_type: str, content: bytes, now: datetime) -> int:
    """Keep the picture of a licence; what only pretends to be a picture is refused."""
    if not content.startswith(_SIGNATURES):
        raise FileRefused
    return await uow.files.put(name, mime_type, content, now)


async def ask_membership(
    uow: UnitOfWork, by: Actor, answers: Answers, licence_file_id: int | None, now: datetime
) -> MembershipRequest:
    """Put the request before all managers; asked twice it is the same request."""
    assert by.identity.id is not None
    if (waiting := await uow.registrations.find_pending(by.identity.id)) is not None:
        return waiting
    await _require_free(uow, by, answers.mobile, answers.national_id)
    request = MembershipRequest(
        id=0,
        number=await uow.audit.next_number("request"),
        identity_id=by.identity.id,
        mobile=answers.mobile,
        person_name=by.identity.name or answers.name,
        name=answers.name,
        kind=answers.kind,
        city=answers.where.city,
        address=answers.where.address,
        latitude=answers.latitude,
        longitude=answers.longitude,
        national_id=answers.national_id,
        licence_file_id=licence_file_id,
        asked_at=now,
    )
    request = replace(request, id=await uow.registrations.put(request))
    await uow.audit.write(by, "membership_asked", "request", request.id, now, {"number": request.number})
    facts = (await card(uow, request)).facts()
    managers = await uow.staff.list_active(Role.MANAGER)
    await uow.outbox.put(
        *(
            Notification(
                key=f"membership_asked:{request.id}:{manager.id}",
                kind="membership_asked",
                to=Recipient(staff_id=manager.id),
                subject_id=request.id,
                due_at=now,
                facts=facts,
            )
            for manager in managers
        )
    )
    return request


async def answer_manager(uow: UnitOfWork, by: Actor, answer: str, now: datetime) -> MembershipRequest:
    """The applicant's answer goes to the manager who asked."""
    request = await pending_request(uow, by)
    if request is None or request.question_by is None:
        raise AlreadyDecided
    await uow.registrations.ask(request.id, None, None)
    await uow.outbox.put(
        Notification(
            key=f"request_answer:{request.id}:{request.version + 1}",
            kind="request_answer",
            to=Recipient(staff_id=request.question_by),
            subject_id=request.id,
            due_at=now,
            facts={"number": request.number, "name": request.name, "answer": answer},
        )
    )
    await uow.audit.write(by, "applicant_answered", "request", request.id, now, {"answer": answer})
    return request


async def card(uow: UnitOfWork, request: MembershipRequest) -> RequestCard:
    """The request with who is like it and who would deliver."""
    route = await route_of(uow, request)
    core = name_core(request.name)
    similar = await uow.registrations.list_similar(core, request.city, request.customer_id)
    return RequestCard(
        request_id=request.id,
        number=request.number,
        name=request.name,
        kind=request.kind,
        city=request.city,
        district=place_of(request).district,
        has_location=request.latitude is not None,
        has_licence=request.licence_file_id is not None,
        similar=similar,
        route=route.name if route else None,
        visitor=route.visitor if route else None,
        status=request.status,
    )


def place_of(request: MembershipRequest) -> Place:
    return Place(city=request.city, address=request.address)


async def route_of(uow: UnitOfWork, request: MembershipRequest) -> RouteHint | None:
    """The route on which the place of the request lies."""
    return suggested_route(await uow.registrations.list_routes(), place_of(request))

"""Becoming a customer, as the managers see it (S1.9)."""

from __future__ import annotations

from domain.customers import CustomerKind, MembershipRequest, RequestStatus
from domain.registration import RequestCard
from screens.callbacks.registration import (
    ApproveRequest,
    AskApplicant,
    AskRejection,
    OpenLicence,
    OpenRequest,
    OpenRequests,
    RejectRequest,
)
from screens.home import home_button
from screens.language import Language
from screens.screen import ALONE, Button, Document, Screen, shortened


def kind_word(kind: CustomerKind, _: Language) -> str:
    match kind:
        case CustomerKind.PHARMACY:
            return _("pharmacy")
        case CustomerKind.SALON:
            return _("beauty salon")
        case CustomerKind.CHAIN:
            return _("shop / chain")
        case CustomerKind.ONLINE:
            return _("online shop")
        case CustomerKind.PERSONAL:
            return _("for personal use")


def request_card(card: RequestCard, _: Language) -> Screen:
    """S1.9; a request that was decided says so and has nothing left to decide."""
    text = "\n".join(
        (
            _("🆕 Membership request {number}", number=card.number),
            _("{name} · {kind}", name=card.name, kind=kind_word(card.kind, _)),
            _place_line(card, _),
            _similar_line(card, _),
            _route_line(card, _),
            *_decision(card, _),
        )
    )
    return Screen(text, (*_deciding(card, _), (_back(_), home_button(_))))


def _place_line(card: RequestCard, _: Language) -> str:
    where = _("{city}, {district}", city=card.city, district=card.district)
    location = _("📍 given") if card.has_location else _("📍 not given")
    licence = _("Licence: given") if card.has_licence else _("Licence: not given")
    return f"{where} · {location} · {licence}"


def _similar_line(card: RequestCard, _: Language) -> str:
    if not card.similar:
        return _("Similar in the system: none")
    return _("Similar in the system: {names}", names=_.listed(card.similar))


def _route_line(card: RequestCard, _: Language) -> str:
    if card.route is None:
        return _("Suggested route: none")
    if card.visitor is None:
        return _("Suggested route: {route}", route=card.route)
    return _("Suggested route: {route} ({visitor})", route=card.route, visitor=card.visitor)


def _decision(card: RequestCard, _: Language) -> tuple[str, ...]:
    match card.status:
        case RequestStatus.PENDING:
            return ()
        case RequestStatus.APPROVED:
            return (_("✅ Approved; the customer was told."),)
        case RequestStatus.REJECTED:
            return (_("❌ Rejected; the customer was told."),)


def _deciding(card: RequestCard, _: Language) -> tuple[tuple[Button, ...], ...]:
    licence = Button(_.label("🖼 Licence"), OpenLicence(request_id=card.request_id))
    pictures = ((licence,),) if card.has_licence else ()
    if card.status is not RequestStatus.PENDING:
        return pictures
    return (
        (
            Button(_.label("✅ Approve"), ApproveRequest(request_id=card.request_id)),
            Button(_.label("❓ Ask"), AskApplicant(request_id=card.request_id)),
            Button(_.label("❌ Reject"), AskRejection(request_id=card.request_id)),
        ),
        *pictures,
    )


def _back(_: Language) -> Button:
    return Button(_.label("📥 All requests"), OpenRequests())


def request_list(requests: tuple[MembershipRequest, ...], _: Language) -> Screen:
    """The requests that wait, oldest first."""
    if not requests:
        return Screen(_("No membership request is waiting."), ((home_button(_),),))
    rows = tuple(
        (
            Button(
                shortened(_.label("{number} · {name}", number=each.number, name=each.name), ALONE),
                OpenRequest(request_id=each.id),
            ),
        )
        for each in requests
    )
    return Screen(_("Membership requests that wait:"), (*rows, (home_button(_),)))


def licence(request_id: int, file_id: int, _: Language, *, is_picture: bool) -> Screen:
    """The photo of the licence, or the PDF that was sent instead."""
    rows = ((_to_request(request_id, _), home_button(_)),)
    text = _("The licence")
    if is_picture:
        return Screen(text, rows, photo=file_id)
    return Screen(text, rows, document=Document(name="licence.pdf", file_id=file_id))


def rejection_question(request_id: int, _: Language) -> Screen:
    """Why not? What is typed is read by the customer."""
    return Screen(
        _("Please write why it is rejected; the customer reads it."),
        (
            (Button(_.label("❌ Reject without a reason"), RejectRequest(request_id=request_id)),),
            (_to_request(request_id, _), home_button(_)),
        ),
    )


def applicant_question(request_id: int, _: Language) -> Screen:
    """What shall the applicant be asked?"""
    return Screen(
        _("Please write your question; it is sent to the customer."),
        ((_to_request(request_id, _), home_button(_)),),
    )


def question_sent(card: RequestCard, _: Language) -> Screen:
    """The question is on its way, and the request still waits."""
    text = _("Your question was sent. The answer comes right here (request {number}).", number=card.number)
    return Screen(text, ((_to_request(card.request_id, _), home_button(_)),))


def _to_request(request_id: int, _: Language) -> Button:
    return Button(_.label("⬅️ Back"), OpenRequest(request_id=request_id))

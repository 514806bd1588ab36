"""Examples of joining, the main menu, settings, staff and support, and every refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain import errors, guide_errors
from domain.customers import Colleague, ContactRole, CustomerKind, Preferences, RequestStatus
from domain.money import Money
from domain.referral_errors import ForAnotherCentre, NoLinkYet
from domain.registration import RequestCard
from domain.staff import MoneyDesk, Role, Workload
from sandbox.gallery_types import Example
from sandbox.gallery_values import (
    BUYER,
    CATEGORIES,
    CUSTOMER,
    MANAGER,
    QUESTION,
    REQUEST,
    SHAMPOO_PICTURE,
)
from screens import home, membership, refusals, registration, settings, staff, support

COMPANY = "پخش آرمان‌طب"
CARD = RequestCard(
    request_id=5,
    number=228,
    name="داروخانه دکتر رضایی",
    kind=CustomerKind.PHARMACY,
    city="تهران",
    district="سعادت‌آباد",
    has_location=True,
    has_licence=True,
    route="غرب ۳",
    visitor="علی محمدی",
)
SPANS = ((9, 13), (13, 16), (16, 20))
WANTED = Preferences(contact_id=1, category_ids=(1, 4))
PEOPLE = (
    Colleague(name="آقای دکتر رضایی", role=ContactRole(contact_id=1, customer_id=1, may_approve=True)),
    Colleague(name="خانم نادری", role=ContactRole(contact_id=2, customer_id=1)),
    Colleague(name="مریم احمدی", role=ContactRole(contact_id=3, customer_id=1, may_order=False)),
)


def joining() -> Iterator[Example]:
    yield "registration.welcome", lambda _: registration.welcome(COMPANY, _)
    yield "registration.not_your_contact", registration.not_your_contact
    yield "registration.send_it_by_key", registration.send_it_by_key
    centre = (("داروخانه دکتر رضایی", "سعادت‌آباد"),)
    yield "registration.known_contact", lambda _: registration.known_contact(1, centre, _)
    yield "registration.name_question", registration.name_question
    yield "registration.name_question: known", lambda _: registration.name_question(_, is_known=True)
    yield "registration.kind_question", registration.kind_question
    yield "registration.address_question", registration.address_question
    yield "registration.location_question", registration.location_question
    yield "registration.identifier_question", registration.identifier_question
    yield "registration.licence_question", registration.licence_question
    yield "registration.not_an_identifier", registration.not_an_identifier
    yield "registration.not_a_licence", registration.not_a_licence
    salon = replace(REQUEST, kind=CustomerKind.SALON)
    yield "registration.request_recorded", lambda _: registration.request_recorded(REQUEST, _)
    yield "registration.request_recorded: a salon", lambda _: registration.request_recorded(salon, _)
    yield "registration.half_way", registration.half_way
    yield "registration.request_waits", lambda _: registration.request_waits(REQUEST, _)
    yield "registration.answer_passed_on", lambda _: registration.answer_passed_on(REQUEST, _)


def deciding() -> Iterator[Example]:
    bare = replace(CARD, has_location=False, has_licence=False, route=None, visitor=None)
    alike = replace(bare, similar=("داروخانه دکتر رضایی", "داروخانه رضایی"))
    yield "membership.request_card", lambda _: membership.request_card(CARD, _)
    yield "membership.request_card: little is known", lambda _: membership.request_card(alike, _)
    approved = replace(CARD, status=RequestStatus.APPROVED)
    rejected = replace(CARD, status=RequestStatus.REJECTED)
    yield "membership.request_card: approved", lambda _: membership.request_card(approved, _)
    yield "membership.request_card: rejected", lambda _: membership.request_card(rejected, _)
    yield "membership.request_list", lambda _: membership.request_list((REQUEST,), _)
    yield "membership.request_list: none", lambda _: membership.request_list((), _)
    yield "membership.licence", lambda _: membership.licence(5, SHAMPOO_PICTURE, _, is_picture=True)
    yield "membership.licence: a PDF", lambda _: membership.licence(5, 1, _, is_picture=False)
    yield "membership.rejection_question", lambda _: membership.rejection_question(5, _)
    yield "membership.applicant_question", lambda _: membership.applicant_question(5, _)
    yield "membership.question_sent", lambda _: membership.question_sent(CARD, _)


def at_home() -> Iterator[Example]:
    yield "home.home", lambda _: home.home(BUYER, _)
    yield "home.no_centre", home.no_centre
    yield "home.old_button", home.old_button
    yield "home.not_understood", home.not_understood
    yield "home.help_page", home.help_page
    yield "home.you_are_welcome", home.you_are_welcome
    yield "home.tried_again", home.tried_again
    yield "settings.settings", lambda _: settings.settings(WANTED, _, is_manager=True)
    yield "settings.hours", lambda _: settings.hours(WANTED, SPANS, _)
    yield "settings.interests", lambda _: settings.interests(WANTED, CATEGORIES, 1, _)
    yield "settings.colleagues", lambda _: settings.colleagues(PEOPLE, _)
    shifa = replace(CUSTOMER, id=2, name="داروخانه شفا")
    yield "settings.centres", lambda _: settings.centres((CUSTOMER, shifa), 1, _)


def our_people() -> Iterator[Example]:
    money = MoneyDesk(receipts=3, cheques=2, disputes=1, approvals=4)
    waiting = Workload(request_count=2, order_count=7, questions=(QUESTION,), money=money, task_count=5)
    yield "staff.staff_home", lambda _: staff.staff_home(MANAGER, waiting, _)
    packer = replace(MANAGER, name="حسین بیات", role=Role.WAREHOUSE)
    yield "staff.staff_home: warehouse", lambda _: staff.staff_home(packer, Workload(order_count=7), _)
    yield "staff.staff_name_question", staff.staff_name_question
    yield "staff.joined", lambda _: staff.joined(MANAGER, _)
    yield "support.support_question", support.support_question
    yield "support.support_asked", support.support_asked
    yield "support.answer_question", lambda _: support.answer_question(QUESTION, _)
    yield "support.photo", lambda _: support.photo(QUESTION.id, 1, _, is_picture=True)
    yield "support.answer_sent", support.answer_sent


REFUSALS: tuple[errors.Refusal, ...] = (
    errors.NotFound(),
    errors.NotAllowed("balance", "آقای دکتر رضایی"),
    errors.NotAllowed("order"),
    errors.NotApproved(),
    errors.ChangedMeanwhile(),
    errors.OrderClosed(),
    errors.AlreadyDecided(),
    NoLinkYet(),
    ForAnotherCentre(4, "سالن رز"),
    errors.SurveyOver(),
    errors.TooLateToJudge(),
    errors.AlreadyJudged(),
    errors.SameScore(9),
    errors.MoreThanDelivered(),
    errors.EmptyOrder(),
    errors.NothingToRepeat(),
    errors.NotAQuantity(),
    errors.NotHours(),
    errors.NumberOutOfBounds(1, 14),
    errors.TermNotUnderstood(),
    errors.TermRefused(),
    errors.NotACode((11, 12, 14)),
    errors.NotAnAmount(),
    errors.AmountTooLarge(Money(10**14)),
    errors.NotADay(),
    errors.NotAnAmountAndDay(),
    errors.QuantityNotSold("خمیردندان سپیدتن", 6, 6, 99_999),
    errors.Shortage(1, "ماسک موی سپیدار", 12, 6, offered=6),
    errors.NotSold(1, "ماسک موی سپیدار"),
    errors.TooManyLines(300),
    errors.AlreadyPlaced(40_521),
    errors.TooLateToChange(7, 40_521),
    errors.NoDeliveryDay(),
    errors.NotYourContact(),
    errors.NotAMobile(),
    errors.NotAnIdentifier(),
    errors.NotAnAddress(),
    errors.TextRefused(500),
    guide_errors.NameTaken("ماهانه"),
    guide_errors.TooManySaved(10),
    errors.AlreadyRegistered(),
    errors.NumberTaken(),
    errors.LastHours(),
    errors.NotAProof(),
    errors.TrackingUsed("88412037", date(2026, 11, 3)),
    errors.AmountRefused(),
    errors.PaidInTheFuture(),
    errors.SamePerson(),
    errors.InviteRefused(),
    errors.FileRefused(20),
    errors.FileRefused(),
    errors.TooFewLetters(),
)


def refused() -> Iterator[Example]:
    yield "refusals.already_registered", refusals.already_registered
    yield "refusals.not_a_mobile", refusals.not_a_mobile
    for number, each in enumerate(REFUSALS, start=1):
        yield _refusal(number, each)


def _refusal(number: int, error: errors.Refusal) -> Example:
    return f"refusals.refusal: {number} {type(error).__name__}", lambda _: refusals.refusal(error, _)

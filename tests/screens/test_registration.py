"""Screens of joining: taps and a few words; nothing of a person can disturb what stands around it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.customers import CustomerKind, MembershipRequest, RequestStatus
from domain.notifications import Notification, Recipient
from domain.registration import RequestCard
from screens.callbacks.registration import (
    ApproveRequest,
    AskApplicant,
    AskRejection,
    ChooseKind,
    ConfirmMe,
    OpenLicence,
    OpenRequest,
    RejectRequest,
)
from screens.language import Language
from screens.membership import (
    applicant_question,
    licence,
    question_sent,
    rejection_question,
    request_card,
    request_list,
)
from screens.notices import told
from screens.registration import (
    answer_passed_on,
    kind_question,
    known_contact,
    name_question,
    request_recorded,
    request_waits,
    welcome,
)
from screens.screen import Document, Request
from tests.conftest import NOW

CARD = RequestCard(
    request_id=7,
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


def a_request(kind: CustomerKind = CustomerKind.PHARMACY) -> MembershipRequest:
    return MembershipRequest(
        id=7,
        number=228,
        identity_id=1,
        mobile="09121234567",
        person_name="کسی",
        name="داروخانه دکتر رضایی",
        kind=kind,
        city="تهران",
        address="سعادت‌آباد",
        asked_at=NOW,
    )


def a_notice(kind: str, **facts: object) -> Notification:
    return Notification(
        key="k", kind=kind, to=Recipient(identity_id=1), subject_id=7, due_at=NOW, facts=facts
    )


def test_the_greeting_asks_for_the_contact(persian: Language) -> None:
    screen = welcome("پخش ماه & مهر", persian)
    assert screen.ask is not None
    assert [[key.request for key in row] for row in screen.ask] == [[Request.CONTACT], [None]]
    assert "پخش ماه &amp; مهر" in screen.text


def test_every_kind_can_be_chosen(persian: Language) -> None:
    chosen = {tap.kind for tap in kind_question(persian).taps if isinstance(tap, ChooseKind)}
    assert chosen == set(CustomerKind)


def test_a_known_person_is_named_by_all_their_centres(persian: Language) -> None:
    screen = known_contact(5, (("داروخانه", "ونک"), ("سالن", ""), ("شعبه", "شعبه")), persian)
    assert "«داروخانه – ونک، سالن، شعبه»" in screen.text
    assert ConfirmMe(contact_id=5) in screen.taps


def test_who_is_known_is_not_called_unknown(persian: Language) -> None:
    assert "در سیستم ما نیست" in name_question(persian).text
    assert "در سیستم ما نیست" not in name_question(persian, is_known=True).text


def test_only_pharmacies_have_a_doctor(persian: Language) -> None:
    assert request_recorded(a_request(), persian).text.startswith("ممنون دکتر.")
    assert request_recorded(a_request(CustomerKind.SALON), persian).text.startswith("ممنون. ")
    assert "۲۲۸" in request_waits(a_request(), persian).text
    assert "۲۲۸" in answer_passed_on(a_request(), persian).text


def test_a_card_offers_what_can_be_decided(persian: Language) -> None:
    taps = request_card(CARD, persian).taps
    assert taps[:4] == (
        ApproveRequest(request_id=7),
        AskApplicant(request_id=7),
        AskRejection(request_id=7),
        OpenLicence(request_id=7),
    )
    bare = replace(CARD, has_licence=False, has_location=False, route=None, similar=("الف", "ب"))
    text = request_card(bare, persian).text
    assert "📍 ندارد · پروانه: ندارد" in text
    assert "مشابه در سیستم: الف، ب" in text
    assert text.endswith("مسیر پیشنهادی: ندارد")
    assert request_card(replace(CARD, visitor=None), persian).text.endswith("مسیر پیشنهادی: غرب ۳")


@pytest.mark.parametrize("status", [RequestStatus.APPROVED, RequestStatus.REJECTED])
def test_a_decided_card_has_nothing_left_to_decide(persian: Language, status: RequestStatus) -> None:
    screen = request_card(replace(CARD, status=status), persian)
    assert not any(isinstance(tap, ApproveRequest | AskRejection | AskApplicant) for tap in screen.taps)
    assert "خبر دادیم" in screen.text


@pytest.mark.parametrize("kind", list(CustomerKind))
def test_each_kind_has_its_word(persian: Language, kind: CustomerKind) -> None:
    assert " · " in request_card(replace(CARD, kind=kind), persian).text.split("\n")[1]


def test_requests_are_listed_or_said_to_be_none(persian: Language) -> None:
    assert OpenRequest(request_id=7) in request_list((a_request(),), persian).taps
    long = replace(a_request(), name="الف" * 80)
    assert len(request_list((long,), persian).labels[0][0]) <= 40
    assert "نیست" in request_list((), persian).text


def test_a_pdf_is_sent_as_a_file_and_a_picture_as_a_picture(persian: Language) -> None:
    assert licence(7, 3, persian, is_picture=True).photo == 3
    document = licence(7, 3, persian, is_picture=False).document
    assert isinstance(document, Document)
    assert document.file_id == 3


def test_questions_of_managers_lead_back_to_the_request(persian: Language) -> None:
    back = OpenRequest(request_id=7)
    assert back in applicant_question(7, persian).taps
    assert back in question_sent(CARD, persian).taps
    assert rejection_question(7, persian).taps[:2] == (RejectRequest(request_id=7), back)


def test_the_approval_names_the_days_from_saturday_on(persian: Language) -> None:
    screen = told(a_notice("membership_approved", weekdays=[0, 2, 5], visitor="علی محمدی"), persian)
    assert screen.text == (
        "عضویت شما تأیید شد ✅\nروزهای پخش مسیر شما: شنبه، دوشنبه، چهارشنبه\nویزیتور شما: علی محمدی"
    )
    bare = told(a_notice("membership_approved", weekdays=[], visitor=None), persian)
    assert bare.text == "عضویت شما تأیید شد ✅"


def test_a_rejection_is_polite_with_and_without_a_reason(persian: Language) -> None:
    without = told(a_notice("membership_rejected", number=228, reason=None), persian).text
    assert "دلیل" not in without
    assert "/start" in without
    told_why = told(a_notice("membership_rejected", number=228, reason="الف < ب"), persian).text
    assert "دلیل: الف &lt; ب" in told_why


def test_question_and_answer_are_quoted(persian: Language) -> None:
    asked = told(a_notice("request_question", number=228, question="الف < ب؟"), persian)
    assert "الف &lt; ب؟" in asked.text
    answered = told(a_notice("request_answer", number=228, name="الف", answer="بله"), persian)
    assert answered.text.endswith("\nبله")
    assert OpenRequest(request_id=7) in answered.taps

"""The menus, settings, support and the words of refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain import errors, guide_errors
from domain.actors import Actor, Identity, Stranger
from domain.catalogue import Category
from domain.customers import Colleague, ContactRole, Customer, CustomerKind, Preferences
from domain.money import Money
from domain.notifications import Notification, Recipient
from domain.referral_errors import ForAnotherCentre, NoLinkYet
from domain.staff import Role, Staff, Workload
from domain.support import SupportMessage
from screens import home, settings, staff, support
from screens.callbacks.home import OpenHome
from screens.callbacks.orders import OpenDesk
from screens.callbacks.registration import OpenRequests
from screens.callbacks.settings import ChooseCentre, OpenColleagues, Right, SwitchRight, SwitchTopic, Topic
from screens.callbacks.support import AnswerSupport, AskSupport
from screens.language import Language
from screens.notices import told
from screens.refusals import refusal
from screens.screen import Screen, Toast
from tests.conftest import NOW

WANTED = Preferences(contact_id=1)
CUSTOMER = Customer(id=4, external_ref=None, name="سالن ماه & مهر", kind=CustomerKind.SALON)


def an_actor(customer: Customer | None) -> Actor:
    who = Identity(id=1, platform="telegram", user_id=1, chat_id=1, name="کسی")
    return Actor(identity=who, person=Stranger(), customer=customer)


def a_message(text: str = "سلام", customer: str | None = None) -> SupportMessage:
    return SupportMessage(id=3, identity_id=1, person="کسی", customer=customer, text=text, asked_at=NOW)


def test_home_names_the_centre_or_the_person(persian: Language) -> None:
    assert home.home(an_actor(CUSTOMER), persian).text.startswith("سالن ماه &amp; مهر\n")
    assert home.home(an_actor(None), persian).text.startswith("کسی")
    assert AskSupport() in home.no_centre(persian).taps


def test_every_screen_that_stands_in_has_a_way_on(persian: Language) -> None:
    standing_in = (home.not_understood, home.help_page, home.tried_again, home.you_are_welcome)
    for screen in (each(persian) for each in standing_in):
        assert OpenHome() in screen.taps
    assert home.old_button(persian).taps == (OpenHome(),)


def test_hours_that_touch_are_said_as_one_span(persian: Language) -> None:
    wanted = replace(WANTED, hours=((9, 13), (13, 16), (20, 22)))
    shown = settings.settings(wanted, persian, is_manager=False)
    assert "ساعت دریافت: ۹ تا ۱۶ و ۲۰ تا ۲۲" in shown.text


def test_each_role_has_its_menu(persian: Language) -> None:
    for role in Role:
        me = Staff(id=1, name="رضا", role=role)
        assert staff.staff_home(me, Workload(), persian).text.startswith("رضا (")
        assert staff.joined(me, persian).text.startswith("رضا، خوش آمدید")
    manager = Staff(id=1, name="رضا", role=Role.MANAGER)
    full = staff.staff_home(
        manager, Workload(request_count=2, order_count=5, questions=(a_message("متن " * 40),)), persian
    )
    assert full.taps[:3] == (OpenRequests(), OpenDesk(page=1), AnswerSupport(message_id=3))
    assert ("📥 درخواست‌های عضویت (۲)",) in full.labels
    assert all(len(label) <= 40 for row in full.labels for label in row)


def test_settings_say_what_the_next_tap_does(persian: Language) -> None:
    on = settings.settings(WANTED, persian, is_manager=True)
    off = settings.settings(
        replace(WANTED, reminders=False, promotions=False, surveys=True), persian, is_manager=False
    )
    assert OpenColleagues() in on.taps
    assert OpenColleagues() not in off.taps
    assert SwitchTopic(topic=Topic.PROMOTIONS, on=0) in on.taps
    assert SwitchTopic(topic=Topic.PROMOTIONS, on=1) in off.taps
    assert "⬜️ یادآوری سررسید" in off.text
    assert "✅ نظرسنجی بعد از هر تحویل" in off.text


def test_interests_turn_pages_and_stay_within_them(persian: Language) -> None:
    categories = [Category(id=number, name=f"دسته {number}") for number in range(1, 21)]
    for page, rows in ((0, 8), (1, 8), (2, 8), (3, 4), (99, 4)):
        screen = settings.interests(WANTED, categories, page, persian)
        assert sum(label.startswith("⬜️") for row in screen.labels for label in row) == rows
    assert settings.interests(WANTED, [], 1, persian).labels == (("⬅️ بازگشت", "🏠 خانه"),)


@pytest.mark.parametrize("may_order", [True, False])
@pytest.mark.parametrize("may_see_balance", [True, False])
def test_a_colleague_is_shown_with_the_rights_to_switch(
    persian: Language, *, may_order: bool, may_see_balance: bool
) -> None:
    role = ContactRole(contact_id=2, customer_id=4, may_order=may_order, may_see_balance=may_see_balance)
    boss = ContactRole(contact_id=1, customer_id=4, may_approve=True)
    screen = settings.colleagues(
        (Colleague(name="مدیر", role=boss), Colleague(name="سارا", role=role)), persian
    )
    switches = [tap for tap in screen.taps if isinstance(tap, SwitchRight)]
    assert switches == [
        SwitchRight(contact_id=2, right=Right.ORDER, on=int(not may_order)),
        SwitchRight(contact_id=2, right=Right.BALANCE, on=int(not may_see_balance)),
    ]
    assert "مدیر مرکز" in screen.text


def test_the_active_centre_is_ticked(persian: Language) -> None:
    other = replace(CUSTOMER, id=5, name="دیگر")
    screen = settings.centres((CUSTOMER, other), 5, persian)
    assert screen.labels[1] == ("✅ دیگر",)
    assert ChooseCentre(customer_id=4) in screen.taps


def test_support_speaks_of_the_person_and_their_centre(persian: Language) -> None:
    assert support.answer_question(a_message(customer="سالن"), persian).text.startswith("💬 پیام سالن:")
    assert support.answer_question(a_message(), persian).text.startswith("💬 پیام کسی:")
    assert OpenHome() in support.support_question(persian).taps
    copied = "کسی، 📞 <code>\u206609000001009\u2069</code>"
    for customer, mobile, who in (
        ("سالن", None, "کسی (سالن)"),
        (None, None, "کسی"),
        (None, "09000001009", copied),
    ):
        facts = {"person": "کسی", "customer": customer, "mobile": mobile, "text": "الف < ب"}
        to = Recipient(staff_id=1)
        asked = Notification(key="k", kind="support_asked", to=to, subject_id=3, due_at=NOW, facts=facts)
        assert told(asked, persian).text == f"💬 پیام تازه از {who}:\nالف &lt; ب"


def every_refusal() -> list[errors.Refusal]:
    return [
        errors.NotFound(),
        errors.NotAllowed("order"),
        errors.NotAllowed("balance", "آقای دکتر رضایی"),
        errors.NotAllowed("colleagues"),
        errors.NotApproved(),
        errors.ChangedMeanwhile(),
        errors.OrderClosed(),
        errors.TooLateToChange(3, 40521),
        errors.AlreadyDecided(),
        NoLinkYet(),
        ForAnotherCentre(4, "سالن رز"),
        errors.SurveyOver(),
        errors.TooLateToJudge(),
        errors.AlreadyJudged(),
        errors.SameScore(9),
        errors.AlreadyPlaced(40521),
        errors.NothingToRepeat(),
        errors.NotACode((10,)),
        errors.NotAnAmount(),
        errors.AmountTooLarge(Money(10**14)),
        errors.NotADay(),
        errors.NotAnAmountAndDay(),
        errors.EmptyOrder(),
        errors.TooManyLines(200),
        errors.NotAQuantity(),
        errors.NotHours(),
        errors.NumberOutOfBounds(1, 14),
        errors.TermNotUnderstood(),
        errors.TermRefused(),
        errors.QuantityNotSold("شامپو", 6, 6, 99_999),
        errors.QuantityNotSold("شامپو", 1, 1, 99_999),
        errors.Shortage(1, "ماسک", 10, 6),
        errors.NotSold(1, "ماسک"),
        errors.NoDeliveryDay(),
        errors.OutletNotChosen(),
        errors.SearchForgotten(),
        errors.NotYourContact(),
        errors.NotAMobile(),
        errors.NotAnIdentifier(),
        errors.NotAnAddress(),
        errors.TextRefused(100),
        guide_errors.NameTaken("ماهانه"),
        guide_errors.TooManySaved(10),
        errors.AlreadyRegistered(),
        errors.NumberTaken(),
        errors.InviteRefused(),
        errors.FileRefused(),
        errors.FileRefused(10),
        errors.TooFewLetters(),
        errors.LastHours(),
        errors.NotAProof(),
        errors.TrackingUsed("88412037", date(2026, 11, 3)),
        errors.AmountRefused(),
        errors.PaidInTheFuture(),
        errors.SamePerson(),
        errors.MoreThanDelivered(),
        errors.DownRefused(Money(42_343_360)),
    ]


def test_every_refusal_has_its_own_words(persian: Language, english: Language) -> None:
    said = set()
    for each in every_refusal():
        for language in (persian, english):
            answer = refusal(each, language)
            if isinstance(answer, Toast):
                assert len(answer.text) <= 200
                assert answer.alert
            else:
                assert isinstance(answer, Screen)
            said.add(answer.text)
    assert len(said) == 2 * len(every_refusal())


def test_no_refusal_was_forgotten() -> None:
    known = {
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.Refusal) and value is not errors.Refusal
    }
    assert known - {type(each) for each in every_refusal()} == set()


def test_s0_5_names_who_can_help(persian: Language) -> None:
    answer = refusal(errors.NotAllowed("balance", "آقای دکتر رضایی"), persian)
    assert answer.text == (
        "دیدن مانده‌حساب برای شماره شما فعال نیست. مدیر مرکز (آقای دکتر رضایی) می‌تواند آن را فعال کند."
    )

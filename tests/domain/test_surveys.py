"""Rule R13: NPS, when somebody is asked, and what an answer means."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.customers import Preferences
from domain.money import Money
from domain.nps_report import NpsSpan, instants_of, span_of
from domain.persian import addressed
from domain.push_rules import PushRules
from domain.staff import Role, Staff
from domain.surveys import (
    Answer,
    Nps,
    Opinion,
    first_moment,
    gap_days,
    is_too_soon,
    nps_by_customer,
    nps_of,
    opinion_of,
    values_of,
)
from domain.tickets import Earned, deadline, least_busy, monthly_margin

RULES = PushRules()
WANTED = Preferences(contact_id=1)
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""دوشنبه ۲ آذر, 11:00 in Tehran."""


@pytest.mark.parametrize(
    ("score", "opinion"),
    [
        (0, Opinion.DETRACTOR),
        (6, Opinion.DETRACTOR),
        (7, Opinion.PASSIVE),
        (8, Opinion.PASSIVE),
        (9, Opinion.PROMOTER),
        (10, Opinion.PROMOTER),
    ],
)
def test_a_score_makes_a_promoter_a_passive_or_a_detractor(score: int, opinion: Opinion) -> None:
    assert opinion_of(score) is opinion


def test_r13_forty_answers_give_plus_thirty_five() -> None:
    nps = nps_of([10] * 12 + [9] * 10 + [8] * 6 + [7] * 4 + [6] * 5 + [0] * 3)
    assert (nps.promoters, nps.passives, nps.detractors, nps.count) == (22, 10, 8, 40)
    assert nps.score == 35


def test_r13_under_five_answers_there_is_no_figure_but_a_count() -> None:
    assert (nps_of([10] * 4).score, nps_of([10] * 4).count) == (None, 4)
    assert nps_of([10] * 5).score == 100
    assert nps_of([]).score is None


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "score"),
    [(0, 0, 7, -100), (2, 2, 3, -14), (3, 2, 2, 14), (1, 7, 0, 13), (0, 7, 1, -13), (3, 3, 3, 0)],
)
def test_nps_is_a_whole_number_rounded_the_same_both_ways(
    promoters: int, passives: int, detractors: int, score: int
) -> None:
    assert Nps(promoters=promoters, passives=passives, detractors=detractors).score == score


def an_answer(customer: int, contact: int, score: int, day: int) -> Answer:
    return Answer(customer_id=customer, contact_id=contact, score=score, at=MONDAY + timedelta(days=day))


def test_a_customer_is_worth_the_last_answers_of_its_contacts() -> None:
    answers = [an_answer(1, 1, 2, 5), an_answer(1, 1, 10, 9), an_answer(1, 2, 7, 1), an_answer(2, 3, 4, 2)]
    assert values_of(answers) == {1: 9, 2: 4}, "10 and 7 are 8.5, which is 9"
    nps = nps_by_customer(answers)
    assert (nps.promoters, nps.passives, nps.detractors) == (1, 0, 1)


def test_a_delivery_is_asked_about_a_day_later() -> None:
    assert first_moment(MONDAY, WANTED, RULES, ()) == MONDAY + timedelta(days=1)


def test_nobody_is_asked_at_night_on_a_friday_or_in_hours_they_do_not_want() -> None:
    evening = MONDAY + timedelta(hours=10)
    assert first_moment(evening, WANTED, RULES, ()) == datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
    thursday = MONDAY + timedelta(days=3)
    assert first_moment(thursday, WANTED, RULES, ()) == datetime(2026, 11, 28, 5, 30, tzinfo=UTC)
    holiday = (date(2026, 11, 24),)
    assert first_moment(MONDAY, WANTED, RULES, holiday) == datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
    afternoons = Preferences(contact_id=1, hours=((16, 20),))
    assert first_moment(MONDAY, afternoons, RULES, ()) == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(("days", "gap", "soon"), [(6, 7, True), (7, 7, False), (0, 0, False), (1, 7, True)])
def test_nobody_is_asked_twice_within_the_gap(days: int, gap: int, *, soon: bool) -> None:
    assert is_too_soon(MONDAY, MONDAY + timedelta(days=days, minutes=-30), gap) is soon
    assert not is_too_soon(None, MONDAY, gap)


def test_a_tick_asks_after_each_delivery_and_no_tick_at_the_companys_pace() -> None:
    assert gap_days(WANTED, RULES) == 7
    assert gap_days(Preferences(contact_id=1, surveys=True), RULES) == 0
    assert gap_days(WANTED, PushRules(min_gap_days=0)) == 0


def test_a_ticket_is_due_in_two_days_and_a_key_customers_in_four_hours_of_work() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert deadline(tuesday, RULES, (), is_key=False) == tuesday + timedelta(hours=48)
    assert deadline(tuesday, RULES, (), is_key=True) == tuesday + timedelta(hours=4)
    evening = tuesday + timedelta(hours=4)
    assert deadline(evening, RULES, (), is_key=True) == datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


def test_a_ticket_goes_to_whoever_has_fewest() -> None:
    people = [Staff(id=each, name=str(each), role=Role.SUPPORT) for each in (1, 2, 3)]
    assert least_busy(people, {1: 2, 2: 1, 3: 1}) == people[1]
    assert least_busy(people, {}) == people[0]
    assert least_busy([], {}) is None


def test_a_month_of_margin_is_not_spread_over_days_before_the_first_order() -> None:
    ninety = Earned(margin=Money(450), since=MONDAY - timedelta(days=89))
    assert monthly_margin(ninety, MONDAY) == Money(150)
    lately = Earned(margin=Money(450), since=MONDAY - timedelta(days=3))
    assert monthly_margin(lately, MONDAY) == Money(450)
    assert monthly_margin(None, MONDAY) is None


def test_a_doctor_is_spoken_to_as_doctor() -> None:
    assert addressed("آقای دکتر رضایی") == "دکتر"
    assert addressed("مهندس کریمی") == "مهندس"
    assert addressed("خانم صادقی") == "خانم صادقی"
    assert addressed("دکتر") == "دکتر"


def test_spans_are_weeks_from_saturday_jalali_months_and_seasons() -> None:
    today = date(2026, 11, 24)
    week = span_of(NpsSpan.WEEK, today)
    assert (week.first, week.last) == (date(2026, 11, 21), date(2026, 11, 27))
    assert span_of(NpsSpan.WEEK, today, 1).last == date(2026, 11, 20)
    month = span_of(NpsSpan.MONTH, today)
    assert (month.first, month.last) == (date(2026, 11, 22), date(2026, 12, 21))
    season = span_of(NpsSpan.QUARTER, today)
    assert (season.first, season.last) == (date(2026, 9, 23), date(2026, 12, 21))
    assert span_of(NpsSpan.QUARTER, today, 1).last == date(2026, 9, 22)
    first, until = instants_of(week)
    assert until - first == timedelta(days=7)

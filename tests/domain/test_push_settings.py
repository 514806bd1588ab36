from __future__ import annotations

from dataclasses import fields

import pytest

from domain.errors import NotHours, NumberOutOfBounds
from domain.money import of_toman
from domain.push_rules import PREFIX, PushRules, kept_value, rules_of
from domain.push_settings import (
    BOUNDS,
    HOURS,
    PARTS,
    PushRule,
    amount_of,
    part_of,
    typed_number,
    typed_spans,
    value_of,
)


def test_every_rule_can_be_changed_and_stands_in_one_part() -> None:
    assert {each.name for each in fields(PushRules)} == {rule.value for rule in PushRule}
    assert sorted(rule for rules in PARTS.values() for rule in rules) == sorted(PushRule)
    assert set(BOUNDS) | HOURS == set(PushRule)
    assert all(rule in PARTS[part_of(rule)] for rule in PushRule)


def test_what_is_usual_lies_within_the_bounds() -> None:
    usual = PushRules()
    for rule, (first, last) in BOUNDS.items():
        value = value_of(usual, rule)
        assert isinstance(value, int)
        assert first <= value <= last


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("۹ تا ۱۳ و ۱۶ تا ۲۰", ((9, 13), (16, 20))),
        ("16-20, 9-13", ((9, 13), (16, 20))),
        ("از ۸ تا ۲۲", ((8, 22),)),
    ],
)
def test_hours_are_typed_as_people_say_them(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert typed_spans(text) == spans
    assert rules_of({"survey_hours": kept_value(spans)}).survey_hours == spans


@pytest.mark.parametrize(
    "text", [None, "", "صبح", "۱۳ تا ۹", "۹ تا ۱۳ و ۱۲ تا ۱۵", "۳ تا ۵", "۲۰ تا ۲۴", "9:30 تا 12"]
)
def test_what_are_no_hours_of_a_day_is_refused(text: str | None) -> None:
    with pytest.raises(NotHours):
        typed_spans(text)


@pytest.mark.parametrize("text", ["۱۵", "-1", "دو", "", "1.5", "9" * 20])
def test_a_number_out_of_bounds_is_refused_with_them(text: str) -> None:
    with pytest.raises(NumberOutOfBounds) as refused:
        typed_number(PushRule.PROMOTIONS_A_WEEK, text)
    assert (refused.value.first, refused.value.last) == (0, 14)


def test_a_number_is_read_in_persian_digits_too() -> None:
    assert typed_number(PushRule.SURVEY_GAP, " ۰ ") == 0
    assert amount_of(PushRule.LEAST_REMINDER, of_toman(500_000)) == 5_000_000
    assert PREFIX == "push."

"""Examples of the rules of messages and of the holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.push_rules import PushRules
from domain.push_settings import PushPart, PushRule, value_of
from sandbox.gallery_types import Example
from screens import push_rules

RULES = PushRules()
DAY = date(2027, 1, 5)
HOLIDAYS = ((date(2026, 12, 24), "وفات حضرت ام‌البنین"), (DAY, "تعطیلی انبار"))


def push_rule_screens() -> Iterator[Example]:
    everything = tuple(PushPart)
    yield "push_rules.all_rules", lambda _: push_rules.all_rules(RULES, everything, _, is_manager=True)
    finance = (PushPart.REMINDERS,)
    yield (
        "push_rules.all_rules: finance",
        lambda _: push_rules.all_rules(RULES, finance, _, is_manager=False),
    )
    for part in PushPart:
        yield _part(part)
    for rule in (PushRule.REMINDER_HOURS, PushRule.LEAST_REMINDER, PushRule.PROMOTIONS_A_WEEK):
        yield _question(rule)
    yield "push_rules.holidays", lambda _: push_rules.holidays(HOLIDAYS, 1, _)
    yield "push_rules.holidays: pages", lambda _: push_rules.holidays(HOLIDAYS * 9, 2, _)
    yield "push_rules.holidays: none", lambda _: push_rules.holidays((), 1, _)
    yield "push_rules.holiday_day_question", push_rules.holiday_day_question
    yield "push_rules.holiday_name_question", lambda _: push_rules.holiday_name_question(DAY, _)
    yield "push_rules.holiday_added", lambda _: push_rules.holiday_added(DAY, 0, _)
    yield "push_rules.holiday_added: promised", lambda _: push_rules.holiday_added(DAY, 7, _)
    yield "push_rules.drop_question", lambda _: push_rules.drop_question(DAY, "تعطیلی انبار", _)


def _part(part: PushPart) -> Example:
    return f"push_rules.one_part: {part}", lambda _: push_rules.one_part(RULES, part, _)


def _question(rule: PushRule) -> Example:
    value = value_of(RULES, rule)
    return f"push_rules.rule_question: {rule}", lambda _: push_rules.rule_question(rule, value, _)

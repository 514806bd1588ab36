"""Rule R7 as data: levels by their days, what is told and what is not, promises, and the late charge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.balances import OpenInvoice, Promise, PromiseState
from domain.bank_accounts import BankAccount, account_of, grouped, typed_card, typed_sheba
from domain.holidays import holidays
from domain.late_charges import late_charge
from domain.money import Money, Rate, of_toman
from domain.promises import KeptRatio, Promisable, judged, offered_days, silent_until
from domain.push_rules import PushRules
from domain.reminder_errors import (
    AlreadyPromised,
    DayTooFar,
    NoMorePromises,
    NotACard,
    NotASheba,
    NothingOwed,
    PromisedTooLittle,
    PromisedTooMuch,
)
from domain.reminders import (
    LEVELS,
    NEVER,
    Ladder,
    OwedInvoice,
    Reminding,
    Silence,
    broken_level,
    due_items,
    ladder_of,
    look_again,
    what_to_tell,
)

DUE = date(2026, 11, 15)
"""24 Aban 1405."""
LADDER = Ladder()
RULES = PushRules()
DAY = timedelta(days=1)
OWED = OwedInvoice(id=7, number=21_045, due_on=DUE, open=of_toman(12_300_000))


def test_the_levels_are_those_of_the_rule() -> None:
    assert [(level.number, level.days) for level in LEVELS] == [
        (0, -3), (1, 0), (2, 3), (3, 7), (4, 14), (5, 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "number"),
    [
        (-4, None),
        (-3, 0),
        (-1, 0),
        (0, 1),
        (2, 1),
        (3, 2),
        (7, 3),
        (13, 3),
        (14, 4),
        (29, 4),
        (30, 5),
        (400, 5),
    ],
)
def test_a_day_reaches_the_highest_level(days: int, number: int | None) -> None:
    level = LADDER.reached(DUE, DUE + days * DAY)
    assert (level.number if level else None) == number


def test_a_level_that_is_off_is_passed_over() -> None:
    ladder = LADDER.with_level(replace(LEVELS[2], is_on=False))
    level = ladder.reached(DUE, DUE + 5 * DAY)
    assert level is not None
    assert level.number == 1
    assert ladder.next_day(DUE, DUE, 1) == DUE + 7 * DAY
    assert ladder_of(ladder.facts()) == ladder
    assert Ladder().facts() == {}


def test_credit_of_some_stops_on_a_day_of_their_own() -> None:
    level = LADDER.reached(DUE, DUE + 44 * DAY, 45)
    assert level is not None
    assert level.number == 4
    last = LADDER.reached(DUE, DUE + 45 * DAY, 45)
    assert last is not None
    assert last.stops_credit


def test_levels_keep_their_order() -> None:
    assert LADDER.bounds(2) == (1, 6)
    assert LADDER.bounds(0) == (-15, -1)
    assert LADDER.bounds(5) == (15, 120)


def test_what_was_told_or_is_quiet_is_not_due() -> None:
    today = DUE + 3 * DAY
    assert [item.level.number for item in due_items([OWED], LADDER, today)] == [2]
    for quiet in (
        replace(OWED, told=2),
        replace(OWED, is_disputed=True),
        replace(OWED, in_review=True),
        replace(OWED, quiet_until=today),
    ):
        assert due_items([quiet], LADDER, today) == ()
    assert due_items([replace(OWED, quiet_until=today - DAY)], LADDER, today) != ()


def test_what_is_in_hand_covers_the_oldest_first() -> None:
    later = replace(OWED, id=8, due_on=DUE + DAY, open=of_toman(5_000_000))
    today = DUE + 3 * DAY
    found = due_items([later, OWED], LADDER, today, credit=of_toman(12_300_000))
    assert [item.invoice.id for item in found] == [8]


def test_one_message_a_day_three_a_week_and_none_about_a_trifle() -> None:
    today = DUE + 3 * DAY
    items = due_items([OWED], LADDER, today)
    told = what_to_tell(items, RULES, (), today)
    assert isinstance(told, Reminding)
    assert (told.level.number, told.amount) == (2, of_toman(12_300_000))
    assert what_to_tell((), RULES, (), today) is Silence.NOTHING_DUE
    assert what_to_tell(items, RULES, {today}, today) is Silence.TOLD_TODAY
    week = {today - each * DAY for each in (1, 2, 6)}
    assert what_to_tell(items, RULES, week, today) is Silence.ENOUGH_THIS_WEEK
    assert isinstance(
        what_to_tell(items, RULES, {today - each * DAY for each in (1, 2, 7)}, today), Reminding
    )
    grave = due_items([OWED], LADDER, DUE + 14 * DAY)
    many = {DUE + each * DAY for each in (11, 12, 13)}
    assert isinstance(what_to_tell(grave, RULES, many, DUE + 14 * DAY), Reminding)


@pytest.mark.parametrize(("toman", "is_told"), [(499_999, False), (500_000, True)])
def test_the_least_amount_is_500_000_toman(toman: int, is_told: bool) -> None:
    items = due_items([replace(OWED, open=of_toman(toman))], LADDER, DUE)
    assert isinstance(what_to_tell(items, RULES, (), DUE), Reminding) is is_told


@pytest.mark.parametrize(
    ("days", "told", "number"),
    [(10, 2, 4), (1, 0, 2), (4, 2, 3), (20, 2, 4), (20, 4, 5), (-2, None, 1), (40, 5, 5)],
)
def test_a_broken_promise_is_one_level_higher(days: int, told: int | None, number: int) -> None:
    """R7's example: on the eleventh day by its days it is level 3, so that level 4 follows."""
    assert broken_level(LADDER, replace(OWED, told=told), DUE + days * DAY).number == number


def test_the_next_look_is_when_something_can_be_said() -> None:
    today = DUE + 3 * DAY
    told = replace(OWED, told=2)
    assert look_again(told, LADDER, today, None) == DUE + 7 * DAY
    assert look_again(replace(OWED, told=5), LADDER, today, None) == NEVER
    assert look_again(OWED, LADDER, today, Silence.TOLD_TODAY) == today + DAY
    assert look_again(OWED, LADDER, today, Silence.TOO_LITTLE) == DUE + 7 * DAY
    assert look_again(replace(told, is_disputed=True), LADDER, today, None) == today + DAY
    promised = replace(told, quiet_until=today + 6 * DAY)
    assert look_again(promised, LADDER, today, None, promised_on=today + 5 * DAY) == today + 5 * DAY
    there = today + 5 * DAY
    assert look_again(promised, LADDER, there, Silence.TOLD_TODAY, promised_on=there) == today + 7 * DAY


@given(days=st.integers(-20, 200), told=st.none() | st.integers(0, 5), off=st.sets(st.integers(0, 5)))
def test_a_look_is_always_ahead_and_never_passes_a_level(days: int, told: int | None, off: set[int]) -> None:
    ladder = Ladder(levels=tuple(replace(each, is_on=each.number not in off) for each in LEVELS))
    today = DUE + days * DAY
    invoice = replace(OWED, told=told)
    next_look = look_again(invoice, ladder, today, None)
    assert next_look > today
    for ahead in range((min(next_look, today + 60 * DAY) - today).days):
        between = today + ahead * DAY
        due = due_items([invoice], ladder, between)
        assert due == due_items([invoice], ladder, today), "nothing new before the next look"


def test_r7_promise_days() -> None:
    """27 Aban is a Wednesday: Saturday, Monday and Wednesday are offered; silent through 3 Azar."""
    free = holidays()
    today = DUE + 3 * DAY
    assert offered_days(today, free, 10) == (date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 25))
    assert silent_until(date(2026, 11, 23), free) == date(2026, 11, 24)
    thursday = date(2026, 11, 26)
    assert silent_until(thursday, free) == date(2026, 11, 28), "Friday is no day to judge on"


def promisable(**changes: object) -> Promisable:
    invoice = OpenInvoice(
        id=7,
        number=21_045,
        issued_on=DUE - 21 * DAY,
        due_on=DUE,
        open=of_toman(12_300_000),
        total=of_toman(12_300_000),
    )
    values: dict[str, object] = {"invoice": invoice, "known": (), "today": DUE, "rules": RULES}
    return Promisable(**{**values, **changes})  # type: ignore[arg-type]


def test_a_promise_has_its_bounds() -> None:
    found = promisable()
    found.require_open()
    found.require_day(DUE)
    found.require_day(DUE + 10 * DAY)
    for day in (DUE - DAY, DUE + 11 * DAY):
        with pytest.raises(DayTooFar):
            found.require_day(day)
    found.require_amount(of_toman(1_230_000))
    with pytest.raises(PromisedTooLittle):
        found.require_amount(of_toman(1_229_999))
    with pytest.raises(PromisedTooMuch):
        found.require_amount(of_toman(12_300_001))


def test_an_invoice_is_promised_twice_at_most_and_once_at_a_time() -> None:
    broken = Promise(amount=Money(1), on=DUE, state=PromiseState.BROKEN)
    promisable(known=(broken,)).require_open()
    with pytest.raises(NoMorePromises):
        promisable(known=(broken, broken)).require_open()
    with pytest.raises(AlreadyPromised):
        promisable(known=(replace(broken, state=PromiseState.OPEN),)).require_open()
    paid = replace(promisable().invoice, open=Money(0))
    with pytest.raises(NothingOwed):
        promisable(invoice=paid).require_open()


def test_a_promise_is_kept_by_what_has_come_since() -> None:
    promise = Promise(amount=Money(100), on=DUE)
    assert judged(promise, Money(100), is_paid=False) is PromiseState.KEPT
    assert judged(promise, Money(99), is_paid=False) is PromiseState.BROKEN
    assert judged(promise, Money(0), is_paid=True) is PromiseState.KEPT


def test_the_kept_ratio() -> None:
    assert KeptRatio(kept=0, broken=0).rate is None
    assert KeptRatio(kept=2, broken=1).rate == Rate(6_700)
    assert KeptRatio(kept=18, broken=2).rate == Rate(9_000)


def test_the_late_charge_of_the_rule() -> None:
    assert late_charge(of_toman(12_300_000), Rate(1_800), 6) == of_toman(36_395)
    assert late_charge(of_toman(12_300_000), Rate(1_800), 0) == Money(0)


def test_a_sheba_has_the_right_check_digits_however_it_is_typed() -> None:
    good = "IR160120000000001234567890"
    for text in (good, "ir16 0120 0000 0000 1234 5678 90", "۱۶۰۱۲۰۰۰۰۰۰۰۰۰۱۲۳۴۵۶۷۸۹۰"):
        assert typed_sheba(text) == good
    for wrong in ("IR170120000000001234567890", "IR16012000000000123456789", "", None, "سلام"):
        with pytest.raises(NotASheba):
            typed_sheba(wrong)
    account = BankAccount(id=1, sheba=good, card="6104337700000001")
    assert account.bank == "ملت"
    assert account_of(account.facts()) == account
    assert grouped("6104337700000001") == "6104 3377 0000 0001"


def test_a_card_has_the_right_check_digit() -> None:
    assert typed_card("۶۱۰۴-۳۳۷۷-۰۰۰۰-۰۰۰۱") == "6104337700000001"
    with pytest.raises(NotACard):
        typed_card("6104337700000002")

"""Rule R3: the table of a cheque's life, its number, its days."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cheque_errors import (
    MoveRefused,
    NotASayadId,
    NothingToUndo,
    SayadNotConfirmed,
    SayadNotTransferred,
)
from domain.holidays import holidays
from domain.instruments import (
    NEXT,
    BounceReason,
    Cheque,
    ChequePlace,
    ChequeState,
    Counted,
    counted_in,
    effective_due,
    remind_on,
    state_before,
)
from domain.money import of_toman
from domain.sayad import SAYAD_NEXT, SayadState, sayad_id
from tests.conftest import NOW
from tests.domain.test_ras import jalali

S, R = ChequeState, SayadState
# Rule R3 as it is written there: to each state, from which ones.
FROM: dict[ChequeState, set[ChequeState]] = {
    S.ANNOUNCED: set(),
    S.RECEIVED: {S.ANNOUNCED, S.DEPOSITED, S.ENDORSED},
    S.DEPOSITED: {S.RECEIVED, S.BOUNCED},
    S.ENDORSED: {S.RECEIVED},
    S.CLEARED: {S.RECEIVED, S.DEPOSITED, S.ENDORSED},
    S.BOUNCED: {S.DEPOSITED, S.ENDORSED},
    S.LEGAL: {S.BOUNCED},
    S.SETTLED: {S.BOUNCED, S.LEGAL},
    S.HANDED_BACK: {S.RECEIVED, S.SETTLED, S.ANNOUNCED},
    S.VOID: {S.ANNOUNCED},
}
EVERY_MOVE = list(product(S, S))
CHEQUE = Cheque(
    id=1,
    customer_id=1,
    sayad_id="1234567890123456",
    amount=of_toman(7_500_000),
    due_on=date(2026, 11, 26),
    effective_due=date(2026, 11, 26),
)


def at(state: ChequeState, to: ChequeState) -> Cheque:
    """A cheque in that state, with what the register has to say for that move."""
    return replace(CHEQUE, state=state, sayad_state=R.TRANSFERRED if to is S.ENDORSED else R.CONFIRMED)


@pytest.mark.parametrize(("was", "to"), EVERY_MOVE, ids=[f"{a}-{b}" for a, b in EVERY_MOVE])
def test_only_the_moves_of_the_table_are_made(was: ChequeState, to: ChequeState) -> None:
    cheque = at(was, to)
    assert (to in cheque.can_move_to) is (was in FROM[to])
    if was in FROM[to]:
        moved = cheque.moved_to(to, NOW, by="مالی")
        assert (moved.state, moved.moves[-1].was, moved.moves[-1].at) == (to, was, NOW)
    else:
        with pytest.raises(MoveRefused):
            cheque.moved_to(to, NOW)


def test_the_table_and_the_rule_agree() -> None:
    assert {state: {was for was in S if state in NEXT[was]} for state in S} == FROM


def test_what_each_state_counts_as() -> None:
    uncleared = {S.RECEIVED, S.DEPOSITED, S.ENDORSED}
    assert {state for state in S if counted_in(state) is Counted.UNCLEARED} == uncleared
    assert {state for state in S if counted_in(state) is Counted.BOUNCED} == {S.BOUNCED, S.LEGAL}


@pytest.mark.parametrize("said", [state for state in R if state is not R.CONFIRMED])
def test_the_bank_takes_only_what_was_confirmed(said: SayadState) -> None:
    cheque = replace(CHEQUE, state=S.RECEIVED, sayad_state=said)
    assert S.DEPOSITED not in cheque.can_move_to
    with pytest.raises(SayadNotConfirmed):
        cheque.moved_to(S.DEPOSITED, NOW)


def test_a_cheque_that_bounced_goes_to_the_bank_again_as_it_is() -> None:
    cheque = replace(CHEQUE, state=S.BOUNCED, sayad_state=R.NONE)
    assert cheque.moved_to(S.DEPOSITED, NOW).state is S.DEPOSITED


def test_handing_on_needs_a_transfer_in_the_register() -> None:
    cheque = replace(CHEQUE, state=S.RECEIVED, sayad_state=R.CONFIRMED)
    with pytest.raises(SayadNotTransferred):
        cheque.moved_to(S.ENDORSED, NOW)
    handed_on = cheque.recorded(R.TRANSFERRED).moved_to(S.ENDORSED, NOW)
    assert handed_on.place is ChequePlace.THIRD_PARTY


@pytest.mark.parametrize(("was", "to"), list(product(R, R)))
def test_the_register_has_a_table_too(was: SayadState, to: SayadState) -> None:
    cheque = replace(CHEQUE, sayad_state=was)
    if to in SAYAD_NEXT[was]:
        assert cheque.recorded(to).sayad_state is to
    else:
        with pytest.raises(MoveRefused):
            cheque.recorded(to)


def test_the_place_and_the_days_follow_the_state() -> None:
    today = date(2026, 11, 21)
    received = replace(CHEQUE, sayad_state=R.CONFIRMED).moved_to(S.RECEIVED, NOW)
    assert (received.place, received.received_on) == (ChequePlace.SAFE, today)
    deposited = received.moved_to(S.DEPOSITED, NOW)
    assert (deposited.place, deposited.received_on) == (ChequePlace.BANK, today)
    bounced = deposited.moved_to(S.BOUNCED, NOW, reason="کسری")
    assert (bounced.place, bounced.bounced_on, bounced.closed_on) == (ChequePlace.SAFE, today, None)
    settled = bounced.moved_to(S.SETTLED, NOW)
    assert (settled.closed_on, settled.bounced_on) == (today, today)
    assert settled.moved_to(S.HANDED_BACK, NOW).place is ChequePlace.CUSTOMER


def test_an_undo_goes_back_step_by_step_and_forgets_what_was_not() -> None:
    cheque = replace(CHEQUE, sayad_state=R.CONFIRMED).moved_to(S.RECEIVED, NOW).moved_to(S.DEPOSITED, NOW)
    bounced = replace(cheque.moved_to(S.BOUNCED, NOW), bounce_reason=BounceReason.FUNDS)
    back = bounced.undone(NOW, "اشتباه ثبت شد")
    assert (back.state, back.place) == (S.DEPOSITED, ChequePlace.BANK)
    assert (back.bounced_on, back.bounce_reason) == (None, None)
    assert back.moves[-1].is_undo
    assert back.moves[-1].reason == "اشتباه ثبت شد"
    received = back.undone(NOW, "اشتباه")
    assert received.state is S.RECEIVED
    announced = received.undone(NOW, "اشتباه")
    assert (announced.state, announced.received_on) == (S.ANNOUNCED, None)
    with pytest.raises(NothingToUndo):
        announced.undone(NOW, "اشتباه")


def test_after_an_undo_another_move_can_be_undone() -> None:
    cheque = replace(CHEQUE, sayad_state=R.CONFIRMED).moved_to(S.RECEIVED, NOW)
    again = cheque.moved_to(S.CLEARED, NOW).undone(NOW, "اشتباه").moved_to(S.DEPOSITED, NOW)
    assert (again.closed_on, state_before(again.moves)) == (None, S.RECEIVED)


@pytest.mark.parametrize(
    "text", ["۹۸۷۶۵۴۳۲۱۰۱۲۳۴۵۶", "9876 5432 1012 3456", "9876-5432-1012-3456", "صیاد: ٩٨٧٦٥٤٣٢١٠١٢٣٤٥٦"]
)
def test_a_sayad_id_is_known_however_it_is_written(text: str) -> None:
    assert sayad_id(text) == "9876543210123456"


@pytest.mark.parametrize(("text", "sent"), [("۱۲۳۴۵۶۷۸۹۰۱۲۳", 13), ("", 0), ("سلام", 0), ("1" * 17, 17)])
def test_a_refused_sayad_id_says_how_many_digits_came(text: str, sent: int) -> None:
    with pytest.raises(NotASayadId) as refused:
        sayad_id(text)
    assert refused.value.sent == sent


@given(st.text())
def test_any_text_is_a_sayad_id_or_refused(text: str) -> None:
    with suppress(NotASayadId):
        assert len(sayad_id(text)) == 16


def test_a_cheque_of_friday_is_paid_on_saturday() -> None:
    assert effective_due(jalali("1405/09/20"), holidays()) == jalali("1405/09/21")
    assert effective_due(jalali("1405/09/05"), holidays()) == jalali("1405/09/05")


def test_the_drawer_is_reminded_three_working_days_and_one_before() -> None:
    thursday = jalali("1405/09/05")
    assert remind_on(thursday, holidays()) == {3: jalali("1405/09/02"), 1: jalali("1405/09/04")}


def test_fridays_and_holidays_are_no_working_days_before() -> None:
    """Saturday 21 Azar: the Friday before it does not count."""
    saturday = jalali("1405/09/21")
    assert remind_on(saturday, holidays()) == {3: jalali("1405/09/17"), 1: jalali("1405/09/19")}
    assert remind_on(saturday, {jalali("1405/09/19")})[1] == jalali("1405/09/18")

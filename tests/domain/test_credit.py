"""Rule R2: what a customer may owe, the worked numbers to the rial, and the decision table."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.credit import CreditLimit, CreditStanding, HoldKind, chained
from domain.credit_decisions import CreditOutcome, OverLimit, decide, percent_of
from domain.money import ZERO, Money, of_toman
from domain.staff import Role

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def million(toman: int) -> Money:
    return of_toman(toman * 1_000_000)


AFTAB = CreditStanding(
    customer_id=1,
    open_invoices=million(120),
    uncleared=million(95),
    uncleared_count=3,
    open_orders=million(30),
    unallocated=million(5),
    segment="B",
    today=TODAY,
    limit=CreditLimit(total=million(300)),
)
"""The example of R2.2."""


def test_the_example_uses_240_and_leaves_60() -> None:
    assert (AFTAB.exposure, AFTAB.remaining) == (million(240), million(60))


def test_an_order_of_72_would_be_12_over_at_104_percent_and_goes_to_a_sales_manager() -> None:
    decision = decide(AFTAB, million(72))
    assert decision.with_order == million(312)
    assert (decision.row, decision.over_by, decision.percent) == (7, million(12), 104)
    assert decision.outcome.deciders == (Role.MANAGER, Role.FINANCE)


def test_a_cheque_that_clears_gives_credit_back() -> None:
    cleared = replace(AFTAB, uncleared=million(55))
    assert (cleared.exposure, cleared.remaining) == (million(200), million(100))


def test_a_cheque_that_bounces_changes_no_exposure_but_holds_every_order_on_credit() -> None:
    bounced = replace(AFTAB, uncleared=million(70), bounced=million(25), bounced_count=1)
    assert bounced.exposure == million(240)
    decision = decide(bounced, million(1))
    assert (decision.row, decision.outcome) == (3, CreditOutcome.HELD_FINANCE)
    assert decide(bounced, ZERO).outcome is CreditOutcome.CASH


def test_the_salon_has_17_844_400_left() -> None:
    salon = CreditStanding(
        customer_id=2,
        open_invoices=of_toman(12_300_000) + of_toman(5_821_200),
        uncleared=of_toman(21_500_000),
        uncleared_count=3,
        open_orders=of_toman(2_534_400),
        today=TODAY,
        limit=CreditLimit(total=of_toman(60_000_000)),
    )
    assert salon.remaining == of_toman(17_844_400)
    assert salon.balance == of_toman(18_121_200)


def test_the_pharmacy_has_77_114_160_left_after_its_first_order() -> None:
    pharmacy = CreditStanding(
        customer_id=3,
        open_invoices=of_toman(62_300_000),
        today=TODAY,
        limit=CreditLimit(total=of_toman(150_000_000)),
    )
    assert pharmacy.with_order(of_toman(10_585_840)).remaining == of_toman(77_114_160)


def test_a_received_cheque_lowers_the_balance_and_leaves_the_remaining_credit() -> None:
    received = replace(AFTAB, open_invoices=million(80), uncleared=million(135))
    assert received.remaining == AFTAB.remaining
    assert received.balance == AFTAB.balance - million(40)


@pytest.mark.parametrize(
    ("changes", "amount", "row"),
    [
        ({"is_blocked": True}, 0, 1),
        ({"holds": frozenset({HoldKind.LEGAL})}, 1, 1),
        ({"bounced": million(1)}, 0, 2),
        ({"bounced": million(1)}, 1, 3),
        ({"holds": frozenset({HoldKind.BOUNCED})}, 1, 3),
        ({"holds": frozenset({HoldKind.MANUAL})}, 1, 3),
        ({"holds": frozenset({HoldKind.OVERDUE})}, 1, 4),
        ({"has_broken_promise": True}, 1, 4),
        ({"oldest_due": TODAY - timedelta(days=30)}, 1, 5),
        ({"oldest_due": TODAY - timedelta(days=31)}, 1, 4),
        ({"oldest_due": TODAY - timedelta(days=45), "segment": "A"}, 1, 5),
        ({"oldest_due": TODAY - timedelta(days=46), "segment": "A"}, 1, 4),
        ({"oldest_due": TODAY - timedelta(days=31), "overdue_days_allowed": 60}, 1, 5),
        ({}, 60, 5),
        ({}, 61, 7),
        ({"segment": "A"}, 61, 6),
        ({"segment": "A"}, 90, 6),
        ({"segment": "A", "oldest_due": TODAY - timedelta(days=1)}, 61, 7),
        ({}, 90, 7),
        ({}, 91, 8),
        ({"segment": "A"}, 91, 8),
    ],
)
def test_the_first_row_that_matches_decides(changes: dict[str, object], amount: int, row: int) -> None:
    standing = replace(AFTAB, **changes)  # type: ignore[arg-type]
    assert decide(standing, million(amount)).row == row


def test_equality_passes_and_one_rial_more_does_not() -> None:
    assert decide(AFTAB, million(60)).row == 5
    assert decide(AFTAB, million(60) + Money(1)).row == 7
    assert decide(AFTAB, million(90)).row == 7
    assert decide(AFTAB, million(90) + Money(1)).row == 8


def test_a_limit_that_ten_percent_do_not_divide_is_measured_exactly() -> None:
    odd = CreditStanding(customer_id=1, today=TODAY, limit=CreditLimit(total=Money(15)))
    assert [decide(odd, Money(rials)).row for rials in (15, 16, 17)] == [5, 7, 8]


def test_both_ceilings_must_hold() -> None:
    both = replace(AFTAB, limit=CreditLimit(open=million(150), total=million(300)))
    assert both.on_account == million(115)
    assert decide(both, million(35), on_account=True).row == 5
    assert decide(both, million(36), on_account=True).row == 7
    assert decide(both, million(51), on_account=True).row == 8
    assert decide(both, million(51), on_account=False).row == 5


def test_without_any_limit_all_is_cash() -> None:
    nobody = CreditStanding(customer_id=1, today=TODAY, limit=chained(None, None, None))
    assert nobody.is_cash_only
    assert decide(nobody, Money(1)).row == 8
    assert decide(nobody, ZERO).row == 2
    assert decide(replace(nobody, unallocated=Money(10)), Money(10)).row == 5


def test_empty_ceilings_are_inherited_and_zero_is_not_empty() -> None:
    group, company = CreditLimit(open=Money(5)), CreditLimit(open=Money(9), total=Money(90))
    assert chained(CreditLimit(total=Money(7)), group, company) == CreditLimit(open=Money(5), total=Money(7))
    assert chained(None, group, company) == CreditLimit(open=Money(5), total=Money(90))
    assert chained(CreditLimit(total=ZERO), group, company).total == ZERO


def test_a_temporary_limit_ends_at_its_instant() -> None:
    limit = CreditLimit(total=Money(1), valid_until=NOW)
    assert limit.holds_at(NOW - timedelta(seconds=1))
    assert not limit.holds_at(NOW)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(312, 300, 104), (1, 3, 33), (1, 200, 1), (1, 201, 0), (5, 0, 100), (0, 0, 0)],
)
def test_percents_are_whole_and_rounded_half_up(part: int, whole: int, percent: int) -> None:
    assert percent_of(Money(part), Money(whole)) == percent


@pytest.mark.parametrize(
    ("standing", "amount", "can_split"),
    [
        (AFTAB, 72, True),
        (AFTAB, 200, True),
        (replace(AFTAB, limit=CreditLimit(total=million(240))), 10, False),
        (replace(AFTAB, bounced=million(1)), 72, False),
    ],
)
def test_paying_the_difference_is_offered_only_where_it_helps(
    standing: CreditStanding, amount: int, *, can_split: bool
) -> None:
    over = OverLimit(
        order_id=1, version=1, nonce="n", payable=million(amount), decision=decide(standing, million(amount))
    )
    assert over.can_split is can_split


amounts = st.integers(0, 10**13).map(Money)
standings = st.builds(
    CreditStanding,
    customer_id=st.just(1),
    open_invoices=amounts,
    bounced=amounts,
    bounced_count=st.integers(0, 3),
    uncleared=amounts,
    uncleared_count=st.integers(0, 3),
    open_orders=amounts,
    unallocated=amounts,
    oldest_due=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    today=st.just(TODAY),
    has_broken_promise=st.booleans(),
    is_blocked=st.booleans(),
    holds=st.frozensets(st.sampled_from(HoldKind)),
    segment=st.sampled_from(["A", "B", None]),
    limit=st.builds(CreditLimit, open=st.none() | amounts, total=amounts),
)


@given(standings, amounts, st.booleans())
def test_a_credit_order_passes_alone_only_within_its_limit_or_as_row_6_says(
    standing: CreditStanding, amount: Money, on_account: bool
) -> None:
    decision = decide(standing, amount, on_account=on_account)
    if decision.outcome is CreditOutcome.AUTO:
        assert standing.exposure + amount <= standing.total_limit
    if decision.outcome is CreditOutcome.AUTO_TOLD:
        assert (standing.exposure + amount).rials * 100 <= standing.total_limit.rials * 110
        assert standing.segment == "A"
    if standing.bounced and amount:
        assert not decision.outcome.is_accepted


@given(standings, amounts, amounts)
def test_more_on_credit_is_never_judged_more_kindly(
    standing: CreditStanding, amount: Money, more: Money
) -> None:
    if amount:
        assert decide(standing, amount).row <= decide(standing, amount + more).row


@given(standings, amounts)
def test_exposure_grows_by_exactly_the_order(standing: CreditStanding, amount: Money) -> None:
    after = standing.with_order(amount)
    assert after.exposure - standing.exposure == amount
    assert standing.remaining - after.remaining == amount
    assert after.without_order(amount) == standing
    assert standing.balance == after.balance


@given(standings, amounts)
def test_every_input_of_a_decision_is_kept(standing: CreditStanding, amount: Money) -> None:
    kept = decide(standing, amount).inputs
    assert kept["total_limit_rials"] == standing.total_limit.rials
    parts = ("open_invoices", "bounced", "uncleared", "open_orders")
    assert (
        sum(int(str(kept[f"{part}_rials"])) for part in parts) - int(str(kept["unallocated_rials"]))
        == standing.exposure.rials
    )

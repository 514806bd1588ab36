from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.alerts import StockAlert, first_come

NOON = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def an_alert(number: int, quantity: int, minutes: int = 0) -> StockAlert:
    return StockAlert(
        id=number,
        product_id=1,
        contact_id=number,
        customer_id=number,
        quantity=quantity,
        asked_at=NOON + timedelta(minutes=minutes),
    )


def told(available: int, told_of: int, *alerts: StockAlert) -> list[int]:
    return [alert.id for alert in first_come(alerts, available, told_of)]


def test_the_first_who_asked_is_told_first() -> None:
    late, early = an_alert(1, 10, 5), an_alert(2, 10, 1)
    assert told(10, 0, late, early) == [2]
    assert told(20, 0, late, early) == [2, 1]


def test_nobody_is_told_of_less_than_they_asked() -> None:
    assert told(9, 0, an_alert(1, 10)) == []


def test_a_small_wish_is_not_held_up_by_a_large_one() -> None:
    assert told(30, 0, an_alert(1, 100), an_alert(2, 10, 1)) == [2]


def test_units_that_others_have_just_been_told_of_are_left_to_them() -> None:
    assert told(30, 24, an_alert(1, 10)) == []
    assert told(34, 24, an_alert(1, 10)) == [1]

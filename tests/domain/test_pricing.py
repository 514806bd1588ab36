from __future__ import annotations

from datetime import date

from domain.money import of_toman
from domain.pricing import Price, PriceScope, applied

TODAY = date(2026, 11, 21)


def a_price(
    toman: int, scope: PriceScope = PriceScope.BASE, since: date = date(2026, 1, 1), until: date | None = None
) -> Price:
    return Price(
        id=toman,
        list_name=scope.name,
        scope=scope,
        amount=of_toman(toman),
        valid_from=since,
        valid_until=until,
    )


def test_the_narrowest_list_wins_even_when_it_is_dearer_or_older() -> None:
    base = a_price(100, since=date(2026, 11, 20))
    group = a_price(110, PriceScope.GROUP)
    own = a_price(120, PriceScope.CUSTOMER, since=date(2025, 1, 1))
    assert applied([base, group, own], TODAY) == own
    assert applied([base, group], TODAY) == group
    assert applied([base], TODAY) == base


def test_the_newest_price_of_a_list_wins() -> None:
    old, new = a_price(100), a_price(90, since=date(2026, 11, 1))
    assert applied([new, old], TODAY) == applied([old, new], TODAY) == new


def test_both_days_of_a_price_are_included() -> None:
    price = a_price(100, since=date(2026, 11, 10), until=date(2026, 11, 16))
    days = [date(2026, 11, day) for day in (9, 10, 16, 17)]
    assert [applied([price], day) is price for day in days] == [False, True, True, False]


def test_a_list_that_has_ended_gives_way_to_the_next_one() -> None:
    own = a_price(80, PriceScope.CUSTOMER, until=date(2026, 11, 20))
    assert applied([own, a_price(100)], TODAY) == a_price(100)


def test_without_a_valid_price_there_is_none() -> None:
    assert applied([], TODAY) is None
    assert applied([a_price(100, since=date(2026, 11, 22))], TODAY) is None

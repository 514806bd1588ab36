import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import ZERO, Money, Rate, of_toman, total


@pytest.mark.parametrize(
    ("rials", "toman"),
    [(150_581_889, 15_058_189), (5, 1), (4, 0), (0, 0), (-5, -1), (35_520_000, 3_552_000)],
)
def test_toman_are_rounded_half_up(rials: int, toman: int) -> None:
    assert Money(rials).toman == toman


def test_vat_of_the_worked_example() -> None:
    """Rule R5.6: ten percent of the discounted lines, rounded half up to one rial."""
    assert Money(61_487_678).share(Rate(1000)) == Money(6_148_768)
    assert Money(30_075_491).share(Rate(1000)) == Money(3_007_549)
    assert Money(5).share(Rate(1000)) == Money(1)


@given(st.lists(st.integers(-(10**15), 10**15)))
def test_a_total_is_the_sum_whatever_the_order(rials: list[int]) -> None:
    amounts = [Money(each) for each in rials]
    assert total(amounts) == total(reversed(amounts)) == Money(sum(rials))


@given(st.integers(0, 10**15), st.integers(0, 10_000))
def test_a_share_is_within_half_a_rial(rials: int, points: int) -> None:
    share = Money(rials).share(Rate(points)).rials
    assert abs(share * 10_000 - rials * points) * 2 <= 10_000


def test_amounts_are_compared_added_and_taken_away() -> None:
    assert of_toman(12) == Money(120)
    assert Money(120) - Money(20) + Money(1) == Money(101)
    assert -Money(3) * 2 == Money(-6)
    assert not ZERO
    assert Money(2) > Money(1)

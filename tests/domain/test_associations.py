from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from domain.associations import Bought, Market, Pair, Together, goods_key
from domain.basket import line_of
from domain.catalogue import Offer, Product, Stock
from domain.money import of_toman
from domain.reorder import BoughtOn
from domain.suggestions import Answered, called, choose, is_in_cycle
from tests.conftest import NOW

TODAY = NOW.date() + timedelta(days=1)
SALON = Pair(both=48, first=80, second=60, customers=200)


def test_colour_and_oxidant_of_the_salons_are_rule_r14s_example() -> None:
    assert (SALON.support, SALON.confidence, SALON.lift) == (
        Fraction(24, 100),
        Fraction(60, 100),
        Fraction(2),
    )
    assert SALON.counts


def test_what_few_buy_or_everybody_buys_says_nothing() -> None:
    assert not replace(SALON, both=4, first=5, second=5).counts
    assert not replace(SALON, both=19, first=80, second=20).counts
    assert not replace(SALON, both=40, first=80, second=100).counts


def test_a_market_counts_customers_and_not_orders() -> None:
    colour = Bought(product_id=1, family="رنگ مو", quantity=12)
    oxidant, gloves = (Bought(product_id=n, family=None, quantity=6) for n in (2, 3))
    people = [(colour, oxidant)] * 48 + [(colour, gloves)] * 32 + [(oxidant,)] * 12 + [(gloves,)] * 108
    market = Market()
    for lines in people:
        market.note([*lines, *lines])
    for lines in people:
        market.pair([*lines, *lines], market.paired)
    found = {(each.goods, each.product_id): each for each in market.found()}
    assert found["رنگ مو", 2] == Together(goods="رنگ مو", product_id=2, pair=SALON, usual=6)
    assert found["#2", 1].pair.confidence == Fraction(48, 60)
    assert not {key for key in found if 3 in key or "#3" in key}


def test_shades_are_called_by_what_they_have_in_common() -> None:
    assert (called("رنگ ۷/۳", "۷/۳"), called("محافظ مو", None), called("۷/۳", "۷/۳")) == (
        "رنگ", "محافظ مو", "۷/۳",
    )  # fmt: skip
    assert (goods_key(7, "رنگ مو"), goods_key(7, None)) == ("رنگ مو", "#7")


def an_offer(product_id: int, toman: int = 100_000, on_hand: int = 100, family: str | None = None) -> Offer:
    product = Product(
        id=product_id, code=str(product_id), name="-", short_name="-", label="-",
        category_id=1, family=family,
    )  # fmt: skip
    return Offer(product=product, price=of_toman(toman), stock=Stock(on_hand=on_hand), cost=of_toman(80_000))


def test_what_brings_most_is_offered_first_and_what_is_no_news_is_not() -> None:
    line = line_of(an_offer(1, family="رنگ مو"), 12)
    offers = {
        2: an_offer(2),
        3: an_offer(3, toman=300_000),
        4: an_offer(4, on_hand=5),
        5: an_offer(5, family="رنگ مو"),
    }
    together = [Together(goods="رنگ مو", product_id=n, pair=SALON, usual=6) for n in (2, 3, 4, 5, 6)]
    found = choose((line,), together, offers, {})
    assert [each.offer.product.id for each in found] == [3, 2]
    assert found[0].worth == of_toman(220_000 * 6 * 6 // 10)
    disliked = {3: Answered(shown=200, taken=0)}
    assert [each.offer.product.id for each in choose((line,), together, offers, disliked)] == [2, 3]
    assert choose((line_of(an_offer(9), 1),), together, offers, {}) == ()


def test_whoever_has_enough_of_it_needs_none() -> None:
    def ago(*days: int) -> list[BoughtOn]:
        return [BoughtOn(day=TODAY - timedelta(days=n), quantity=6) for n in days]

    assert not is_in_cycle((), TODAY)
    assert is_in_cycle(ago(29), TODAY)
    assert not is_in_cycle(ago(30), TODAY)
    assert is_in_cycle(ago(70, 50, 30, 10), TODAY)
    assert not is_in_cycle(ago(78, 58, 38, 18), TODAY)

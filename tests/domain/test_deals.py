"""Which bonus the lines of an order earn today."""

from __future__ import annotations

from domain.catalogue import Product
from domain.deals import bonuses_on
from domain.money import Rate, of_toman
from domain.orders import OrderLine
from domain.promotion_rules import Bonus, BonusGoods, LinePercent, Over, PromotionStep, Scope
from tests.builders.pricing import LADDER, a_promotion, free, on

COLOURS = Scope(families=frozenset({"رنگ مو"}))
SHADES = Bonus(steps=free((24, 3)), over=Over.GROUP, goods=BonusGoods.CHEAPEST)
PRODUCTS = {
    number: Product(
        id=number,
        code=str(number),
        name="کالا",
        short_name="کالا",
        label="کالا",
        family="رنگ مو" if number < 3 else None,
        category_id=1,
    )
    for number in (1, 2, 3)
}


def line(number: int, quantity: int) -> OrderLine:
    return OrderLine(
        product_id=number,
        name="کالا",
        short_name="کالا",
        label="کالا",
        quantity=quantity,
        unit_price=of_toman(1_000),
        vat_rate=Rate(1_000),
    )


def test_what_shades_earn_together_is_said_once_with_the_last_of_them() -> None:
    lines = (line(1, 12), line(2, 12), line(3, 12))
    step = PromotionStep(at=24, free=3)
    assert bonuses_on(lines, PRODUCTS, (a_promotion(1, SHADES, COLOURS),)) == {2: step}
    assert bonuses_on(lines[1:], PRODUCTS, (a_promotion(1, SHADES, COLOURS),)) == {}


def test_each_line_says_the_highest_step_that_it_reaches() -> None:
    promotion = a_promotion(1, Bonus(steps=LADDER), on(1, 2, 3))
    found = bonuses_on((line(1, 9), line(2, 10), line(3, 49)), PRODUCTS, (promotion,))
    assert found == {2: PromotionStep(at=10, free=1), 3: PromotionStep(at=24, free=3)}


def test_a_discount_is_no_bonus_and_what_is_not_sold_earns_nothing() -> None:
    percent = a_promotion(1, LinePercent(rate=Rate(500)), on(1))
    assert bonuses_on((line(1, 24),), PRODUCTS, (percent,)) == {}
    assert bonuses_on((line(4, 24),), PRODUCTS, (a_promotion(1, Bonus(steps=LADDER), on(4)),)) == {}

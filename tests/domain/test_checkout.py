"""What is placed of a quote: to the rial what was quoted, and bonus goods only as far as they are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.basket import line_of
from domain.catalogue import Offer, Product, Stock
from domain.checkout import cart_of, digest, placing
from domain.gifts import ShortGoods, ShortWish
from domain.money import Money, Rate, total
from domain.orders import Order
from domain.promotion_rules import BasketPercent, Bonus, OrderTier, PromotionStep, Tier
from domain.quoting import priced
from domain.terms import Term, TermKind, made
from tests.builders.pricing import ANYONE, SHAMPOO_STEPS, TEN_AND_ONE, TODAY, a_promotion, on

TERMS = (
    made(TermKind.CHEQUE, 45),
    made(TermKind.CASH_PRE, discount=Rate(400)),
    made(TermKind.MIXED, 45, Rate(333), Rate(3_777), TermKind.CHEQUE),
)
PROMOTIONS = (
    a_promotion(1, Tier(steps=SHAMPOO_STEPS), on(1)),
    a_promotion(2, Bonus(steps=TEN_AND_ONE), on(2)),
    a_promotion(3, BasketPercent(rate=Rate(377), least_products=2)),
    a_promotion(4, OrderTier(steps=(PromotionStep(at=1_000_000, rate=Rate(111)),))),
)
LINES = st.lists(st.tuples(st.integers(1, 120), st.integers(1, 3_000_001)), min_size=1, max_size=5)


def an_offer(product_id: int, rials: int, on_hand: int) -> Offer:
    name = f"کالای {product_id}"
    product = Product(
        id=product_id, code=str(product_id), name=name, short_name=name, label=name, category_id=1
    )
    vat = Rate(1_000 if product_id % 2 else 0)
    return Offer(product=replace(product, vat=vat), price=Money(rials), stock=Stock(on_hand=on_hand))


def a_draft(wanted: list[tuple[int, int]], offers: Mapping[int, Offer]) -> Order:
    lines = tuple(line_of(offers[at], quantity) for at, (quantity, _rials) in enumerate(wanted, 1))
    return Order(id=1, customer_id=1, outlet_id=1, contact_id=1, lines=lines)


@given(LINES, st.sampled_from(TERMS), st.integers(0, 200))
def test_what_is_placed_is_to_the_rial_what_was_quoted(
    wanted: list[tuple[int, int]], term: Term, on_hand: int
) -> None:
    offers = {at: an_offer(at, rials, on_hand) for at, (_quantity, rials) in enumerate(wanted, 1)}
    draft = a_draft(wanted, offers)
    later = ShortGoods(product_id=2, wish=ShortWish.LATER)
    draft = replace(draft, bonus_choices=draft.bonus_choices.with_wish(later))
    quote = priced(cart_of(draft.lines), ANYONE, PROMOTIONS, TODAY, term.settlement)
    done = placing(draft, quote, offers, {})
    assert done.question is None
    order = replace(draft, lines=done.lines)
    assert order.payable == quote.payable == done.payable
    assert total(line.vat for line in done.lines) == quote.vat
    assert order.gross - order.discount == order.net
    assert order.bonus_units == quote.bonus_units
    assert all(Money(0) <= line.discount <= line.gross for line in done.lines)
    assert all(0 <= line.later <= line.quantity for line in done.lines)


@given(st.integers(0, 60), st.integers(0, 20))
def test_no_more_is_promised_now_than_there_is(on_hand: int, own: int) -> None:
    offers = {2: an_offer(2, 96_000, on_hand)}
    draft = a_draft([(40, 0)], {1: offers[2]})
    later = ShortGoods(product_id=2, wish=ShortWish.LATER)
    draft = replace(draft, bonus_choices=draft.bonus_choices.with_wish(later))
    quote = priced(cart_of(draft.lines), ANYONE, PROMOTIONS[1:2], TODAY)
    (_paid, *bonus) = placing(draft, quote, offers, {2: own}).lines
    assert sum(line.now for line in bonus) == min(4, max(0, on_hand + own - 40))
    assert sum(line.quantity for line in bonus) == 4


def test_the_digest_says_whether_anything_has_changed() -> None:
    offers = {1: an_offer(1, 148_000, 500)}
    draft = a_draft([(24, 0)], offers)
    quote = priced(cart_of(draft.lines), ANYONE, PROMOTIONS[:1], TODAY)
    lines = placing(draft, quote, offers, {}).lines
    day = date(2026, 11, 23)
    same = digest(lines, quote, TERMS[0], day)
    assert same == digest(lines, quote, TERMS[0], day)
    other_version = priced(cart_of(draft.lines), ANYONE, [replace(PROMOTIONS[0], version=2)], TODAY)
    assert len(same) == 32
    assert same not in {
        digest(lines, quote, TERMS[1], day),
        digest(lines, quote, TERMS[0], date(2026, 11, 25)),
        digest(lines, other_version, TERMS[0], day),
        digest((replace(lines[0], quantity=25),), quote, TERMS[0], day),
    }

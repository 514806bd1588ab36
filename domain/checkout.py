"""From a draft to the lines that are placed: what is taken off, and the bonus goods that are there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b

from domain.catalogue import Offer, Unit
from domain.gifts import BonusQuestion, Gift, OpenBonus, ShortBonus, ShortWish
from domain.money import ZERO, Money, total
from domain.orders import Order, OrderLine, units_now
from domain.pricing import BonusLine, CartLine, Quote
from domain.terms import Term

DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What would be placed now; or the first question about bonus goods that is open before that."""

    lines: tuple[OrderLine, ...]
    quote: Quote
    question: BonusQuestion | None = None

    @property
    def payable(self) -> Money:
        """What is paid for these lines."""
        return total(line.net + line.vat for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTotal:
    """One way to pay, with what the basket comes to under it."""

    term: Term
    quote: Quote


@dataclass(slots=True)
class _Shelf:
    """What is still there while bonus goods are taken one after the other."""

    offers: Mapping[int, Offer]
    left: dict[int, int] = field(default_factory=dict)

    def there(self, product_id: int) -> int:
        offer = self.offers.get(product_id)
        return max(0, self.left.get(product_id, offer.stock.available if offer else 0))

    def take(self, product_id: int, units: int) -> None:
        self.left[product_id] = self.there(product_id) - units


def cart_of(lines: Iterable[OrderLine], offers: Mapping[int, Offer] | None = None) -> tuple[CartLine, ...]:
    """The lines as a quote prices them."""
    offers = offers or {}
    return tuple(
        CartLine(
            product_id=line.product_id,
            quantity=line.quantity,
            unit_price=line.unit_price,
            vat_rate=line.vat_rate,
            category_id=line.category_id,
            brand_id=line.brand_id,
            family=line.family,
            name=line.short_name,
            label=line.label,
            unit=line.unit,
            multiple=offers[line.product_id].product.multiple if line.product_id in offers else 1,
            cost=line.cost,
        )
        for line in lines
        if not line.is_bonus
    )


def discounted(draft: Order, quote: Quote) -> tuple[OrderLine, ...]:
    """The paid lines with what is taken off of each."""
    given = {line.product_id: line.discount for line in quote.lines}
    return tuple(replace(line, discount=given.get(line.product_id, ZERO)) for line in draft.paid_lines)


def placing(draft: Order, quote: Quote, offers: Mapping[int, Offer], own_units: Mapping[int, int]) -> Placing:
    """The lines of the order: paid ones with their discounts, then the bonus goods as was decided.

    ``own_units`` are reserved for this customer already, by the order that is being changed.
    """
    lines = list(discounted(draft, quote))
    shelf = _Shelf(offers)
    taken = units_now(lines)
    for product_id in {*offers, *taken}:
        shelf.left[product_id] = (
            shelf.there(product_id) + own_units.get(product_id, 0) - taken.get(product_id, 0)
        )
    for bonus in quote.bonus:
        question = _open(draft, bonus, offers) if bonus.is_open else _short(draft, bonus, shelf)
        if question is not None:
            return Placing(lines=tuple(lines), quote=quote, question=question)
        lines += _given(draft, bonus, shelf)
    return Placing(lines=tuple(lines), quote=quote)


def _open(draft: Order, bonus: BonusLine, offers: Mapping[int, Offer]) -> OpenBonus:
    chosen = draft.bonus_choices.units(bonus.promotion_id)
    return OpenBonus(
        promotion_id=bonus.promotion_id,
        name=bonus.name,
        units=bonus.quantity,
        options=tuple(offers[each] for each in bonus.options if each in offers),
        chosen=tuple((offers[each].product.label, units) for each, units in chosen.items() if each in offers),
    )


def _short(draft: Order, bonus: BonusLine, shelf: _Shelf) -> ShortBonus | None:
    """The question about units that are missing; None when nothing is, or when it was answered."""
    assert bonus.product_id is not None
    missing = bonus.quantity - min(bonus.quantity, shelf.there(bonus.product_id))
    if not missing:
        return None
    said = draft.bonus_choices.wish(bonus.product_id)
    offer = shelf.offers.get(bonus.product_id)
    if said is not None:
        is_similar = said.wish is ShortWish.SIMILAR
        if is_similar and said.other_id is not None and shelf.there(said.other_id) >= missing:
            return None
        if said.wish is ShortWish.WITHOUT or (said.wish is ShortWish.LATER and offer is not None):
            return None
    return ShortBonus(
        promotion_id=bonus.promotion_id,
        name=bonus.name,
        product_id=bonus.product_id,
        label=offer.product.label if offer else bonus.name,
        unit=offer.product.unit if offer else Unit.PIECE,
        quantity=bonus.quantity,
        missing=missing,
        can_wait=offer is not None,
    )


def _given(draft: Order, bonus: BonusLine, shelf: _Shelf) -> Iterator[OrderLine]:
    """The units that are there, and those that were said to come later or to be replaced."""
    assert bonus.product_id is not None
    offer = shelf.offers.get(bonus.product_id)
    now = min(bonus.quantity, shelf.there(bonus.product_id))
    missing = bonus.quantity - now
    shelf.take(bonus.product_id, now)
    said = draft.bonus_choices.wish(bonus.product_id)
    later = missing if missing and said is not None and said.wish is ShortWish.LATER else 0
    if offer is not None and now + later:
        yield bonus_line(offer, now + later, bonus.promotion_id, later)
    if missing and said is not None and said.wish is ShortWish.SIMILAR and said.other_id is not None:
        shelf.take(said.other_id, missing)
        yield bonus_line(shelf.offers[said.other_id], missing, bonus.promotion_id)


def bonus_line(offer: Offer, quantity: int, promotion_id: int, later: int = 0) -> OrderLine:
    """Free units: at their list price, with the whole of it taken off (rule R6.7)."""
    product, price = offer.product, offer.price or ZERO
    return OrderLine(
        product_id=product.id,
        name=product.name,
        short_name=product.short_name,
        label=product.label,
        family=product.family,
        variant=product.variant,
        unit=product.unit,
        quantity=quantity,
        later=later,
        unit_price=price,
        vat_rate=product.vat,
        category_id=product.category_id,
        brand_id=product.brand_id,
        discount=price * quantity,
        bonus_of=promotion_id,
    )


def gifts(quote: Quote, draft: Order, offers: Mapping[int, Offer]) -> tuple[Gift, ...]:
    """The bonus goods of a quote with their names."""
    return tuple(_gift(bonus, draft, offers) for bonus in quote.bonus)


def _gift(bonus: BonusLine, draft: Order, offers: Mapping[int, Offer]) -> Gift:
    named: OrderLine | None = None
    if bonus.product_id is not None:
        offer = offers.get(bonus.product_id)
        named = (
            bonus_line(offer, bonus.quantity, bonus.promotion_id) if offer else draft.line(bonus.product_id)
        )
    return Gift(
        promotion_id=bonus.promotion_id,
        name=bonus.name,
        product_id=bonus.product_id,
        label=named.label if named else bonus.name,
        unit=named.unit if named else Unit.PIECE,
        quantity=bonus.quantity,
        for_products=bonus.for_products,
    )


def digest(lines: Iterable[OrderLine], quote: Quote, term: Term | None, day: date | None) -> str:
    """One short word for all that a summary says: the same word means that nothing has changed."""
    said = [
        [
            [
                line.product_id, line.quantity, line.later, line.unit_price.rials,
                line.vat_rate.basis_points, line.discount.rials, line.bonus_of,
            ]
            for line in lines
        ],
        [[each.promotion_id, each.version, each.amount.rials, each.units] for each in quote.applied],
        term.facts() if term else None,
        day.isoformat() if day else None,
    ]  # fmt: skip
    return blake2b(json.dumps(said).encode(), digest_size=DIGEST_BYTES).hexdigest()

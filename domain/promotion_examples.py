"""What a promotion gives on real goods: the order by which a manager sees whether it says what was meant."""

from __future__ import annotations

from collections.abc import Sequence

from domain.catalogue import Offer
from domain.pricing import CartLine
from domain.promotion_rules import BasketPercent, Bonus, Measure, OrderTier, Rule, Tier


def example_order(rule: Rule, offers: Sequence[Offer]) -> tuple[CartLine, ...]:
    """As much of these goods as reaches the highest step; nothing where too few of them have a price."""
    priced = [each for each in offers if each.price]
    match rule:
        case BasketPercent(least_products=count, least_amount=amount):
            if len(priced) < count:
                return ()
            return tuple(_for(each, -(-amount.rials // count)) for each in priced[:count])
        case Tier(measure=Measure.AMOUNT, steps=steps) | OrderTier(steps=steps):
            return tuple(_for(each, steps[-1].at) for each in priced[:1])
        case Tier(steps=steps) | Bonus(steps=steps):
            return tuple(_line(each, steps[-1].at) for each in priced[:1])
    return tuple(_line(each, max(each.product.carton, each.product.minimum)) for each in priced[:1])


def _for(offer: Offer, rials: int) -> CartLine:
    assert offer.price is not None
    return _line(offer, max(1, -(-rials // offer.price.rials)))


def _line(offer: Offer, quantity: int) -> CartLine:
    product = offer.product
    assert offer.price is not None
    return CartLine(
        product_id=product.id,
        quantity=-(-quantity // product.multiple) * product.multiple,
        unit_price=offer.price,
        vat_rate=product.vat,
        category_id=product.category_id,
        brand_id=product.brand_id,
        family=product.family,
        name=product.short_name,
        label=product.label,
        unit=product.unit,
        multiple=product.multiple,
        cost=offer.cost,
    )

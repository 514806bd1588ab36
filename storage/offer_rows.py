"""From the rows of a frame (``storage/offer_queries.py``) to offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from domain.catalogue import Offer, Product, Stock, Unit
from domain.money import Money, Rate
from domain.pricing import Price, PriceScope, applied


def offers_of(rows: Iterable[Any], on: date) -> Iterator[Offer]:
    """The rows of a frame as offers, the prices that hold on that day applied."""
    for _product_id, several in groupby(rows, key=lambda row: row.id):
        yield _offer(tuple(several), on)


def _offer(rows: tuple[Any, ...], on: date) -> Offer:
    row = rows[0]
    price = applied((_price(each) for each in rows if each.price_id is not None), on)
    return Offer(
        product=Product(
            id=row.id,
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            label=row.label,
            family=row.family,
            variant=row.variant,
            barcode=row.barcode,
            unit=Unit(row.unit),
            carton=row.carton,
            minimum=row.minimum,
            multiple=row.multiple,
            vat=Rate(row.vat_basis_points),
            category_id=row.category_id,
            brand_id=row.brand_id,
            photo_id=row.photo_id,
            is_active=row.is_active,
        ),
        price=price.amount if price else None,
        stock=Stock()
        if row.on_hand is None
        else Stock(on_hand=row.on_hand, reserved=row.reserved, safety=row.safety, low_at=row.low_at),
        price_list=price.list_name if price else None,
        cost=None if row.cost_rials is None else Money(row.cost_rials),
    )


def _price(row: Any) -> Price:
    is_own, is_group = row.customer_id is not None, row.group_id is not None
    scope = PriceScope.CUSTOMER if is_own else PriceScope.GROUP if is_group else PriceScope.BASE
    return Price(
        id=row.price_id,
        list_name=row.list_name,
        scope=scope,
        amount=Money(row.rials),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )

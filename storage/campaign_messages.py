"""What the messages of a campaign's recipients are made of, for hundreds of them in few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Money
from domain.pricing import Price, PriceScope, applied
from storage.tables.calendar import routes
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import price_lists, prices, products, stock
from storage.tables.people import customers, outlets, staff

_R, _P, _L = campaign_recipients.c, prices.c, price_lists.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One customer as a message speaks of them; ``recipient_id`` is None in a preview."""

    recipient_id: int | None
    campaign_id: int
    customer_id: int
    customer_name: str
    group_id: int | None
    visitor_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A product as a campaign needs it: what it is called, and how much may be promised."""

    name: str
    is_active: bool
    available: int


class CampaignMessages:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def addressees(self, recipient_ids: Collection[int]) -> tuple[Addressee, ...]:
        wanted = (
            select(_R.id.label("recipient_id"), _R.campaign_id, *_SPOKEN_OF)
            .join(customers, customers.c.id == _R.customer_id)
            .where(_R.id.in_(sorted(recipient_ids)))
        )
        return tuple(_addressee(row) for row in await self._connection.execute(wanted))

    async def addressee(self, campaign_id: int, customer_id: int) -> Addressee | None:
        """Any customer, as a preview shows them."""
        wanted = select(*_SPOKEN_OF).where(customers.c.id == customer_id)
        row = (await self._connection.execute(wanted)).one_or_none()
        return None if row is None else _addressee(row, campaign_id)

    async def goods(self, product_ids: Collection[int]) -> dict[int, Goods]:
        if not product_ids:
            return {}
        free = stock.c.on_hand - stock.c.reserved - stock.c.safety
        rows = await self._connection.execute(
            select(products.c.id, products.c.name, products.c.is_active, func.coalesce(free, 0).label("free"))
            .outerjoin(stock, stock.c.product_id == products.c.id)
            .where(products.c.id.in_(sorted(product_ids)))
        )
        return {
            row.id: Goods(name=row.name, is_active=row.is_active, available=max(0, row.free)) for row in rows
        }

    async def prices(
        self, product_ids: Collection[int], addressees: Iterable[Addressee], on: date
    ) -> Mapping[tuple[int, int], Money]:
        """What each of these products costs each of these customers that day; no price, no entry."""
        several = tuple(addressees)
        if not product_ids or not several:
            return {}
        found = await self._prices(product_ids, several, on)
        priced: dict[tuple[int, int], Money] = {}
        for product_id in product_ids:
            for each in several:
                owners = ((None, None), (None, each.group_id), (each.customer_id, None))
                theirs = [
                    price for owner in dict.fromkeys(owners) for price in found.get((product_id, *owner), ())
                ]
                if price := applied(theirs, on):
                    priced[product_id, each.customer_id] = price.amount
        return priced

    async def _prices(
        self, product_ids: Collection[int], several: tuple[Addressee, ...], on: date
    ) -> dict[tuple[int, int | None, int | None], list[Price]]:
        """By product, customer and group of the list."""
        groups = sorted({each.group_id for each in several if each.group_id is not None})
        rows = await self._connection.execute(
            select(prices, _L.name, _L.customer_id, _L.group_id)
            .join(price_lists, _L.id == _P.price_list_id)
            .where(
                _P.product_id.in_(sorted(product_ids)),
                _P.valid_from <= on,
                or_(_P.valid_until.is_(None), _P.valid_until >= on),
                or_(
                    and_(_L.customer_id.is_(None), _L.group_id.is_(None)),
                    _L.group_id.in_(groups),
                    _L.customer_id.in_(sorted({each.customer_id for each in several})),
                ),
            )
        )
        found: dict[tuple[int, int | None, int | None], list[Price]] = {}
        for row in rows:
            found.setdefault((row.product_id, row.customer_id, row.group_id), []).append(_price(row))
        return found


def _price(row: Any) -> Price:
    is_own, is_group = row.customer_id is not None, row.group_id is not None
    return Price(
        id=row.id,
        list_name=row.name,
        scope=PriceScope.CUSTOMER if is_own else PriceScope.GROUP if is_group else PriceScope.BASE,
        amount=Money(row.rials),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


_VISITOR = (
    select(staff.c.name)
    .select_from(
        outlets.join(routes, routes.c.id == outlets.c.route_id).join(staff, staff.c.id == routes.c.visitor_id)
    )
    .where(outlets.c.customer_id == customers.c.id)
    .order_by(outlets.c.id)
    .limit(1)
    .correlate(customers)
    .scalar_subquery()
)
_SPOKEN_OF = (
    customers.c.id.label("customer_id"),
    customers.c.name.label("customer_name"),
    customers.c.group_id,
    func.coalesce(_VISITOR, "").label("visitor_name"),
)


def _addressee(row: Any, campaign_id: int | None = None) -> Addressee:
    return Addressee(
        recipient_id=row.recipient_id if campaign_id is None else None,
        campaign_id=row.campaign_id if campaign_id is None else campaign_id,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        group_id=row.group_id,
        visitor_name=row.visitor_name,
    )

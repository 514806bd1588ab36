"""How an order lies in its tables: what is read with it, and both ways between rows and values."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select

from domain.catalogue import Unit
from domain.gifts import choices_of
from domain.money import Money, Rate
from domain.order_views import OrderBrief
from domain.orders import Channel, Order, OrderLine, OrderStatus
from domain.terms import term_of
from storage.tables.catalogue import products
from storage.tables.orders import order_lines, orders
from storage.tables.people import customers

WHOLE = (
    select(
        orders,
        order_lines.c.product_id,
        order_lines.c.quantity,
        order_lines.c.later,
        order_lines.c.unit_price_rials,
        order_lines.c.vat_basis_points,
        order_lines.c.discount_rials.label("line_discount"),
        order_lines.c.bonus_of,
        products.c.category_id,
        products.c.brand_id,
        products.c.cost_rials,
        products.c.name.label("product_name"),
        products.c.short_name,
        products.c.label,
        products.c.family,
        products.c.variant,
        products.c.unit,
    )
    .select_from(
        orders.outerjoin(order_lines, order_lines.c.order_id == orders.c.id).outerjoin(
            products, products.c.id == order_lines.c.product_id
        )
    )
    .order_by(order_lines.c.position)
)

BRIEF = select(
    orders.c.id,
    orders.c.number,
    orders.c.status,
    orders.c.deliver_on,
    orders.c.placed_at,
    orders.c.line_count,
    orders.c.net_rials,
    orders.c.vat_rials,
    customers.c.name.label("customer_name"),
).join_from(orders, customers, and_(customers.c.id == orders.c.customer_id))


def brief_of(row: Any) -> OrderBrief:
    """One row of ``BRIEF``."""
    return OrderBrief(
        id=row.id,
        number=row.number,
        status=OrderStatus(row.status),
        deliver_on=row.deliver_on,
        placed_at=row.placed_at,
        line_count=row.line_count,
        payable=Money(row.net_rials + row.vat_rials),
        customer_name=row.customer_name,
    )


def order_of(rows: Any) -> Order:
    """All rows of one order in ``WHOLE``; its events are read apart."""
    first = rows[0]
    return Order(
        id=first.id,
        customer_id=first.customer_id,
        outlet_id=first.outlet_id,
        is_outlet_chosen=first.is_outlet_chosen,
        contact_id=first.contact_id,
        number=first.number,
        status=OrderStatus(first.status),
        lines=tuple(line_of(row) for row in rows if row.product_id is not None),
        deliver_on=first.deliver_on,
        note=first.note,
        channel=Channel(first.channel),
        nonce=first.nonce,
        changes=first.changes,
        repeats=first.repeats,
        placed_at=first.placed_at,
        term=term_of(first.term) if first.term else None,
        bonus_choices=choices_of(first.bonus_choices),
        quote_digest=first.quote_digest,
        decide_by=first.decide_by,
        last_press=first.last_press,
        version=first.version,
    )


def line_of(row: Any) -> OrderLine:
    return OrderLine(
        product_id=row.product_id,
        name=row.product_name,
        short_name=row.short_name,
        label=row.label,
        family=row.family,
        variant=row.variant,
        unit=Unit(row.unit),
        quantity=row.quantity,
        later=row.later,
        unit_price=Money(row.unit_price_rials),
        vat_rate=Rate(row.vat_basis_points),
        category_id=row.category_id,
        brand_id=row.brand_id,
        cost=None if row.cost_rials is None else Money(row.cost_rials),
        discount=Money(row.line_discount),
        bonus_of=row.bonus_of,
    )


def columns(order: Order) -> dict[str, Any]:
    """What saving an order may change."""
    return {
        "number": order.number,
        "outlet_id": order.outlet_id,
        "is_outlet_chosen": order.is_outlet_chosen,
        "contact_id": order.contact_id,
        "status": order.status.value,
        "channel": order.channel.value,
        "deliver_on": order.deliver_on,
        "note": order.note,
        "nonce": order.nonce,
        "changes": order.changes,
        "repeats": order.repeats,
        "gross_rials": order.gross.rials,
        "discount_rials": order.discount.rials,
        "net_rials": order.net.rials,
        "vat_rials": order.vat.rials,
        "credit_rials": order.credit.rials,
        "term": order.term.facts() if order.term else None,
        "bonus_choices": order.bonus_choices.facts(),
        "quote_digest": order.quote_digest,
        "decide_by": order.decide_by,
        "line_count": len(order.paid_lines),
        "last_press": order.last_press,
        "placed_at": order.placed_at,
    }


def line_columns(order_id: int, position: int, line: OrderLine) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "position": position,
        "product_id": line.product_id,
        "quantity": line.quantity,
        "later": line.later,
        "unit_price_rials": line.unit_price.rials,
        "vat_basis_points": line.vat_rate.basis_points,
        "discount_rials": line.discount.rials,
        "bonus_of": line.bonus_of,
    }

"""A segment as one SQL condition on a row of ``customers``: whatever is asked of other tables is an EXISTS.

An EXISTS is looked up by index for the customers that earlier conditions have left, and nothing is gathered
in memory. Fixed values stand in the text, so that SQLite recognises its partial indexes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, false, func, literal_column, not_, or_, select, true

from domain.calendar import today_in_tehran
from domain.promotion_rules import Scope
from domain.promotions import Eligibility
from domain.segments import (
    AllOf,
    AnyOf,
    Bought,
    CityIn,
    GroupIn,
    InterestIn,
    KindIn,
    LastOrder,
    Node,
    Not,
    Opinion,
    OpinionIn,
    Overdue,
    RouteIn,
    SegmentIn,
    SegmentRefused,
    TagIn,
)
from storage.promotion_rows import UNDONE
from storage.tables.catalogue import products
from storage.tables.ledger import invoice_lines, invoices
from storage.tables.orders import order_lines, orders
from storage.tables.people import contact_roles, customers, outlets, preferences
from storage.tables.push import customer_tags
from storage.tables.surveys import surveys

_C = customers.c
_IS_OPEN = invoices.c.open_rials > literal_column("0")
SCORES = {Opinion.PROMOTER: (9, 10), Opinion.PASSIVE: (7, 8), Opinion.DETRACTOR: (0, 6)}
"""Rule R13."""


@dataclass(frozen=True, slots=True)
class Then:
    """The moment at which a segment is counted."""

    now: datetime

    @property
    def today(self) -> date:
        return today_in_tehran(self.now)

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


def holds(node: Node, then: Then) -> Any:
    """Whether a customer is in the segment. Saved lists must have been put in place before."""
    return _holds(node, then, is_so=True)


def _holds(node: Node, then: Then, *, is_so: bool) -> Any:
    """Or that they are not, where ``is_so`` is false: each NOT stands right before its EXISTS.

    PostgreSQL makes a join of that; of a NOT before several it would make a search for each customer.
    """
    match node:
        case AllOf(parts):
            return _joined([_holds(each, then, is_so=is_so) for each in parts], is_and=is_so)
        case AnyOf(parts):
            return _joined([_holds(each, then, is_so=is_so) for each in parts], is_and=not is_so)
        case Not(part):
            return _holds(part, then, is_so=not is_so)
        case Bought(goods, days):
            return _or_none(has_bought(goods, then, days), is_so=is_so)
        case LastOrder(days, is_older):
            return _or_none(has_bought(Scope(), then, days), is_so=is_so is not is_older)
        case Overdue(days):
            return _or_none((is_overdue(then.day_ago(days)),), is_so=is_so)
    return _chosen(node) if is_so else not_(_chosen(node))


def _joined(conditions: Sequence[Any], *, is_and: bool) -> Any:
    return and_(true(), *conditions) if is_and else or_(false(), *conditions)


def _or_none(ways: Sequence[Any], *, is_so: bool) -> Any:
    """One of these is there; or none of them is."""
    return or_(*ways) if is_so else and_(*(not_(each) for each in ways))


def _chosen(node: Node) -> Any:
    match node:
        case KindIn(kinds):
            return _C.kind.in_(sorted(each.value for each in kinds))
        case SegmentIn(segments):
            return _is_one_of(_C.segment, segments)
        case GroupIn(ids):
            return _is_one_of(_C.group_id, ids)
        case CityIn(cities):
            return _has_outlet(outlets.c.city.in_(sorted(cities)))
        case RouteIn(ids):
            return _has_outlet(outlets.c.route_id.in_(sorted(ids)))
        case TagIn(tags):
            return exists().where(customer_tags.c.customer_id == _C.id, customer_tags.c.tag.in_(sorted(tags)))
        case InterestIn(ids):
            return _is_interested(ids)
        case OpinionIn(opinions):
            return _thinks(opinions)
    raise SegmentRefused


def _is_one_of(column: Any, values: Collection[Any]) -> Any:
    """What is unknown is simply not so: its opposite must hold for a customer without a group."""
    return and_(column.is_not(None), column.in_(sorted(values)))


def _has_outlet(condition: Any) -> Any:
    return exists().where(outlets.c.customer_id == _C.id, condition)


def has_bought(goods: Scope, then: Then, days: int) -> tuple[Any, ...]:
    """By an order of ours, or by an invoice of the company's own books that belongs to no order."""
    ordered = and_(
        orders.c.customer_id == _C.id,
        orders.c.number.is_not(None),
        orders.c.status.not_in(UNDONE),
        orders.c.placed_at >= then.ago(days),
    )
    invoiced = and_(
        invoices.c.customer_id == _C.id,
        invoices.c.issued_on >= then.day_ago(days),
        invoices.c.order_id.is_(None),
        ~invoices.c.is_void,
    )
    if goods == Scope():
        return exists().where(ordered), exists().where(invoiced)
    by_order = select(1).select_from(orders.join(order_lines, order_lines.c.order_id == orders.c.id))
    by_invoice = select(1).select_from(
        invoices.join(invoice_lines, invoice_lines.c.invoice_id == invoices.c.id)
    )
    return (
        exists(
            by_order.where(
                ordered, order_lines.c.bonus_of.is_(None), _covered(order_lines.c.product_id, goods)
            ).correlate(customers)
        ),
        exists(
            by_invoice.where(
                invoiced, ~invoice_lines.c.is_bonus, _covered(invoice_lines.c.product_id, goods)
            ).correlate(customers)
        ),
    )


def _covered(product_id: Any, goods: Scope) -> Any:
    """Products that were named stand in the statement; the others are looked up, there are few of them."""
    sets: tuple[tuple[Any, Collection[Any]], ...] = (
        (products.c.category_id, goods.category_ids),
        (products.c.brand_id, goods.brand_ids),
        (products.c.family, goods.families),
    )
    inside = [column.in_(sorted(wanted)) for column, wanted in sets if wanted]
    found = [product_id.in_(select(products.c.id).where(or_(*inside)))] if inside else []
    if goods.product_ids:
        found.append(product_id.in_(sorted(goods.product_ids)))
    wanted = or_(*found) if found else product_id.is_not(None)
    return and_(wanted, product_id.not_in(sorted(goods.excluded_ids))) if goods.excluded_ids else wanted


def is_overdue(before: date) -> Any:
    """An open invoice was due before that day."""
    return exists().where(
        invoices.c.customer_id == _C.id, _IS_OPEN, ~invoices.c.is_void, invoices.c.due_on < before
    )


def _is_interested(category_ids: Collection[int]) -> Any:
    named: Any = literal_column("','") + preferences.c.category_ids + literal_column("','")
    return exists().where(
        contact_roles.c.customer_id == _C.id,
        preferences.c.contact_id == contact_roles.c.contact_id,
        or_(false(), *(named.like(f"%,{each},%") for each in sorted(category_ids))),
    )


def _thinks(opinions: Collection[Opinion]) -> Any:
    last = (
        select(surveys.c.score)
        .where(surveys.c.customer_id == _C.id, surveys.c.score.is_not(None))
        .order_by(surveys.c.answered_at.desc(), surveys.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # Nobody has a score of -1: who has not answered thinks nothing at all.
    score = func.coalesce(last, literal_column("-1"))
    return or_(false(), *(score.between(*SCORES[each]) for each in sorted(opinions)))


def is_for(who: Eligibility) -> Any:
    """Whether a customer may have a promotion at all (``domain.quoting.is_for``)."""
    bought = exists().where(
        orders.c.customer_id == _C.id, orders.c.number.is_not(None), orders.c.status.not_in(UNDONE)
    )
    conditions: tuple[tuple[Collection[Any], Any], ...] = (
        (who.kinds, _C.kind.in_(sorted(each.value for each in who.kinds))),
        (who.group_ids, _is_one_of(_C.group_id, who.group_ids)),
        (who.segments, _is_one_of(_C.segment, who.segments)),
        (who.cities, _has_outlet(outlets.c.city.in_(sorted(who.cities)))),
        (who.customer_ids, _C.id.in_(sorted(who.customer_ids))),
    )
    wanted = [condition for values, condition in conditions if values]
    return and_(true(), *wanted, *([not_(bought)] if who.is_only_new else []))

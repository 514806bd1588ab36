"""From rows to promotions, and the statements that read them.

The rule of a promotion is read from its text once: the same text is the same rule in every later row.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from domain.customers import CustomerKind
from domain.money import Rate
from domain.pricing import Buyer, Limits
from domain.promotion_facts import Spec, spec_of
from domain.promotion_rules import Stage
from domain.promotions import ALERT_AT, NO_CAP, NO_CAPS, Cap, Given, Promotion, PromotionState
from storage.built import built
from storage.tables.base import Instant
from storage.tables.company import company_settings
from storage.tables.orders import orders
from storage.tables.people import customers, outlets
from storage.tables.pricing import applied_promotions, promotion_versions, promotions

LIMITS = "pricing.limits"
"""The name under which the company's limits are kept: the margin floor, and the most discount by segment."""
UNDONE = ("draft", "cancelled", "rejected")
NOTHING_GIVEN = "none"
"""The stage of the row that says: this version of the order was given nothing."""
MOST_SPECS = 2_000
_P, _A, _V = promotions.c, applied_promotions.c, promotion_versions.c

COLUMNS = (
    _P.id, _P.version, _P.code, _P.name, _P.state, cast(_P.spec, Text).label("spec_text"), _P.starts_on,
    _P.ends_on, _P.budget_rials, _P.budget_units, _P.spent_rials, _P.spent_units,
)  # fmt: skip
_ON = bindparam("on", type_=Date)
_CUSTOMER = bindparam("customer", type_=BigInteger)
IS_LIVE = and_(
    _P.state == PromotionState.ACTIVE.value, _P.starts_on <= _ON, or_(_P.ends_on.is_(None), _P.ends_on >= _ON)
)
LIVE = built(select(*COLUMNS).where(IS_LIVE).order_by(_P.id))


def _offered() -> Any:
    """Every live promotion beside what promotions ask of that customer; one row when none is live."""
    other = outlets.alias("other")
    first = select(func.min(other.c.id)).where(other.c.customer_id == _CUSTOMER).scalar_subquery()
    asked = bindparam("outlet", type_=BigInteger)
    city = (
        select(outlets.c.city)
        .where(outlets.c.customer_id == customers.c.id, outlets.c.id == func.coalesce(asked, first))
        .scalar_subquery()
    )
    bought = exists().where(
        orders.c.customer_id == customers.c.id, orders.c.number.is_not(None), orders.c.status.not_in(UNDONE)
    )
    limits = select(cast(company_settings.c.value, Text)).where(company_settings.c.name == LIMITS)
    return (
        select(
            *COLUMNS,
            customers.c.kind.label("buyer_kind"),
            customers.c.group_id.label("buyer_group_id"),
            customers.c.segment.label("buyer_segment"),
            city.label("buyer_city"),
            case((bought, 0), else_=1).label("buyer_is_new"),
            limits.scalar_subquery().label("limits"),
        )
        .select_from(customers.outerjoin(promotions, IS_LIVE))
        .where(customers.c.id == _CUSTOMER)
        .order_by(_P.id)
    )


OFFERED = built(_offered())

STAGES = {stage: stage.name.lower() for stage in Stage}
WORTH = func.sum(case((_A.stage == STAGES[Stage.BONUS], _A.base_rials), else_=_A.amount_rials))
"""What was given counts in budgets and quotas as ``Applied.worth`` does."""


def is_last() -> Any:
    """The row is of the last version of its order: earlier ones hold no more."""
    later = applied_promotions.alias("later")
    last = select(func.max(later.c.order_version)).where(later.c.order_id == _A.order_id)
    return _A.order_version == last.scalar_subquery()


_STANDS = and_(_A.order_id == orders.c.id, orders.c.status.not_in(UNDONE))
USED = built(
    select(
        _A.promotion_id,
        _A.order_id,
        func.min(_A.at).label("at"),
        cast(WORTH, BigInteger).label("rials"),
        func.sum(_A.units).label("units"),
    )
    .where(
        _A.customer_id == _CUSTOMER,
        _A.promotion_id.in_(bindparam("promotions", expanding=True, type_=BigInteger)),
        _A.order_id != bindparam("but", type_=BigInteger),
        is_last(),
        _STANDS,
    )
    .group_by(_A.promotion_id, _A.order_id)
)
VERSIONS = built(
    select(
        _V.promotion_id.label("id"), _V.version, _P.code, _V.name, _P.state, _V.starts_on, _V.ends_on,
        cast(_V.spec, Text).label("spec_text"), _V.budget_rials, _V.budget_units,
        literal(0).label("spent_rials"), literal(0).label("spent_units"),
    )
    .join(promotions, _P.id == _V.promotion_id)
    .where(_V.promotion_id.in_(bindparam("promotions", expanding=True, type_=BigInteger)))
    .order_by(_V.promotion_id, _V.version)
)  # fmt: skip


def spent_so_far(promotion_id: int) -> tuple[Any, Any]:
    """Rials and units that all orders were given of it, as expressions."""
    several = (WORTH, func.sum(_A.units))
    rials, units = (
        select(func.coalesce(cast(each, BigInteger), 0))
        .where(_A.promotion_id == promotion_id, is_last(), _STANDS)
        .scalar_subquery()
        for each in several
    )
    return rials, units


def _spend() -> Any:
    """Take from a budget in the statement that checks it; what is given back always fits."""
    rials, units = bindparam("rials", type_=BigInteger), bindparam("units", type_=BigInteger)
    taken_rials, taken_units = _P.spent_rials + rials, _P.spent_units + units
    is_low = or_(
        taken_rials * 100 >= _P.budget_rials * ALERT_AT, taken_units * 100 >= _P.budget_units * ALERT_AT
    )
    return (
        update(promotions)
        .where(
            _P.id == bindparam("promotion", type_=BigInteger),
            or_(rials <= 0, _P.budget_rials.is_(None), taken_rials <= _P.budget_rials),
            or_(units <= 0, _P.budget_units.is_(None), taken_units <= _P.budget_units),
        )
        .values(
            spent_rials=case((taken_rials > 0, taken_rials), else_=0),
            spent_units=case((taken_units > 0, taken_units), else_=0),
            alerted_at=case(
                (and_(_P.alerted_at.is_(None), is_low), bindparam("now", type_=Instant())),
                else_=_P.alerted_at,
            ),
        )
        .returning(
            _P.id,
            _P.version,
            _P.name,
            _P.budget_rials,
            _P.budget_units,
            _P.spent_rials,
            _P.spent_units,
            _P.alerted_at,
        )
    )


SPEND = built(_spend())
BUDGETED = built(
    select(_P.id)
    .where(
        _P.id.in_(bindparam("promotions", expanding=True, type_=BigInteger)),
        or_(_P.budget_rials.is_not(None), _P.budget_units.is_not(None)),
    )
    .order_by(_P.id)
)


@lru_cache(maxsize=MOST_SPECS)
def _spec(text: str) -> Spec:
    spec = spec_of(json.loads(text))
    return replace(spec, caps=NO_CAPS) if spec.caps == NO_CAPS else spec


def promotion(row: Any) -> Promotion:
    spec = _spec(row.spec_text)
    return Promotion(
        id=row.id,
        version=row.version,
        code=row.code,
        name=row.name,
        state=PromotionState(row.state),
        rule=spec.rule,
        scope=spec.scope,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        priority=spec.priority,
        is_stackable=spec.is_stackable,
        exclusivity_group=spec.exclusivity_group,
        eligibility=spec.eligibility,
        caps=spec.caps,
        budget=_budget(row),
        spent=Given(rials=row.spent_rials, units=row.spent_units),
    )


def _budget(row: Any) -> Cap:
    if row.budget_rials is None and row.budget_units is None:
        return NO_CAP
    return Cap(rials=row.budget_rials, units=row.budget_units)


def buyer(row: Any, customer_id: int) -> Buyer:
    return Buyer(
        customer_id=customer_id,
        kind=CustomerKind(row.buyer_kind),
        group_id=row.buyer_group_id,
        segment=row.buyer_segment,
        city=row.buyer_city,
        is_new=bool(row.buyer_is_new),
    )


def limits(kept: Any, segment: str | None) -> Limits:
    """The company's limits for a customer of that segment."""
    facts = kept or {}
    most = facts.get("most_discount", {})
    found = most.get(segment or "", most.get(""))
    floor = facts.get("margin_floor")
    return Limits(
        margin_floor=None if floor is None else Rate(floor),
        most_discount=None if found is None else Rate(found),
    )

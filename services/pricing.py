"""What an order comes to for one customer: what is offered to them, what was given, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.bonus import Choices
from domain.calendar import today_in_tehran
from domain.money import BASIS_POINTS, Money, Rate
from domain.notifications import Notification, Recipient
from domain.orders import Order, OrderLine
from domain.pricing import BonusLine, CartLine, Quote, QuotedLine, Settlement
from domain.promotion_rules import Bonus, BonusGoods
from domain.promotions import ANYBODY, NO_CAP, BudgetAlert, Given, Promotion, PromotionState, given_back
from domain.quoting import NO_DISCOUNT, eligible, quote
from domain.returns import Refund, refund
from domain.staff import Role
from storage.promotions import Offered
from storage.unit_of_work import UnitOfWork


async def offered_to(
    uow: UnitOfWork,
    customer_id: int,
    now: datetime,
    *,
    outlet_id: int | None = None,
    changing: int | None = None,
) -> Offered:
    """The promotions of today with what that customer has left of each: one statement, and a second one
    only where some of them have quotas.

    What was given on the order that is being changed counts neither in quotas nor in budgets.
    """
    offered = await uow.promotions.offered(customer_id, today_in_tehran(now), outlet_id)
    capped = [each for each in offered.promotions if each.caps.has_quotas]
    if capped:
        used = await uow.promotions.quotas(customer_id, capped, now, but_order=changing or 0)
        offered = replace(offered, buyer=replace(offered.buyer, used=used))
    if changing and any(each.budget != NO_CAP for each in offered.promotions):
        given = await uow.applied.given(changing)
        free = tuple(given_back(each, given.get(each.id, Given())) for each in offered.promotions)
        offered = replace(offered, promotions=free)
    return offered


async def quote_for(
    uow: UnitOfWork,
    customer_id: int,
    lines: Sequence[CartLine],
    now: datetime,
    settlement: Settlement = NO_DISCOUNT,
    bonus_choices: Choices | None = None,
    prices: Mapping[int, Money] | None = None,
) -> Quote:
    """What these lines come to today for that customer; ``prices`` of bonus goods that stand in no line."""
    offered = await offered_to(uow, customer_id, now)
    on = today_in_tehran(now)
    return quote(
        lines, offered.buyer, offered.promotions, on, settlement, offered.limits, bonus_choices, prices
    )


async def promotions_for(uow: UnitOfWork, actor: Actor, now: datetime) -> Offered:
    """Only the promotions that this customer may have today, with what is left of them (PRC-02)."""
    offered = await offered_to(uow, actor.require_customer().id, now)
    live = eligible(offered.promotions, offered.buyer, today_in_tehran(now))
    left = (each for each in live if _has_left(each, offered))
    return replace(offered, promotions=tuple(left))


def _has_left(promotion: Promotion, offered: Offered) -> bool:
    left = promotion.left(offered.buyer.used.get(promotion.id))
    return 0 not in (left.rials, left.units, left.orders)


async def spend(uow: UnitOfWork, given: Mapping[int, Given], now: datetime) -> None:
    """Take what was given from the budgets; the managers are told of one that runs out (PRC-03)."""
    alerts = await uow.promotions.spend(given, now)
    if alerts:
        managers = await uow.staff.list_active(Role.MANAGER)
        await uow.outbox.put(*(_notice(alert, each.id, now) for alert in alerts for each in managers))


def _notice(alert: BudgetAlert, staff_id: int, now: datetime) -> Notification:
    what = "spent" if alert.is_spent else "low"
    return Notification(
        key=f"promotion_budget:{alert.promotion_id}:{alert.version}:{what}:{staff_id}",
        kind="promotion_budget",
        to=Recipient(staff_id=staff_id),
        subject_id=alert.promotion_id,
        due_at=now,
        facts={"name": alert.name, "percent": alert.percent},
    )


async def give_back(uow: UnitOfWork, order_id: int, now: datetime) -> None:
    """The order does not happen: its part of each budget is free again."""
    given = await uow.applied.given(order_id)
    await uow.promotions.spend(
        {key: Given(rials=-each.rials, units=-each.units) for key, each in given.items()}, now
    )


async def refund_for(
    uow: UnitOfWork, order: Order, delivered: Iterable[OrderLine], returned: Mapping[int, int]
) -> Refund:
    """What is refunded of those delivered lines for units by product, under the promotions as they were."""
    applied = await uow.applied.list_of(order.id)
    versions = {(each.promotion_id, each.version) for each in applied if each.promotion_id is not None}
    kept = await uow.promotions.list_versions(versions)
    then = [replace(each, state=PromotionState.ACTIVE, eligibility=ANYBODY) for each in kept]
    paid = replace(paid_quote(delivered, then), applied=applied)
    assert order.placed_at is not None
    on = today_in_tehran(order.placed_at)
    then = [replace(each, starts_on=on, ends_on=on) for each in then]
    buyer = (await uow.promotions.offered(order.customer_id, on)).buyer
    settlement = order.term.settlement if order.term else NO_DISCOUNT
    return refund(paid, returned, buyer, then, on, settlement)


def paid_quote(lines: Iterable[OrderLine], promotions: Iterable[Promotion]) -> Quote:
    """The lines of an order as the quote that they were."""
    rules = {each.id: each for each in promotions}
    several = tuple(lines)
    return Quote(
        lines=tuple(
            QuotedLine(line=_cart_line(each), discount=each.discount, vat=each.vat)
            for each in several
            if each.bonus_of is None
        ),
        bonus=tuple(
            _bonus_line(each, each.bonus_of, rules.get(each.bonus_of))
            for each in several
            if each.bonus_of is not None
        ),
    )


def _cart_line(line: OrderLine) -> CartLine:
    return CartLine(
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
    )


def _bonus_line(line: OrderLine, promotion_id: int, promotion: Promotion | None) -> BonusLine:
    rule = promotion.rule if promotion else None
    goods = rule.goods if isinstance(rule, Bonus) else BonusGoods.SAME
    return BonusLine(
        promotion_id=promotion_id,
        version=promotion.version if promotion else 0,
        name=promotion.name if promotion else "",
        goods=goods,
        product_id=line.product_id,
        quantity=line.quantity,
        for_products=(),
        unit_price=line.unit_price,
        options=(line.product_id,) if goods is BonusGoods.CHOOSE else (),
    )


async def set_limits(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    *,
    margin_floor: Rate | None,
    most_discount: Mapping[str, Rate],
) -> None:
    """The least margin of a line, and the most discount of an order by segment («» is everybody else)."""
    actor.require_staff(Role.MANAGER)
    rates = [*most_discount.values(), *([margin_floor] if margin_floor else [])]
    if any(not 0 <= rate.basis_points < BASIS_POINTS for rate in rates):
        raise ValueError("a limit is a share of less than the whole")
    facts = {
        "margin_floor": margin_floor.basis_points if margin_floor else None,
        "most_discount": {segment: rate.basis_points for segment, rate in most_discount.items()},
    }
    await uow.company.decide("pricing.limits", facts, now, actor.staff_id)
    await uow.audit.write(actor, "pricing.limits", "company", None, now, facts)

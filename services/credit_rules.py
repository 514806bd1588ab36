"""What holds for everybody's credit: limits of the company and of groups, and the rules (CRD-01)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from domain.actors import Actor
from domain.credit import CreditLimit, CreditPolicy
from domain.credit_rules import POLICY, CreditRules, Rule, in_bounds
from domain.errors import NotFound
from domain.money import Money
from domain.staff import Role
from storage.unit_of_work import UnitOfWork


async def open_rules(uow: UnitOfWork, actor: Actor, now: datetime) -> CreditRules:
    staff = actor.require_staff(Role.FINANCE, Role.MANAGER)
    return CreditRules(
        company=await uow.credit.limit(now),
        groups=await uow.credit.list_groups(now),
        policy=await _policy(uow),
        may_change=staff.role is Role.FINANCE,
    )


async def require_shared(uow: UnitOfWork, actor: Actor, group_id: int | None, now: datetime) -> str | None:
    """The name of the group whose limit is about to be typed; None for the company."""
    actor.require_staff(Role.FINANCE)
    if group_id is None:
        return None
    found = next((each for each in await uow.credit.list_groups(now) if each.group_id == group_id), None)
    if found is None:
        raise NotFound
    return found.name


async def set_shared_limit(
    uow: UnitOfWork, actor: Actor, group_id: int | None, amount: Money, now: datetime
) -> CreditRules:
    """The total limit of that group, or of the company without one; the other ceiling stays."""
    staff = actor.require_staff(Role.FINANCE)
    await require_shared(uow, actor, group_id, now)
    before = await uow.credit.limit(now, group_id=group_id) or CreditLimit()
    limit = replace(before, total=amount, valid_until=None)
    await uow.credit.put_limit(limit, now, group_id=group_id, staff_id=staff.id)
    facts = {"old": before.total.rials if before.total else None, "new": amount.rials}
    subject = "company" if group_id is None else "customer_group"
    await uow.audit.write(actor, "credit.limit", subject, group_id, now, facts)
    return await open_rules(uow, actor, now)


async def set_rule(uow: UnitOfWork, actor: Actor, rule: Rule, number: int, now: datetime) -> CreditRules:
    """One number of the rules; it holds from the next decision on."""
    staff = actor.require_staff(Role.FINANCE)
    before = await _policy(uow)
    policy = replace(before, **{rule.value: in_bounds(rule, number)})
    await uow.company.decide(POLICY, asdict(policy), now, staff.id)
    facts = {"rule": rule.value, "old": getattr(before, rule.value), "new": number}
    await uow.audit.write(actor, "credit.rule", "company", None, now, facts)
    return await open_rules(uow, actor, now)


async def _policy(uow: UnitOfWork) -> CreditPolicy:
    return CreditPolicy(**(await uow.company.decided(POLICY, {})))

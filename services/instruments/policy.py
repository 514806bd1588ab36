"""Which drawers' cheques a company takes, by their colour: its own table over the usual one."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.drawers import ColourPolicy, DrawerColour, DrawerDecision, policy_of, rule_said
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

POLICY_SETTING = "cheque_colours"
"""The name of the company's setting of which colours it takes."""


async def colour_policy(uow: UnitOfWork) -> dict[DrawerColour, ColourPolicy]:
    return policy_of(await uow.company.decided(POLICY_SETTING, {}))


async def show_policy(uow: UnitOfWork, by: Actor) -> dict[DrawerColour, ColourPolicy]:
    """For those who take cheques, and for managers, who may change it."""
    by.require_staff(Role.FINANCE, Role.MANAGER)
    return await colour_policy(uow)


def require_ruler(by: Actor) -> None:
    by.require_staff(Role.MANAGER)


async def set_rule(
    uow: UnitOfWork, by: Actor, colour: DrawerColour, decision: DrawerDecision, now: datetime
) -> dict[DrawerColour, ColourPolicy]:
    """What is done with a colour from now on; cheques that were taken stay."""
    staff = by.require_staff(Role.MANAGER)
    was = dict(await uow.company.decided(POLICY_SETTING, {}))
    rules = {**was, colour.value: rule_said(colour, decision)}
    await uow.company.decide(POLICY_SETTING, rules, now, staff.id)
    await uow.audit.write(by, "cheque.policy", "company", None, now, {"was": was, "is": rules})
    return policy_of(rules)

"""Which drawers' cheques are taken: finance reads it, a manager changes it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.staff import Role
from handlers.reading import READS
from screens import cheque_policy as screens
from screens.callbacks.instruments import AskColourRule, OpenColourPolicy, SetColourRule
from screens.language import Language
from screens.screen import Screen
from services.instruments import policy as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="cheque_policy")
    router.callback_query.register(show_policy, OpenColourPolicy.filter(), flags=READS)
    router.callback_query.register(ask_rule, AskColourRule.filter(), flags=READS)
    router.callback_query.register(set_rule, SetColourRule.filter())
    return router


async def show_policy(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    table = await wishes.show_policy(uow, actor)
    is_manager = actor.require_staff().role is Role.MANAGER
    return screens.colour_policy(table, _, is_manager=is_manager)


async def ask_rule(_query: CallbackQuery, callback_data: AskColourRule, actor: Actor, _: Language) -> Screen:
    wishes.require_ruler(actor)
    return screens.rule_question(callback_data.colour, _)


async def set_rule(
    _query: CallbackQuery,
    callback_data: SetColourRule,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    colour, decision = callback_data.colour, callback_data.decision
    return screens.colour_policy(await wishes.set_rule(uow, actor, colour, decision, now), _, is_manager=True)

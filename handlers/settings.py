"""One's own account: messages, hours, interests, colleagues, centres, figures."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import settings as screens
from screens.callbacks.settings import (
    ChooseCentre,
    OpenCentres,
    OpenColleagues,
    OpenHours,
    OpenInterests,
    OpenSettings,
    Right,
    SwitchHours,
    SwitchInterest,
    SwitchRight,
    SwitchTopic,
    Topic,
)
from screens.home import home
from screens.language import Language
from screens.screen import Screen
from services import settings as wishes
from services.catalogue import shelves
from storage.unit_of_work import UnitOfWork

TOPICS = {
    Topic.REMINDERS: "reminders",
    Topic.PROMOTIONS: "promotions",
    Topic.SURVEYS: "surveys",
    Topic.NO_SURVEYS: "no_surveys",
}
RIGHTS = {Right.ORDER: "may_order", Right.BALANCE: "may_see_balance"}


def router() -> Router:
    router = Router(name="settings")
    taps = router.callback_query
    taps.register(show_settings, OpenSettings.filter(), flags=READS)
    taps.register(switch_topic, SwitchTopic.filter())
    taps.register(show_hours, OpenHours.filter(), flags=READS)
    taps.register(switch_hours, SwitchHours.filter())
    taps.register(show_interests, OpenInterests.filter(), flags=READS)
    taps.register(switch_interest, SwitchInterest.filter())
    taps.register(show_colleagues, OpenColleagues.filter(), flags=READS)
    taps.register(switch_right, SwitchRight.filter())
    taps.register(show_centres, OpenCentres.filter(), flags=READS)
    taps.register(choose_centre, ChooseCentre.filter())
    return router


async def show_settings(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    wanted = await wishes.preferences(uow, actor)
    return screens.settings(wanted, _, is_manager=actor.rights.may_approve)


async def switch_topic(
    _query: CallbackQuery, callback_data: SwitchTopic, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    topic = TOPICS[callback_data.topic]
    wanted = await wishes.switch_topic(uow, actor, topic, is_on=bool(callback_data.on))
    return screens.settings(wanted, _, is_manager=actor.rights.may_approve)


async def show_hours(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.hours(await wishes.preferences(uow, actor), wishes.SPANS, _)


async def switch_hours(
    _query: CallbackQuery, callback_data: SwitchHours, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    span = (callback_data.first, callback_data.last)
    wanted = await wishes.switch_hours(uow, actor, span, is_on=bool(callback_data.on))
    return screens.hours(wanted, wishes.SPANS, _)


async def show_interests(
    _query: CallbackQuery, callback_data: OpenInterests, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    wanted = await wishes.preferences(uow, actor)
    return screens.interests(wanted, await shelves(uow), callback_data.page, _)


async def switch_interest(
    _query: CallbackQuery, callback_data: SwitchInterest, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    wanted = await wishes.switch_interest(uow, actor, callback_data.category_id, is_on=bool(callback_data.on))
    return screens.interests(wanted, await shelves(uow), callback_data.page, _)


async def show_colleagues(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.colleagues(await wishes.list_colleagues(uow, actor), _)


async def switch_right(
    _query: CallbackQuery,
    callback_data: SwitchRight,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    contact_id, right = callback_data.contact_id, RIGHTS[callback_data.right]
    people = await wishes.switch_right(uow, actor, contact_id, right, now, is_on=bool(callback_data.on))
    return screens.colleagues(people, _)


async def show_centres(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.centres(await wishes.list_centres(uow, actor), actor.require_customer().id, _)


async def choose_centre(
    _query: CallbackQuery, callback_data: ChooseCentre, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return home(await wishes.choose_centre(uow, actor, callback_data.customer_id), _)

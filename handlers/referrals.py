"""Sending colleagues to us (S7.2): the link, whoever follows it, and a manager's decision on a large gift."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.referrals import Followed
from handlers.front import home_of
from screens import referrals as screens
from screens.callbacks.referrals import GiveReferralGift, OpenReferralLink, RefuseReferralGift
from screens.language import Language
from screens.screen import Screen
from services import referrals as wishes
from services.registration import pending_request
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="referrals")
    router.callback_query.register(show_link, OpenReferralLink.filter())
    router.callback_query.register(give, GiveReferralGift.filter())
    router.callback_query.register(refuse, RefuseReferralGift.filter())
    return router


async def show_link(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    own = await wishes.own_link(uow, actor, now)
    return screens.own_link(own.url, own.gift, own.tally, _)


async def followed(
    payload: str, actor: Actor, uow: UnitOfWork, now: datetime, company: str, _: Language
) -> Screen:
    """/start with a link of somebody's."""
    what, gift = await wishes.follow(uow, actor, payload, now)
    if what is Followed.INVITED and gift is not None:
        return screens.invited(company, gift, _)
    if what is Followed.UNKNOWN or await pending_request(uow, actor) is not None:
        return await home_of(uow, actor, company, _)
    return screens.not_for_you(what, _)


async def give(
    _query: CallbackQuery,
    callback_data: GiveReferralGift,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    done = await wishes.decide(uow, actor, callback_data.referral_id, now, is_given=True)
    return screens.decided(done, _)


async def refuse(
    _query: CallbackQuery,
    callback_data: RefuseReferralGift,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    done = await wishes.decide(uow, actor, callback_data.referral_id, now, is_given=False)
    return screens.decided(done, _)

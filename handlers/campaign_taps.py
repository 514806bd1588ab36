"""Under the message of a campaign: order it, look at it, or ask for no more of it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.campaign_taps import Gone, Impossible, Over, Taken
from screens import campaign_taps as screens
from screens.callbacks.campaigns import BuyFromCampaign, SeeCampaignOffer, StopPromotions, WantPromotions
from screens.language import Language
from screens.refusals import refusal
from screens.screen import Answer, Screen
from services import campaign_taps as wishes
from services.catalogue import basket_count
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign_taps")
    taps = router.callback_query
    taps.register(buy, BuyFromCampaign.filter())
    taps.register(look, SeeCampaignOffer.filter())
    taps.register(stop, StopPromotions.filter())
    taps.register(want_again, WantPromotions.filter())
    return router


async def buy(
    _query: CallbackQuery,
    callback_data: BuyFromCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Answer:
    match await wishes.buy(uow, actor, callback_data.recipient_id, now):
        case Taken() as taken:
            return screens.taken(taken, _)
        case Over() as over:
            return screens.over(over, _)
        case Impossible(why=why):
            return screens.apart(refusal(why, _))
        case Gone() as gone:
            return screens.gone(gone, _)


async def look(
    _query: CallbackQuery,
    callback_data: SeeCampaignOffer,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await wishes.look(uow, actor, callback_data.recipient_id, now)
    match found:
        case Over():
            return screens.over(found, _)
        case Gone():
            return screens.gone(found, _)
    return screens.looked(found, basket_count(found.reader), _)


async def stop(
    _query: CallbackQuery,
    callback_data: StopPromotions,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.stopped(await wishes.stop(uow, actor, callback_data.recipient_id, now), _)


async def want_again(
    _query: CallbackQuery,
    callback_data: WantPromotions,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await wishes.want_again(uow, actor, callback_data.recipient_id, now)
    return screens.wanted_again(_)

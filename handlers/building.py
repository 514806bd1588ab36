"""What is asked while a campaign is built, and the screen that stands where nothing is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram.fsm.state import State, StatesGroup

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.campaigns import Campaign, CampaignState
from domain.staff import Role
from handlers.asking import Question
from screens import campaign_audience as audience_screens
from screens import campaign_parts as parts
from screens import campaign_preview, campaign_progress, campaign_timing
from screens import campaigns as screens
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaign_progress as watching
from services import campaigns
from storage.unit_of_work import UnitOfWork


class Building(StatesGroup):
    """The memory of each is the button that asked it."""

    product = State()
    value = State()
    list_name = State()
    text = State()
    photo = State()
    quantity = State()
    last_day = State()
    name = State()
    customer = State()
    start = State()
    speed = State()
    correction = State()


async def asked_about(actor: Actor, state: Question) -> dict[str, Any]:
    """The button that asked what a manager answers now."""
    actor.require_staff(Role.MANAGER)
    return await state.get_data()


async def as_seen(
    uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime, _: Language, of: int | None = None
) -> Screen:
    """The preview; its parts, with a word about it, where nobody would get it."""
    shown = await desk.show(uow, actor, campaign_id, now, of)
    return await seen(uow, actor, campaign_id, shown, _)


async def seen(
    uow: UnitOfWork, actor: Actor, campaign_id: int, shown: desk.Shown | None, _: Language
) -> Screen:
    if shown is None:
        campaign = await campaigns.get(uow, actor, campaign_id)
        return screens.noted(campaign_preview.nobody(_), parts.edit_menu(campaign, _))
    return campaign_preview.preview(shown.message, shown.customer_id, shown.outlook, _)


async def whole_or_parts(
    uow: UnitOfWork, actor: Actor, campaign: Campaign, now: datetime, _: Language
) -> Screen:
    """After one part was said: the preview, or its parts as long as there is no text to be seen."""
    assert campaign.id is not None
    if not campaign.text:
        return parts.edit_menu(campaign, _)
    return await as_seen(uow, actor, campaign.id, now, _)


async def standing(uow: UnitOfWork, actor: Actor, campaign: Campaign, now: datetime, _: Language) -> Screen:
    """One of them as it stands: a draft where it was left, what is scheduled, how far it is."""
    staff = actor.require_staff(Role.MANAGER)
    assert campaign.id is not None
    match campaign.state:
        case CampaignState.DRAFT if campaign.text:
            return await as_seen(uow, actor, campaign.id, now, _)
        case CampaignState.DRAFT:
            view = await desk.open_audience(uow, actor, campaign.id)
            return audience_screens.audience(campaign, 0, view.names, _)
        case CampaignState.SCHEDULED:
            outlook = await campaigns.outlook(uow, actor, campaign.id, now)
            return campaign_timing.scheduled(campaign, outlook, staff.id, _)
        case CampaignState.RUNNING:
            return campaign_progress.progress(await watching.watch(uow, actor, campaign.id), _)
    return screens.gone_out(campaign, _)


async def when(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime, _: Language) -> Screen:
    campaign = await campaigns.get(uow, actor, campaign_id)
    offered = await desk.offered_starts(uow, actor, now)
    return campaign_timing.start_question(campaign, offered, today_in_tehran(now), _)

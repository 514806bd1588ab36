"""Managers watch a campaign, and read what it has brought (S5.8, S5.11)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.calendar import today_in_tehran
from handlers.reading import READS
from screens import campaign_lists as lists
from screens import campaign_results as screens
from screens.callbacks import campaigns as buttons
from screens.callbacks.campaign_results import CampaignChart, OpenContactGaps
from screens.campaign_progress import progress
from screens.language import Language
from screens.screen import Screen
from services import campaign_progress, contact_gaps
from services import campaign_results as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign_results")
    taps = router.callback_query
    taps.register(show_progress, buttons.CampaignProgress.filter(), flags=READS)
    taps.register(show_sent, buttons.OpenCampaignReports.filter(), flags=READS)
    taps.register(show_report, buttons.CampaignReport.filter(), flags=READS)
    taps.register(show_chart, CampaignChart.filter(), flags=READS)
    taps.register(show_buyers, buttons.CampaignBuyers.filter(), flags=READS)
    taps.register(show_clickers, buttons.CampaignClickers.filter(), flags=READS)
    taps.register(ask_work, buttons.AskWorkOrder.filter(), flags=READS)
    taps.register(make_work, buttons.CampaignWorkOrder.filter())
    taps.register(send_sheet, buttons.CampaignSheet.filter())
    taps.register(show_gaps, OpenContactGaps.filter(), flags=READS)
    return router


async def show_progress(
    _query: CallbackQuery,
    callback_data: buttons.CampaignProgress,
    actor: Actor,
    uow: UnitOfWork,
    _: Language,
) -> Screen:
    return progress(await campaign_progress.watch(uow, actor, callback_data.campaign_id), _)


async def show_sent(
    _query: CallbackQuery,
    callback_data: buttons.OpenCampaignReports,
    actor: Actor,
    uow: UnitOfWork,
    _: Language,
) -> Screen:
    return screens.sent(*await wishes.list_sent(uow, actor, callback_data.page), _)


async def show_report(
    _query: CallbackQuery,
    callback_data: buttons.CampaignReport,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.report(await wishes.open_report(uow, actor, callback_data.campaign_id, now), _)


async def show_chart(
    _query: CallbackQuery,
    callback_data: CampaignChart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.chart(await wishes.open_report(uow, actor, callback_data.campaign_id, now), _)


async def show_buyers(
    _query: CallbackQuery,
    callback_data: buttons.CampaignBuyers,
    actor: Actor,
    uow: UnitOfWork,
    _: Language,
) -> Screen:
    page = max(callback_data.page, 1)
    campaign, found, has_more = await wishes.list_buyers(uow, actor, callback_data.campaign_id, page)
    return lists.buyers(campaign, found, page, has_more, _)


async def show_clickers(
    _query: CallbackQuery,
    callback_data: buttons.CampaignClickers,
    actor: Actor,
    uow: UnitOfWork,
    _: Language,
) -> Screen:
    page = max(callback_data.page, 1)
    campaign, found, has_more = await wishes.list_clickers(uow, actor, callback_data.campaign_id, page)
    return lists.clickers(campaign, found, page, has_more, _)


async def ask_work(
    _query: CallbackQuery,
    callback_data: buttons.AskWorkOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return lists.work_question(await wishes.ask_work(uow, actor, callback_data.campaign_id, now), _)


async def make_work(
    _query: CallbackQuery,
    callback_data: buttons.CampaignWorkOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return lists.work_made(await wishes.make_work(uow, actor, callback_data.campaign_id, now), _)


async def send_sheet(
    _query: CallbackQuery,
    callback_data: buttons.CampaignSheet,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    report, found = await wishes.whole_list(uow, actor, callback_data.campaign_id, now)
    return lists.buyers_file(report, found, company, today_in_tehran(now), _)


async def show_gaps(
    _query: CallbackQuery,
    callback_data: OpenContactGaps,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found, page, has_more = await contact_gaps.list_gaps(uow, actor, callback_data.page, now)
    return lists.contact_gaps(found, page, has_more, now, _)

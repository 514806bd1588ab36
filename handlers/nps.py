"""The managers' report of what customers think."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import nps as screens
from screens.callbacks.nps import OpenNps, OpenNpsChart, OpenNpsWords, SendNps
from screens.language import Language
from screens.nps_file import answers_file
from screens.screen import Screen
from services import opinions as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="nps")
    taps = router.callback_query
    taps.register(show_report, OpenNps.filter(), flags=READS)
    taps.register(show_trend, OpenNpsChart.filter(), flags=READS)
    taps.register(show_comments, OpenNpsWords.filter(), flags=READS)
    taps.register(send_answers, SendNps.filter(), flags=READS)
    return router


async def show_report(
    _query: CallbackQuery, callback_data: OpenNps, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    span, back, part = callback_data.span, callback_data.back, callback_data.part
    return screens.report(await wishes.report(uow, actor, span, back, part, now), _)


async def show_trend(
    _query: CallbackQuery,
    callback_data: OpenNpsChart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.trend(await wishes.trend(uow, actor, callback_data.span, now), callback_data.span, _)


async def show_comments(
    _query: CallbackQuery,
    callback_data: OpenNpsWords,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    span, back, page = callback_data.span, callback_data.back, callback_data.page
    period, found, has_more = await wishes.comments(uow, actor, span, back, page, now)
    return screens.comments(period, found, callback_data, _, has_more=has_more)


async def send_answers(
    _query: CallbackQuery,
    callback_data: SendNps,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    period, found = await wishes.answers(uow, actor, callback_data.span, callback_data.back, now)
    return answers_file(period, found, company, callback_data, _)

"""«مغایرت دارم» (S3.8): a row is disputed, finance answers; and what colleagues have to do."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.disputes import Dispute
from domain.errors import FileRefused
from domain.ledger import Voucher
from domain.periods import Period
from handlers.asking import Question, SentFile
from handlers.reading import READS
from screens import disputes as screens
from screens.callbacks.ledger import (
    AnswerDispute,
    AskDispute,
    DisputeOther,
    DisputeRow,
    FinishTask,
    OpenDispute,
    OpenDisputePhoto,
    OpenDisputes,
    OpenTasks,
)
from screens.language import Language
from screens.screen import Screen
from services import accounts, tasks
from services import disputes as wishes
from storage.unit_of_work import UnitOfWork

MOST_TEXT = 1000


class Disputing(StatesGroup):
    words = State()
    answer = State()


def router() -> Router:
    router = Router(name="disputes")
    taps = router.callback_query
    taps.register(ask_row, AskDispute.filter(), flags=READS)
    taps.register(dispute_row, DisputeRow.filter())
    taps.register(dispute_other, DisputeOther.filter())
    taps.register(show_disputes, OpenDisputes.filter(), flags=READS)
    taps.register(show_dispute, OpenDispute.filter(), flags=READS)
    taps.register(show_photo, OpenDisputePhoto.filter(), flags=READS)
    taps.register(ask_answer, AnswerDispute.filter())
    taps.register(show_tasks, OpenTasks.filter(), flags=READS)
    taps.register(finish_task, FinishTask.filter())
    router.message.register(take_words, StateFilter(Disputing.words))
    router.message.register(take_answer, StateFilter(Disputing.answer))
    return router


async def ask_row(
    _query: CallbackQuery, callback_data: AskDispute, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    period = Period(date.fromordinal(callback_data.from_day), date.fromordinal(callback_data.until_day))
    found = await accounts.read_statement(uow, actor, callback_data.customer_id, period)
    return screens.row_question(found, callback_data.page, _)


async def dispute_row(
    _query: CallbackQuery,
    callback_data: DisputeRow,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    return await _opened(actor, uow, callback_data.voucher, callback_data.voucher_id, now, state, _)


async def dispute_other(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    return await _opened(actor, uow, None, None, now, state, _)


async def _opened(
    actor: Actor,
    uow: UnitOfWork,
    voucher: Voucher | None,
    voucher_id: int | None,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    dispute = await wishes.open_dispute(uow, actor, voucher, voucher_id, now)
    await state.ask(Disputing.words, {"dispute_id": dispute.id})
    return screens.dispute_opened(dispute, _)


async def take_words(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    file: SentFile | None,
    _: Language,
) -> Screen:
    """Words, a photo, or a photo with words."""
    asked = OpenDispute(**await state.get_data())
    said = message.text or message.caption
    photo_id = None
    if file is not None:
        if not file.mime_type.startswith("image/"):
            raise FileRefused
        photo_id = await wishes.keep_photo(uow, file.name, file.mime_type, file.content, now)
    words = typed(said, MOST_TEXT) if said or file is None else ""
    dispute: Dispute = await wishes.explain_dispute(uow, actor, asked.dispute_id, words, photo_id, now)
    await state.clear()
    return screens.dispute_explained(dispute, _)


async def show_disputes(
    _query: CallbackQuery, callback_data: OpenDisputes, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    page = max(callback_data.page, 1)
    found, has_more = await wishes.list_disputes(uow, actor, page)
    return screens.disputes(found, page, _, has_more=has_more)


async def show_dispute(
    _query: CallbackQuery, callback_data: OpenDispute, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.dispute_card(await wishes.read_dispute(uow, actor, callback_data.dispute_id), _)


async def show_photo(
    _query: CallbackQuery, callback_data: OpenDisputePhoto, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    dispute = await wishes.read_dispute(uow, actor, callback_data.dispute_id)
    file_id = await wishes.photo_of(uow, actor, dispute.id)
    return screens.dispute_photo(dispute.id, file_id, dispute.number, _)


async def ask_answer(
    _query: CallbackQuery,
    callback_data: AnswerDispute,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    dispute = await wishes.require_unanswered(uow, actor, callback_data.dispute_id)
    await state.ask(Disputing.answer, callback_data.model_dump())
    return screens.answer_question(dispute, _)


async def take_answer(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AnswerDispute(**await state.get_data())
    text = typed(message.text, MOST_TEXT)
    dispute = await wishes.answer_dispute(uow, actor, asked.dispute_id, text, now)
    await state.clear()
    return screens.answer_sent(dispute, _)


async def show_tasks(
    _query: CallbackQuery, callback_data: OpenTasks, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    page = max(callback_data.page, 1)
    found, has_more = await tasks.list_tasks(uow, actor, page)
    return screens.tasks(found, page, _, has_more=has_more)


async def finish_task(
    _query: CallbackQuery,
    callback_data: FinishTask,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await tasks.finish_task(uow, actor, callback_data.task_id, now)
    page = max(callback_data.page, 1)
    found, has_more = await tasks.list_tasks(uow, actor, page)
    return screens.tasks(found, page, _, has_more=has_more)

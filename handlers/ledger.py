"""An account and its papers: balance, statement, invoices, and their files (S3.1, S3.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.calendar import today_in_tehran
from domain.periods import Period, typed_period
from handlers.asking import Question
from handlers.reading import READS
from screens import documents
from screens import invoices as invoice_screens
from screens import ledger as screens
from screens.callbacks.credit import OpenApprovalStatement
from screens.callbacks.ledger import (
    AskPeriod,
    AskRange,
    OpenBooks,
    OpenInvoiceCard,
    OpenInvoices,
    OpenSettling,
    OpenStatement,
    SendInvoice,
    SendStatement,
)
from screens.callbacks.settings import OpenAccount
from screens.language import Language
from screens.paper_words import invoice_document, statement_document
from screens.screen import Screen
from services import accounts as wishes
from services import papers
from services.approvals import open_card
from storage.unit_of_work import UnitOfWork

LONGEST_RANGE = 80
THREE_MONTHS = timedelta(days=92)


class Looking(StatesGroup):
    range = State()


def router() -> Router:
    router = Router(name="ledger")
    taps = router.callback_query
    taps.register(show_account, OpenAccount.filter(), flags=READS)
    taps.register(show_books, OpenBooks.filter(), flags=READS)
    taps.register(show_periods, AskPeriod.filter(), flags=READS)
    taps.register(show_statement, OpenStatement.filter(), flags=READS)
    taps.register(show_statement_of_buyer, OpenApprovalStatement.filter(), flags=READS)
    taps.register(send_statement, SendStatement.filter(), flags=READS)
    taps.register(show_invoices, OpenInvoices.filter(), flags=READS)
    taps.register(show_invoice, OpenInvoiceCard.filter(), flags=READS)
    taps.register(show_settling, OpenSettling.filter(), flags=READS)
    taps.register(send_invoice, SendInvoice.filter(), flags=READS)
    taps.register(ask_range, AskRange.filter())
    router.message.register(take_range, StateFilter(Looking.range))
    return router


async def show_account(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return screens.account(await wishes.open_balance(uow, actor, now), _)


async def show_books(
    _query: CallbackQuery,
    callback_data: OpenBooks,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    balance = await wishes.open_books(uow, actor, callback_data.customer_id, now)
    return screens.books(balance, _, sees_credit=wishes.sees_credit(actor))


async def show_periods(
    _query: CallbackQuery,
    callback_data: AskPeriod,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    customer_id = await wishes.readable(uow, actor, callback_data.customer_id)
    today = today_in_tehran(now)
    return screens.period_question(customer_id, today, _, is_own=actor.staff_id is None)


async def show_statement(
    _query: CallbackQuery, callback_data: OpenStatement, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found = await wishes.read_statement(uow, actor, callback_data.customer_id, _period(callback_data))
    return screens.statement(found, callback_data.page, _, is_own=actor.staff_id is None)


async def show_statement_of_buyer(
    _query: CallbackQuery,
    callback_data: OpenApprovalStatement,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    """The last three months of who ordered, before somebody decides."""
    card = await open_card(uow, actor, callback_data.order_id, now)
    today = today_in_tehran(now)
    period = Period(today - THREE_MONTHS, today)
    found = await wishes.read_statement(uow, actor, card.customer_id, period)
    return screens.statement_of_buyer(found, card.order_id, card.number, _)


async def ask_range(
    _query: CallbackQuery,
    callback_data: AskRange,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    customer_id = await wishes.readable(uow, actor, callback_data.customer_id)
    await state.ask(Looking.range, callback_data.model_dump())
    return screens.range_question(customer_id, _)


async def take_range(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskRange(**await state.get_data())
    period = typed_period(typed(message.text, LONGEST_RANGE), today_in_tehran(now))
    found = await wishes.read_statement(uow, actor, asked.customer_id, period)
    await state.clear()
    return screens.statement(found, 1, _, is_own=actor.staff_id is None)


async def send_statement(
    _query: CallbackQuery,
    callback_data: SendStatement,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    found = await wishes.read_statement(uow, actor, callback_data.customer_id, _period(callback_data))
    sides = await papers.sides(uow, found.customer_id, company)
    document = statement_document(found, sides, today_in_tehran(now), _)
    paper = documents.statement_paper(document, callback_data.form, _)
    return screens.statement_file(found, paper, _)


async def show_invoices(
    _query: CallbackQuery,
    callback_data: OpenInvoices,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    balance = await wishes.open_balance(uow, actor, now, callback_data.customer_id)
    return invoice_screens.open_invoices(balance, callback_data.page, _, is_own=actor.staff_id is None)


async def show_invoice(
    _query: CallbackQuery,
    callback_data: OpenInvoiceCard,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return invoice_screens.invoice_card(
        await wishes.open_invoice(uow, actor, callback_data.invoice_id, now), _
    )


async def show_settling(
    _query: CallbackQuery,
    callback_data: OpenSettling,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return invoice_screens.settling(await wishes.open_invoice(uow, actor, callback_data.invoice_id, now), _)


async def send_invoice(
    _query: CallbackQuery,
    callback_data: SendInvoice,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    view = await wishes.open_invoice(uow, actor, callback_data.invoice_id, now)
    sides = await papers.sides(uow, view.invoice.customer_id, company)
    document = invoice_document(view.invoice, sides, _)
    return invoice_screens.invoice_file(view, documents.invoice_paper(document, callback_data.form, _), _)


def _period(button: OpenStatement | SendStatement) -> Period:
    return Period(date.fromordinal(button.from_day), date.fromordinal(button.until_day))

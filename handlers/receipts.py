"""«پرداخت کردم»: photo or number, amount, day; and finance's decision (S6.6 to S6.8)."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.amounts import AskBack, typed_amount
from domain.calendar import today_in_tehran
from domain.dates import Leaning, typed_day
from domain.money import Money
from domain.receipts import Proof, require_day, typed_proof
from handlers.asking import Question, SentFile
from handlers.filters import Answers
from screens import receipts as screens
from screens.callbacks.receipts import (
    BackInReceipt,
    ChoosePaidDay,
    MeantAmount,
    OtherAmount,
    OtherPaidDay,
    ReceiptStep,
    StartReceipt,
    StartReceiptOf,
    WholeInvoice,
)
from screens.home import old_button
from screens.language import Language
from screens.screen import Screen
from services import receipts as wishes
from storage.unit_of_work import UnitOfWork


class Paying(StatesGroup):
    proof = State()
    amount = State()
    day = State()
    number = State()


def router() -> Router:
    router = Router(name="receipts")
    taps = router.callback_query
    taps.register(start, StartReceipt.filter())
    taps.register(start_of, StartReceiptOf.filter())
    taps.register(take_whole, WholeInvoice.filter())
    taps.register(ask_amount, OtherAmount.filter())
    taps.register(take_meant, MeantAmount.filter())
    taps.register(choose_day, ChoosePaidDay.filter())
    taps.register(ask_day, OtherPaidDay.filter())
    taps.register(go_back, BackInReceipt.filter())
    router.message.register(take_proof, StateFilter(Paying.proof), Answers())
    router.message.register(take_amount, StateFilter(Paying.amount), Answers())
    router.message.register(take_day, StateFilter(Paying.day), Answers())
    router.message.register(take_number, StateFilter(Paying.number), Answers())
    return router


async def start(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, _: Language) -> Screen:
    await wishes.debts(uow, actor)
    await state.ask(Paying.proof, {})
    return screens.proof_question(_)


async def start_of(
    _query: CallbackQuery,
    callback_data: StartReceiptOf,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    """For one invoice: what is open of it is offered as the amount."""
    await wishes.debts(uow, actor, callback_data.invoice_id)
    await state.ask(Paying.proof, {"invoice_id": callback_data.invoice_id})
    return screens.proof_question(_)


async def take_proof(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    file: SentFile | None,
    _: Language,
) -> Screen:
    """A photo, or a number that was typed instead of one."""
    data = await state.get_data()
    if file is not None:
        data["photo_id"] = await wishes.keep_photo(uow, actor, file.name, file.mime_type, file.content, now)
    else:
        proof = typed_proof(message.text or "")
        await wishes.require_new(uow, actor, proof)
        data |= {"tracking": proof.tracking, "last_four": proof.last_four}
    debts = await wishes.debts(uow, actor, data.get("invoice_id"))
    await state.ask(Paying.amount, data)
    return screens.amount_question(debts, _)


async def take_whole(
    _query: CallbackQuery,
    callback_data: WholeInvoice,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    if await state.get_state() != Paying.amount.state:
        return old_button(_)
    (invoice,) = (await wishes.debts(uow, actor, callback_data.invoice_id)).invoices
    data = {**await state.get_data(), "invoice_id": invoice.id}
    return await _ask_day(data, invoice.open, now, state, _)


async def ask_amount(_query: CallbackQuery, state: Question, _: Language) -> Screen:
    if await state.get_state() != Paying.amount.state:
        return old_button(_)
    await state.ask(Paying.amount, await state.get_data())
    return screens.typed_amount_question(_)


async def take_amount(message: Message, now: datetime, state: Question, _: Language) -> Screen:
    data = await state.get_data()
    amount = typed_amount(message.text or "", _.money_unit)
    if isinstance(amount, AskBack):
        await state.ask(Paying.amount, {**data, "meant": amount.meant.rials})
        return screens.meant_question(amount, _)
    return await _ask_day(data, amount, now, state, _)


async def take_meant(_query: CallbackQuery, now: datetime, state: Question, _: Language) -> Screen:
    data = await state.get_data()
    if await state.get_state() != Paying.amount.state or "meant" not in data:
        return old_button(_)
    return await _ask_day(data, Money(data.pop("meant")), now, state, _)


async def _ask_day(
    data: dict[str, object], amount: Money, now: datetime, state: Question, _: Language
) -> Screen:
    await state.ask(Paying.day, {**data, "rials": amount.rials})
    return screens.day_question(today_in_tehran(now), _)


async def choose_day(
    _query: CallbackQuery,
    callback_data: ChoosePaidDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    if await state.get_state() != Paying.day.state:
        return old_button(_)
    return await _dated(date.fromordinal(callback_data.day), actor, uow, now, state, _)


async def ask_day(_query: CallbackQuery, state: Question, _: Language) -> Screen:
    if await state.get_state() != Paying.day.state:
        return old_button(_)
    await state.ask(Paying.day, await state.get_data())
    return screens.typed_day_question(_)


async def take_day(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    day = typed_day(message.text or "", today_in_tehran(now), Leaning.PAST)
    return await _dated(day, actor, uow, now, state, _)


async def go_back(
    _query: CallbackQuery,
    callback_data: BackInReceipt,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    """An earlier question of the receipt that is being sent, with what was said so far."""
    if not (await state.get_state() or "").startswith("Paying:"):
        return old_button(_)
    data = await state.get_data()
    if callback_data.step is ReceiptStep.DAY and "rials" in data:
        await state.ask(Paying.day, data)
        return screens.day_question(today_in_tehran(now), _)
    debts = await wishes.debts(uow, actor, data.get("invoice_id"))
    if callback_data.step is ReceiptStep.PROOF:
        kept = {"invoice_id": data["invoice_id"]} if "invoice_id" in data else {}
        await state.ask(Paying.proof, kept)
        return screens.proof_question(_)
    await state.ask(Paying.amount, data)
    return screens.amount_question(debts, _)


async def _dated(
    paid_on: date, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The day is known; a number that came first makes the receipt complete."""
    require_day(paid_on, today_in_tehran(now))
    data = {**await state.get_data(), "paid_on": paid_on.isoformat()}
    if data.get("tracking") or data.get("last_four"):
        proof = Proof(tracking=data.get("tracking"), last_four=data.get("last_four"))
        return await _send(data, proof, actor, uow, now, state, _)
    await state.ask(Paying.number, data)
    return screens.number_question(_)


async def take_number(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    proof = typed_proof(message.text or "")
    return await _send(await state.get_data(), proof, actor, uow, now, state, _)


async def _send(
    data: dict[str, object],
    proof: Proof,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    photo_id, invoice_id, rials = data.get("photo_id"), data.get("invoice_id"), data["rials"]
    assert isinstance(rials, int)
    receipt = await wishes.send_receipt(
        uow,
        actor,
        Money(rials),
        date.fromisoformat(str(data["paid_on"])),
        proof,
        now,
        photo_id=photo_id if isinstance(photo_id, int) else None,
        invoice_id=invoice_id if isinstance(invoice_id, int) else None,
    )
    await state.clear()
    return screens.recorded(receipt, _)

"""Finance keeps the levels of reminders, sees promises, and says which accounts customers pay to."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.bank_accounts import typed_card, typed_sheba
from domain.staff import Role
from domain.typed_times import typed_offset
from handlers.asking import Question
from handlers.reading import READS
from screens import bank_accounts as account_screens
from screens import reminder_desk as screens
from screens.callbacks.reminders import (
    AddBankAccount,
    AskDropBankAccount,
    AskLevelDays,
    DropBankAccount,
    NoBankCard,
    OpenBankAccounts,
    OpenPromises,
    OpenReminderLevels,
    SwitchLevel,
)
from screens.home import old_button
from screens.language import Language
from screens.screen import Screen
from services import bank_accounts, promises, reminder_rules
from storage.unit_of_work import UnitOfWork


class Keeping(StatesGroup):
    days = State()
    sheba = State()
    card = State()


def router() -> Router:
    router = Router(name="reminder_desk")
    taps = router.callback_query
    taps.register(show_levels, OpenReminderLevels.filter(), flags=READS)
    taps.register(ask_days, AskLevelDays.filter())
    taps.register(switch, SwitchLevel.filter())
    taps.register(show_promises, OpenPromises.filter(), flags=READS)
    taps.register(show_accounts, OpenBankAccounts.filter(), flags=READS)
    taps.register(ask_sheba, AddBankAccount.filter())
    taps.register(without_card, NoBankCard.filter())
    taps.register(ask_drop, AskDropBankAccount.filter(), flags=READS)
    taps.register(drop_account, DropBankAccount.filter())
    router.message.register(take_days, StateFilter(Keeping.days))
    router.message.register(take_sheba, StateFilter(Keeping.sheba))
    router.message.register(take_card, StateFilter(Keeping.card))
    return router


async def show_levels(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    ladder, may_change = await reminder_rules.open_levels(uow, actor)
    return screens.levels(ladder, _, may_change=may_change)


async def ask_days(
    _query: CallbackQuery,
    callback_data: AskLevelDays,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    level, (first, last) = await reminder_rules.level_to_change(uow, actor, callback_data.level)
    await state.ask(Keeping.days, callback_data.model_dump())
    return screens.days_question(level, first, last, _)


async def take_days(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskLevelDays(**await state.get_data())
    ladder = await reminder_rules.set_days(uow, actor, asked.level, typed_offset(message.text), now)
    await state.clear()
    return screens.levels(ladder, _, may_change=True)


async def switch(
    _query: CallbackQuery,
    callback_data: SwitchLevel,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    is_on = callback_data.on == 1
    ladder = await reminder_rules.switch(uow, actor, callback_data.level, now, is_on=is_on)
    return screens.levels(ladder, _, may_change=True)


async def show_promises(
    _query: CallbackQuery, callback_data: OpenPromises, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    page, state = max(callback_data.page, 1), callback_data.state
    found, has_more, ratio = await promises.list_promises(uow, actor, state, page)
    return screens.promises(found, state, page, ratio, _, has_more=has_more)


async def show_accounts(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, company: str, _: Language
) -> Screen:
    return account_screens.accounts(await bank_accounts.open_accounts(uow, actor, company), _)


async def ask_sheba(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, _: Language
) -> Screen:
    await bank_accounts.require_room(uow, actor)
    await state.ask(Keeping.sheba, {})
    return account_screens.sheba_question(_)


async def take_sheba(message: Message, actor: Actor, state: Question, _: Language) -> Screen:
    actor.require_staff(Role.FINANCE)
    await state.ask(Keeping.card, {"sheba": typed_sheba(message.text)})
    return account_screens.card_question(_)


async def take_card(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    state: Question,
    _: Language,
) -> Screen:
    return await _add(typed_card(message.text), actor, uow, now, company, state, _)


async def without_card(
    _query: CallbackQuery,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    state: Question,
    _: Language,
) -> Screen:
    actor.require_staff(Role.FINANCE)
    if await state.get_state() != Keeping.card.state:
        return old_button(_)
    return await _add("", actor, uow, now, company, state, _)


async def _add(
    card: str,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    state: Question,
    _: Language,
) -> Screen:
    sheba = str((await state.get_data())["sheba"])
    await bank_accounts.add_account(uow, actor, sheba, card, now)
    await state.clear()
    return account_screens.accounts(await bank_accounts.open_accounts(uow, actor, company), _)


async def ask_drop(
    _query: CallbackQuery, callback_data: AskDropBankAccount, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    account = await bank_accounts.find_account(uow, actor, callback_data.account_id)
    return account_screens.drop_question(account, _)


async def drop_account(
    _query: CallbackQuery,
    callback_data: DropBankAccount,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    await bank_accounts.drop_account(uow, actor, callback_data.account_id, now)
    return account_screens.accounts(await bank_accounts.open_accounts(uow, actor, company), _)

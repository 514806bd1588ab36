"""Plain texts that mean a wish, wherever they are typed: «مانده حسابم چقدره؟», «سفارشم کجاست؟», «شکایت»."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import Message

from domain.actors import Actor
from domain.addresses import typed
from domain.calendar import today_in_tehran
from domain.intents import Wish, intent
from handlers.asking import Question
from handlers.filters import FromApplicant, TypesMobile, Wishes
from handlers.support import MOST_TEXT, Talking
from screens import basket as basket_screens
from screens import catalogue as catalogue_screens
from screens import cheque_desk as cheque_desk_screens
from screens import fulfilment as fulfilment_screens
from screens import instruments as cheque_screens
from screens import invoices as invoice_screens
from screens import ledger as ledger_screens
from screens import offers as offer_screens
from screens import orders as order_screens
from screens import promotions as promotion_screens
from screens import settings as settings_screens
from screens import support as support_screens
from screens.home import you_are_welcome
from screens.language import Language
from screens.registration import request_waits, send_it_by_key
from screens.screen import Screen
from services import accounts, basket, catalogue, fulfilment, offers, orders, promotions, settings, support
from services.instruments import desk, own
from services.registration import pending_request
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="shortcuts")
    texts = router.message
    texts.register(take_thanks, Wishes(Wish.THANKS))
    texts.register(show_catalogue, Wishes(Wish.CATALOGUE))
    texts.register(show_account, Wishes(Wish.ACCOUNT))
    texts.register(show_tracking, Wishes(Wish.TRACKING))
    texts.register(show_order, Wishes(Wish.NUMBER))
    texts.register(show_invoice, Wishes(Wish.INVOICE))
    texts.register(show_basket, Wishes(Wish.BASKET))
    texts.register(show_cheques, Wishes(Wish.CHEQUES))
    texts.register(show_deals, Wishes(Wish.OFFERS))
    texts.register(show_settings, Wishes(Wish.SETTINGS))
    texts.register(ask_support, Wishes(Wish.SUPPORT))
    texts.register(pass_complaint_on, Wishes(Wish.COMPLAINT))
    texts.register(show_request, FromApplicant())
    texts.register(refuse_typed_mobile, TypesMobile())
    return router


async def take_thanks(_message: Message, _: Language) -> Screen:
    return you_are_welcome(_)


async def show_catalogue(_message: Message, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    basket_count = catalogue.basket_count(actor)
    return catalogue_screens.front(await catalogue.shelves(uow), actor, _, basket=basket_count)


async def show_account(
    _message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return ledger_screens.account(await accounts.open_balance(uow, actor, now), _)


async def show_tracking(_message: Message, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return order_screens.tracking(await orders.list_open_orders(uow, actor), _)


async def show_order(message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    meant = intent(message.text or "")
    assert meant is not None
    assert meant.number is not None
    order_id = await settings.numbered_order(uow, actor, meant.number)
    if actor.staff_id is not None:
        return fulfilment_screens.job(await fulfilment.open_job(uow, actor, order_id, now), _)
    return order_screens.order_card(await orders.open_order(uow, actor, order_id, now), _)


async def show_invoice(message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    """The invoice of that number; people also call an order so."""
    meant = intent(message.text or "")
    assert meant is not None
    assert meant.number is not None
    invoice_id = await accounts.numbered_invoice(uow, actor, meant.number)
    if invoice_id is None:
        return await show_order(message, actor, uow, now, _)
    return invoice_screens.invoice_card(await accounts.open_invoice(uow, actor, invoice_id, now), _)


async def show_basket(_message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return basket_screens.basket(await basket.read_basket(uow, actor, now), _)


async def show_deals(_message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    if actor.staff_id is not None:
        found = await promotions.list_page(uow, actor, 1)
        return promotion_screens.promotions(found, today_in_tehran(now), _)
    return offer_screens.deals(await offers.list_deals(uow, actor, now), 1, _)


async def show_cheques(
    _message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    """The customer's own; for those who answer for money, their desk."""
    if actor.staff_id is not None:
        return cheque_desk_screens.desk(await desk.open_desk(uow, actor, now), _)
    return cheque_screens.cheque_list(await own.list_own(uow, actor, now), _)


async def show_settings(_message: Message, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    wanted = await settings.preferences(uow, actor)
    return settings_screens.settings(wanted, _, is_manager=actor.rights.may_approve)


async def ask_support(_message: Message, state: Question, _: Language) -> Screen:
    await state.ask(Talking.message)
    return support_screens.support_question(_)


async def pass_complaint_on(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    """A complaint that says what it is about needs no second question."""
    await support.ask_support(uow, actor, typed(message.text, MOST_TEXT), now)
    return support_screens.support_asked(_)


async def show_request(_message: Message, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    """Whoever waits for a manager is told how the request stands."""
    request = await pending_request(uow, actor)
    assert request is not None
    return request_waits(request, _)


async def refuse_typed_mobile(_message: Message, _: Language) -> Screen:
    """A stranger's number that was typed instead of shared proves nothing."""
    return send_it_by_key(_)

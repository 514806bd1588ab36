"""Goods by the codes on them: photographed, or typed. A photo without any is a list on paper (S2.8)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.product_codes import CodeFault
from domain.scans import Scan
from handlers.asking import Question, SentFile
from handlers.filters import ShowsPicture, TypesCode
from handlers.searching import Asking
from screens import barcodes as screens
from screens.callbacks.sent_lists import WishForCode
from screens.language import Language
from screens.product import product_card
from screens.requested_goods import goods_noted
from screens.screen import Screen
from screens.sent_lists import passed_on, unreadable_file
from services import offers, paper_lists, product_codes, requested_goods, support
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    """Stands before the search and before written orders: a code is neither."""
    router = Router(name="barcodes")
    texts = router.message
    texts.register(take_picture, StateFilter(None, Asking.search), ShowsPicture())
    texts.register(take_code, StateFilter(None, Asking.search), TypesCode())
    router.callback_query.register(wish_for_code, WishForCode.filter())
    return router


async def take_picture(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
    scan: Scan | None = None,
    file: SentFile | None = None,
) -> Screen | None:
    """The goods whose codes are seen; a photo without any is a list on paper, for a colleague to type."""
    if file is None:
        return unreadable_file(_)
    album = message.media_group_id
    if album is not None and await support.goes_with(uow, actor, album, file, now):
        return None
    codes = scan.codes if scan else ()
    found, unknown = await product_codes.look_up_scanned(uow, actor, codes, now)
    if len(found) > 1:
        return screens.several(found, unknown, actor, _)
    if found:
        await state.clear()
        shelf, deals = await offers.open_offer(uow, actor, found[0].product.id, now)
        return product_card(shelf, actor, _, deals=deals)
    if unknown:
        return screens.unknown(unknown, actor, _)
    if actor.customer_id is None:
        raise SkipHandler
    file_id = await paper_lists.keep_page(uow, file.name, file.mime_type, file.content, now)
    return passed_on(_) if await paper_lists.send(uow, actor, file_id, album, now) else None


async def take_code(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """What was typed may be a code of ours; what need not be one at all goes on to the search."""
    product_id, code, fault = await product_codes.look_up_typed(uow, message.text or "")
    if product_id is not None:
        await state.clear()
        shelf, deals = await offers.open_offer(uow, actor, product_id, now)
        return product_card(shelf, actor, _, deals=deals)
    match fault:
        case CodeFault.CHECK_DIGIT:
            return screens.wrong_check_digit(code, _)
        case CodeFault.UNKNOWN:
            return screens.unknown((code,), actor, _)
    raise SkipHandler


async def wish_for_code(
    _query: CallbackQuery,
    callback_data: WishForCode,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    text = screens.wish_text(callback_data.digits, _)
    return goods_noted(await requested_goods.request(uow, actor, text, now), _)

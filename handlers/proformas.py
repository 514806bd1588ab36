"""What an order costs, to be taken along as a file."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.calendar import today_in_tehran
from handlers.reading import READS
from screens import documents
from screens import proformas as screens
from screens.callbacks.orders import SendProforma
from screens.language import Language
from screens.screen import Screen
from services import orders as wishes
from services import papers
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="proformas")
    router.callback_query.register(send, SendProforma.filter(), flags=READS)
    return router


async def send(
    _query: CallbackQuery,
    callback_data: SendProforma,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    view = await wishes.open_order(uow, actor, callback_data.order_id, now)
    sides = await papers.sides(uow, view.order.customer_id, company)
    document = screens.proforma_document(view, sides, today_in_tehran(now), _)
    return screens.proforma_file(view, documents.proforma_paper(document, callback_data.form, _), _)

"""«کالای درخواستی»: what we do not sell is noted for whoever buys for us, and answered (CAT-06)."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.errors import AlreadyDecided, NotFound, TextRefused
from domain.notifications import Notification, Recipient
from domain.persian import clean, search_key
from domain.requested_goods import MOST_TEXT, GoodsAnswer, RequestedGoods, Wisher
from domain.staff import Role
from services.finding import find
from storage.unit_of_work import UnitOfWork

BUYING = (Role.MANAGER, Role.SUPPORT)
"""Who sees what is wished for, and says what becomes of it."""
PER_PAGE = 8
SURE = 0.82
"""From such a score on, what we have by now is surely what was wished for."""


async def request(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> str:
    """Note what that customer wishes for; as it was kept. Asked twice it is one wish, counted twice."""
    customer = actor.require_customer()
    wish = " ".join(clean(text).split())
    key = search_key(wish)[:MOST_TEXT]
    if not key or len(wish) > MOST_TEXT or actor.contact_id is None:
        raise TextRefused(MOST_TEXT)
    request_id = await uow.requested_goods.put(customer.id, actor.contact_id, wish, key, now)
    await uow.audit.write(actor, "goods.requested", "requested_goods", request_id, now, {"text": wish})
    return wish


async def request_searched(uow: UnitOfWork, actor: Actor, search_id: int, now: datetime) -> str:
    """The same of what was looked for in vain."""
    actor.require_customer()
    text = await uow.searches.find(search_id, actor.identity.id or 0)
    if text is None:
        raise NotFound
    return await request(uow, actor, text, now)


async def list_wishes(
    uow: UnitOfWork, actor: Actor, page: int = 1
) -> tuple[tuple[RequestedGoods, ...], bool]:
    """A page of what nobody has answered yet, and whether there are more; pages count from 1."""
    actor.require_staff(*BUYING)
    found = await uow.requested_goods.list_open(PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def open_wish(
    uow: UnitOfWork, actor: Actor, request_id: int
) -> tuple[RequestedGoods, tuple[Wisher, ...]]:
    """One wish with all who share it."""
    actor.require_staff(*BUYING)
    _key, wish, wishers = await uow.requested_goods.get_open(request_id)
    return wish, wishers


async def answer_wish(
    uow: UnitOfWork, actor: Actor, request_id: int, answer: GoodsAnswer, now: datetime
) -> RequestedGoods:
    """Say «آوردیم» or «نمی‌آوریم» to all who wish for it, once; what we have by now with the way there."""
    staff = actor.require_staff(*BUYING)
    key, wish, _wishers = await uow.requested_goods.get_open(request_id)
    answered = await uow.requested_goods.answer(key, answer, staff.id, now)
    if not answered:
        raise AlreadyDecided
    product_id = await _product(uow, wish.text) if answer is GoodsAnswer.HAS else None
    await uow.outbox.put(
        *(
            Notification(
                key=f"goods_answered:{each}",
                kind="goods_answered",
                to=Recipient(contact_id=contact_id),
                subject_id=each,
                due_at=now,
                facts={"text": text, "answer": answer.value, "product_id": product_id},
            )
            for each, contact_id, text in answered
        )
    )
    facts = {"text": wish.text, "answer": answer.value, "customers": len(answered)}
    await uow.audit.write(actor, "goods.answered", "requested_goods", wish.id, now, facts)
    return wish


async def _product(uow: UnitOfWork, text: str) -> int | None:
    hits = await find(uow, text, 1)
    return hits[0].product_id if hits and hits[0].score >= SURE else None

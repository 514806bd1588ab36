"""A victim with something of everything, and everybody who may not see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from bot.intake import read_update
from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.catalogue import Product
from domain.credit import HoldKind
from domain.delays import DelayWord
from domain.money import of_toman
from domain.nudges import Regular
from domain.orders import OrderStatus
from domain.receipts import Proof
from domain.referrals import NAME_OF_BOT, ReferralState
from domain.reorder import Rhythm
from domain.sent_lists import LeftBecause, ListKind, RowLeft
from domain.staff import Role
from services import surveys
from services.basket import add_to_basket, put_note
from services.disputes import explain_dispute, open_dispute
from services.membership import ask_applicant
from services.orders import change_order
from services.receipts import send_receipt
from services.support import ask_support
from storage.built import built
from storage.tables.base import metadata
from storage.tables.orders import orders
from storage.tables.people import contact_roles, contacts, customers, outlets
from storage.tables.referrals import referrals
from storage.unit_of_work import UnitOfWork
from tests.bot.kit import BOT_ID, PLATFORM, a_text
from tests.builders.campaign_results import a_campaign, a_recipient
from tests.builders.catalogue import a_brand, a_category, a_product
from tests.builders.cheques import announced
from tests.builders.ledger import an_invoice
from tests.builders.orders import a_placed_order, summarise
from tests.builders.people import a_centre, a_colleague, a_contact_of, a_request, a_stranger, linked, speaking
from tests.builders.pictures import A_PICTURE

MARK = "رازمگو"
"""In every name, note and text of the victim: whoever reads it has read too much."""
NUMBER = 987_654
PRICE = 123_457
ABSENT = 2**62
FREE = frozenset({"inbox", "audit", "identities", "reaches", "memory", "counters"})
"""Tables that any update may write to, whoever sends it."""


@dataclass(frozen=True, slots=True)
class Victim:
    """Ids of what belongs to somebody else, by the name of the field that would carry them."""

    user_id: int
    ids: Mapping[str, int]
    draft_nonce: str
    draft_version: int


@dataclass(frozen=True, slots=True)
class Town:
    victim: Victim
    owner: Actor
    intruders: Mapping[str, Actor]
    staff: Mapping[Role, Actor]

    @property
    def everybody(self) -> dict[str, Actor]:
        """All who are not the victim."""
        return {**self.intruders, **{role.value: actor for role, actor in self.staff.items()}}


async def settle(uow: UnitOfWork, now: datetime) -> Town:
    """The victim with orders, drafts, a request and a message; and everybody else."""
    category_id, brand_id = await a_category(uow), await a_brand(uow)
    goods = await a_product(uow, category_id=category_id, brand_id=brand_id, toman=PRICE)
    secret = await a_product(uow, f"{MARK} کالا", category_id=category_id, toman=PRICE)
    customer_id = await a_centre(uow, f"داروخانه {MARK}")
    owner = await linked(uow, await a_contact_of(uow, customer_id, name=f"دکتر {MARK}", may_approve=True))
    placed = await _order(uow, owner, {goods: 3, secret: 4}, NUMBER, now)
    delivered = await _order(uow, owner, {goods: 5, secret: 1}, NUMBER + 1, now)
    done = update(orders).where(orders.c.id == delivered).values(status=OrderStatus.DELIVERED.value)
    await uow.connection.execute(done)
    held = await _order(uow, owner, {goods: 2}, NUMBER + 2, now)
    late = await _order(uow, owner, {goods: 1}, NUMBER + 3, now)
    change = (await change_order(uow, owner, placed, now)).draft
    draft = await _draft(uow, owner, goods, now)
    await uow.connection.execute(
        update(metadata.tables["products"]).values(is_active=False).where(_product_is(secret))
    )
    await ask_support(uow, owner, f"پیام {MARK}", now)
    message_id = await uow.connection.scalar(select(metadata.tables["support_messages"].c.id))
    request = await a_request(uow, await a_stranger(uow, MARK), name=f"سالن {MARK}")
    (dead,) = await uow.inbox.put(PLATFORM, BOT_ID, [read_update(a_text(owner.identity.user_id, MARK))], now)
    await uow.inbox.set_aside(dead.id, "RuntimeError", now)
    ids = {
        "order_id": placed,
        "delivered_id": delivered,
        "draft_id": draft.id,
        "change_id": change.id,
        "product_id": goods.id,
        "other_id": goods.id,
        "secret_id": secret.id,
        "category_id": category_id,
        "brand_id": brand_id,
        "contact_id": owner.contact_id or 0,
        "customer_id": customer_id,
        "request_id": request.id,
        "message_id": message_id or 0,
        "inbox_id": dead.id,
        "number": NUMBER,
        "outlet_id": await uow.connection.scalar(_first_outlet(customer_id)) or 0,
    }
    ids["cheque_id"] = (await announced(uow, owner, sayad_id="9876543210123456")).id
    ids["cheque_version"] = 0
    ids["held_id"] = held
    await uow.connection.execute(
        update(orders).where(orders.c.id == held).values(status=OrderStatus.HELD.value)
    )
    await uow.credit.put_hold(customer_id, HoldKind.MANUAL, now, reason=MARK)
    (hold,) = await uow.credit.list_holds(customer_id)
    ids["hold_id"] = hold.id
    ids["invoice_id"] = (await an_invoice(uow, owner, 50_000_000)).id
    dispute = await open_dispute(uow, owner, None, None, now)
    await explain_dispute(uow, owner, dispute.id, f"مغایرت {MARK}", None, now)
    task_id = await uow.connection.scalar(select(func.max(metadata.tables["tasks"].c.id)))
    paid = Proof(tracking="88412036")
    receipt = await send_receipt(uow, owner, of_toman(5_000), today_in_tehran(now), paid, now)
    ids["receipt_id"] = receipt.id
    ids |= {"dispute_id": dispute.id, "task_id": task_id or 0, "voucher_id": ids["invoice_id"]}
    ids |= await _opinion(uow, owner, delivered, now)
    assert owner.identity.id is not None
    ids |= await _missed(uow, owner, goods, draft.id, now)
    staff = {role: await a_colleague(uow, role) for role in Role}
    word = DelayWord(reason=MARK, deliver_on=date(2026, 11, 25), from_hour=9, until_hour=12)
    taken = await uow.delays.take([late])
    (ids["delay_id"],) = await uow.delays.put(taken, word, now, staff[Role.WAREHOUSE].staff_id or 0)
    last = Regular(
        customer_id=customer_id,
        last_order_id=delivered,
        last_contact_id=owner.contact_id,
        rhythm=Rhythm(last_on=today_in_tehran(now), typical=14, spread=1),
    )
    ids["nudge_id"] = await uow.nudges.put(last, owner.contact_id or 0, now) or 0
    ids["staff_id"] = staff[Role.VISITOR].staff_id or 0
    campaign = await a_campaign(uow, staff[Role.MANAGER], name=f"کمپین {MARK}", product_id=goods.id)
    told = {"sent_at": now + timedelta(minutes=1), "clicked_at": now + timedelta(minutes=1)}
    ids["recipient_id"] = await a_recipient(uow, campaign, owner, **told)
    ids["campaign_id"] = campaign.id or 0
    ids["goods_id"] = goods.id
    ids["referral_id"] = await _sent(uow, owner, now)
    ids |= await _listed(uow, owner, staff[Role.SUPPORT], now)
    assert draft.nonce is not None
    victim = Victim(owner.identity.user_id, ids, draft.nonce, draft.version)
    return Town(victim, owner, await _intruders(uow, customer_id, now), staff)


async def _missed(
    uow: UnitOfWork, owner: Actor, goods: Product, draft_id: int, now: datetime
) -> dict[str, int]:
    """What the victim looked and wished for, has kept, and was offered; and another name of a brand."""
    customer_id, contact_id = owner.require_buyer()
    text, brand_id = f"کالا {MARK}", await a_brand(uow, "سپیدار")
    search_id = await uow.searches.put(owner.identity.id or 0, text, now, customer_id=customer_id, key=text)
    await uow.brand_aliases.put([(brand_id, "Sepidar")])
    saved = (await uow.orders.get(draft_id, of=customer_id)).lines
    return {
        "search_id": search_id,
        "wish_id": await uow.requested_goods.put(customer_id, contact_id, text, text, now),
        "basket_id": await uow.saved_baskets.create(customer_id, f"سبد {MARK}", saved, now),
        "suggestion_id": await uow.associations.note_shown(customer_id, draft_id, goods.id, 12, now),
        "alias_id": (await uow.brand_aliases.get(brand_id)).aliases[0].id,
    }


async def _listed(uow: UnitOfWork, owner: Actor, support: Actor, now: datetime) -> dict[str, int]:
    """The victim's lists: a photo that waits, one that was typed, and a file with a row left."""
    customer_id, contact_id = owner.require_buyer()
    who = (owner.identity.id or 0, customer_id, contact_id)
    photo = await uow.files.put(f"{MARK}.png", "image/png", A_PICTURE, now)
    ids = {}
    for name in ("list_id", "typed_list_id"):
        ids[name] = await uow.sent_lists.put(ListKind.PHOTO, who, now)
        await uow.sent_lists.add_page(ids[name], photo)
    await uow.sent_lists.enter(ids["typed_list_id"], f"۲ عدد {MARK}", support.staff_id or 0, now)
    left = RowLeft(row=3, said=MARK, why=LeftBecause.UNKNOWN)
    ids["file_list_id"] = await uow.sent_lists.put(ListKind.FILE, who, now, rows_left=[left])
    return ids


async def _opinion(uow: UnitOfWork, owner: Actor, order_id: int, now: datetime) -> dict[str, int]:
    """What the victim has said about a delivery, and the ticket of it; and a colleague to whom it may go."""
    customer_id, contact_id = owner.require_buyer()
    await uow.surveys.put_due(order_id, customer_id, contact_id, now, now)
    (survey_id,) = await uow.surveys.list_due(now, 1)
    await uow.surveys.ask(survey_id, now, now + timedelta(days=3))
    await surveys.answer(uow, owner, survey_id, 4, now)
    said = await surveys.give_words(uow, owner, survey_id, f"نظر {MARK}", now)
    assert said.ticket is not None
    colleague_id = await uow.staff.put("همکار دیگر", Role.SUPPORT)
    return {"survey_id": survey_id, "ticket_id": said.ticket.id, "colleague_id": colleague_id}


async def _sent(uow: UnitOfWork, owner: Actor, now: datetime) -> int:
    """Somebody whom the victim has sent us, and whose gift waits for a manager."""
    await uow.company.decide(NAME_OF_BOT + PLATFORM, "some_bot", now)
    link = await uow.referrals.link_of(owner.customer_id or 0, owner.contact_id or 0, "A" * 22, now)
    came, customer_id = await a_stranger(uow), await a_centre(uow, f"فروشگاه {MARK}")
    assert came.identity.id is not None
    await uow.referrals.put_opened(link.id, came.identity.id, now)
    await uow.referrals.note_joined(came.identity.id, customer_id, ReferralState.JOINED, now)
    referral_id = int(await uow.connection.scalar(select(func.max(referrals.c.id))) or 0)
    gift = of_toman(500_000)
    await uow.referrals.move(referral_id, (ReferralState.JOINED,), ReferralState.WAITING, gift, now)
    return referral_id


async def _order(
    uow: UnitOfWork, owner: Actor, wanted: dict[Product, int], number: int, now: datetime
) -> int:
    """A placed order under a number that is found again wherever it is said."""
    order = await a_placed_order(uow, owner, wanted, now)
    renamed = update(orders).where(orders.c.id == order.id).values(number=number, note=f"زنگ {MARK}")
    await uow.connection.execute(renamed)
    return order.id


async def _draft(uow: UnitOfWork, owner: Actor, goods: Product, now: datetime) -> Any:
    """A second basket of the victim with its summary shown: the change is hidden while it is made."""
    changing = select(orders.c.id, orders.c.contact_id).where(orders.c.changes.is_not(None))
    change_id, contact_id = (await uow.connection.execute(changing)).one()
    await uow.connection.execute(update(orders).where(orders.c.id == change_id).values(contact_id=None))
    await add_to_basket(uow, owner, goods.id, 2, now)
    await put_note(uow, owner, f"زنگ {MARK}", now)
    shown = await summarise(uow, owner, now)
    await uow.connection.execute(update(orders).where(orders.c.id == change_id).values(contact_id=contact_id))
    return shown.basket.draft


async def _intruders(uow: UnitOfWork, victims: int, now: datetime) -> dict[str, Actor]:
    """Those who are not staff: nobody we know, another customer, and three who have lost their rights."""
    other = await a_centre(uow, "فروشگاه دیگر")
    rival = await linked(uow, await a_contact_of(uow, other, name="رقیب", may_approve=True))
    powerless = await linked(
        uow, await a_contact_of(uow, other, name="بی‌اختیار", may_order=False, may_see_balance=False)
    )
    disabled = await linked(uow, await a_contact_of(uow, victims, name="تعلیق‌شده", may_approve=True))
    await uow.connection.execute(
        update(contacts).where(contacts.c.id == disabled.contact_id).values(is_active=False)
    )
    former = await linked(uow, await a_contact_of(uow, victims, name="همکار سابق", may_approve=True))
    await uow.connection.execute(
        contact_roles.delete().where(contact_roles.c.contact_id == former.contact_id)
    )
    closed_id = await a_centre(uow, "بسته")
    closed = await linked(uow, await a_contact_of(uow, closed_id, name="تعطیل", may_approve=True))
    await uow.connection.execute(update(customers).where(customers.c.id == closed_id).values(is_active=False))
    applicant = await a_stranger(uow, "متقاضی")
    request = await a_request(uow, applicant)
    manager = await a_colleague(uow, Role.MANAGER)
    await ask_applicant(uow, request.id, "نشانی؟", manager, now)
    found = {
        "applicant": applicant,
        "stranger": await a_stranger(uow, "غریبه"),
        "rival": rival,
        "powerless": powerless,
        "disabled": disabled,
        "former": former,
        "closed": closed,
    }
    return {
        name: replace(await speaking(uow, actor.identity.user_id), language=actor.language)
        for name, actor in found.items()
    }


def _first_outlet(customer_id: int) -> Any:
    return select(func.min(outlets.c.id)).where(outlets.c.customer_id == customer_id)


def _product_is(product: Product) -> Any:
    return metadata.tables["products"].c.id == product.id


_ALL = {table.name: built(select(table)) for table in metadata.sorted_tables if table.name not in FREE}
"""Built once: they are asked thousands of times."""


async def everything(uow: UnitOfWork) -> dict[str, str]:
    """The content of every table that a refused update must not have touched."""
    found = {}
    for name, whole in _ALL.items():
        rows = await uow.connection.execute(whole)
        found[name] = json.dumps([[str(cell) for cell in row] for row in rows])
    return found


async def victims_rows(uow: UnitOfWork, victim: Victim) -> dict[str, str]:
    """What is the victim's alone, in every table: no update of anybody else may change it."""
    ids = victim.ids
    mine = {
        "customers": ("id", {ids["customer_id"]}),
        "outlets": ("customer_id", {ids["customer_id"]}),
        "contacts": ("id", {ids["contact_id"]}),
        "contact_roles": ("contact_id", {ids["contact_id"]}),
        "identities": ("contact_id", {ids["contact_id"]}),
        "preferences": ("contact_id", {ids["contact_id"]}),
        "orders": ("customer_id", {ids["customer_id"]}),
        "order_lines": ("order_id", _orders(ids)),
        "order_events": ("order_id", _orders(ids)),
        "cheques": ("customer_id", {ids["customer_id"]}),
        "cheque_events": ("cheque_id", {ids["cheque_id"]}),
        "membership_requests": ("id", {ids["request_id"]}),
        "support_messages": ("id", {ids["message_id"]}),
        "surveys": ("id", {ids["survey_id"]}),
        "tickets": ("id", {ids["ticket_id"]}),
        "referrals": ("id", {ids["referral_id"]}),
        "sent_lists": ("customer_id", {ids["customer_id"]}),
        "inbox": ("id", {ids["inbox_id"]}),
        "campaign_recipients": ("customer_id", {ids["customer_id"]}),
        "stock": ("product_id", {ids["product_id"], ids["secret_id"]}),
    }
    found = {}
    for name, (column, values) in mine.items():
        table = metadata.tables[name]
        rows = await uow.connection.execute(select(table).where(table.c[column].in_(values)))
        found[name] = json.dumps(sorted([str(cell) for cell in row] for row in rows))
    return found


def _orders(ids: Mapping[str, int]) -> set[int]:
    return {ids["order_id"], ids["delivered_id"], ids["draft_id"], ids["change_id"]}

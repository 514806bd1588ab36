"""The same steps through the house's own services, and everything read back from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from domain.actors import Actor
from domain.approvals import Asked
from domain.basket import Summary
from domain.catalogue import Product
from domain.credit import CreditStanding
from domain.credit_decisions import OverLimit
from domain.gifts import ShortBonus, ShortGoods, ShortWish
from domain.money import Rate
from domain.order_views import OrderView
from domain.orders import Order
from domain.promotion_rules import Bonus
from domain.staff import Role
from domain.terms import TermKind, made
from services import basket, checkout, orders
from services.approvals import ask_approval
from services.placing import place_order
from storage.tables.catalogue import prices, stock
from storage.tables.credit import credit_decisions
from storage.tables.instruments import cheques
from storage.tables.ledger import allocations, credit_notes, invoices, payments, postings
from storage.tables.orders import orders as order_rows
from storage.unit_of_work import UnitOfWork
from tests.builders.catalogue import LONG_AGO, a_price_list, a_product
from tests.builders.credit import in_segment
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.builders.pricing import TEN_AND_ONE, on
from tests.builders.promotions import a_kept_promotion
from tests.nemesis.books_model import BONUS_GOODS, GOODS

TERM_OF = {
    "cod": made(TermKind.COD),
    "acc": made(TermKind.ACCOUNT, 21),
    "chq": made(TermKind.CHEQUE, 45),
    "mix": made(TermKind.MIXED, 30, cash=Rate(4_000), rest=TermKind.CHEQUE),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Two customers, our people, and the goods."""

    buyers: tuple[Actor, ...]
    finance: tuple[Actor, ...]
    warehouse: Actor
    goods: Mapping[str, Product]


async def open_desk(uow: UnitOfWork, on_hand: Mapping[str, int]) -> Desk:
    """The first customer is of the best segment."""
    goods = {}
    base = await a_price_list(uow, "پایه")
    for name, (rials, percent) in GOODS.items():
        goods[name] = await a_product(uow, toman=None, vat=percent * 100, on_hand=on_hand[name])
        row = {"price_list_id": base, "product_id": goods[name].id, "rials": rials, "valid_from": LONG_AGO}
        await uow.connection.execute(insert(prices).values(row))
    await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), on(goods[BONUS_GOODS].id))
    buyers = tuple([await a_buyer(uow, name=name, may_see_balance=True) for name in ("آفتاب", "نگین")])
    for buyer in buyers:
        await uow.terms.put(list(TERM_OF.values()), customer_id=buyer.customer_id)
    await in_segment(uow, buyers[0].customer_id or 0, "A")
    return Desk(
        buyers=buyers,
        finance=tuple([await a_member_of_staff(uow, Role.FINANCE) for _each in range(2)]),
        warehouse=await a_member_of_staff(uow, Role.WAREHOUSE),
        goods=goods,
    )


async def order(
    uow: UnitOfWork,
    desk: Desk,
    buyer: Actor,
    paid: Mapping[str, int],
    term: str,
    now: datetime,
    *,
    waits: bool,
    asks: bool,
) -> Order | OverLimit:
    """Fill a basket and tap through to the end; where it is not placed, the basket is empty again."""
    for name, units in paid.items():
        await basket.add_to_basket(uow, buyer, desk.goods[name].id, units, now)
    allowed = await uow.terms.of_customer(buyer.customer_id or 0)
    (term_id,) = (each.id for each in allowed.terms if each.is_same(TERM_OF[term]))
    await checkout.set_term(uow, buyer, term_id, now)
    done = await _placed(uow, buyer, now, waits=waits, asks=asks)
    if isinstance(done, OverLimit):
        draft = (await basket.find_basket(uow, buyer)).draft
        await basket.empty_basket(uow, buyer, draft.id, draft.version, now)
    return done


async def change(
    uow: UnitOfWork,
    desk: Desk,
    buyer: Actor,
    order_id: int,
    name: str,
    units: int,
    now: datetime,
    *,
    waits: bool,
) -> Order | OverLimit:
    """So many units of one of the goods from now on; where that passes the credit, all stays as it was."""
    draft = (await orders.change_order(uow, buyer, order_id, now)).draft
    await basket.set_line(uow, buyer, desk.goods[name].id, units, now)
    done = await _placed(uow, buyer, now, waits=waits, asks=False)
    if isinstance(done, OverLimit):
        await orders.drop_change(uow, buyer, draft.id, now)
    return done


async def _placed(
    uow: UnitOfWork, buyer: Actor, now: datetime, *, waits: bool, asks: bool
) -> Order | OverLimit:
    step = await checkout.summarise(uow, buyer, now)
    if isinstance(step, ShortBonus):
        wish = ShortWish.LATER if waits else ShortWish.WITHOUT
        step = await checkout.settle_bonus(uow, buyer, ShortGoods(product_id=step.product_id, wish=wish), now)
    assert isinstance(step, Summary)
    draft = step.basket.draft
    place = ask_approval if asks else place_order
    done = await place(uow, buyer, draft.id, draft.version, draft.nonce or "", now)
    done = done.view if isinstance(done, Asked) else done
    assert isinstance(done, OrderView | OverLimit), done
    return done.order if isinstance(done, OrderView) else done


@dataclass(frozen=True, slots=True)
class Read:
    """All that the database says of one customer's money."""

    balance: int
    standing: CreditStanding
    accounts: Counter[str]
    orders: dict[int, str]
    invoices: dict[int, int]
    """What is open of each."""
    left: dict[tuple[str, int], int]
    """What each payment, credit note and cheque can still settle."""
    settled: Counter[int] = field(default_factory=Counter)
    used: Counter[tuple[str, int]] = field(default_factory=Counter)
    totals: dict[int, int] = field(default_factory=dict)
    amounts: dict[tuple[str, int], int] = field(default_factory=dict)
    decisions: tuple[tuple[int, int, str], ...] = ()
    """Number, order and outcome of every decision on credit."""


async def read(uow: UnitOfWork, customer_id: int, now: datetime) -> Read:
    async def rows(table: Any, *columns: Any) -> list[Any]:
        wanted = select(*columns).where(table.c.customer_id == customer_id)
        return list(await uow.connection.execute(wanted))

    accounts: Counter[str] = Counter()
    for row in await rows(
        postings, postings.c.debit_account, postings.c.credit_account, postings.c.amount_rials
    ):
        accounts[row.debit_account] += row.amount_rials
        accounts[row.credit_account] -= row.amount_rials
    bills = await rows(invoices, invoices.c.id, invoices.c.open_rials, invoices.c.total_rials)
    left, amounts = {}, {}
    for kind, table in (("payment", payments), ("credit_note", credit_notes), ("cheque", cheques)):
        for row in await rows(table, table.c.id, table.c.unallocated_rials, table.c.amount_rials):
            left[kind, row.id], amounts[kind, row.id] = row.unallocated_rials, row.amount_rials
    settled: Counter[int] = Counter()
    used: Counter[tuple[str, int]] = Counter()
    for row in await rows(allocations, *allocations.c):
        settled[row.invoice_id] += row.amount_rials
        used[row.source, row.source_id] += row.amount_rials
    kept = await rows(
        credit_decisions, credit_decisions.c.id, credit_decisions.c.order_id, credit_decisions.c.outcome
    )
    return Read(
        balance=(await uow.ledger.balance(customer_id)).rials,
        standing=await uow.credit.standing(customer_id, now),
        accounts=accounts,
        orders={
            row.id: row.status
            for row in await rows(order_rows, order_rows.c.id, order_rows.c.status)
            if row.status != "draft"
        },
        invoices={row.id: row.open_rials for row in bills},
        totals={row.id: row.total_rials for row in bills},
        left=left,
        amounts=amounts,
        settled=settled,
        used=used,
        decisions=tuple(tuple(row) for row in kept),
    )


async def read_shelves(uow: UnitOfWork) -> dict[int, tuple[int, int]]:
    """How much is on hand and reserved of each of the goods."""
    found = await uow.connection.execute(select(stock.c.product_id, stock.c.on_hand, stock.c.reserved))
    return {row.product_id: (row.on_hand, row.reserved) for row in found}


async def payment_of(uow: UnitOfWork, receipt_id: int) -> int:
    """The one payment that was booked of a receipt."""
    found = await uow.connection.scalars(select(payments.c.id).where(payments.c.receipt_id == receipt_id))
    return int(found.one())

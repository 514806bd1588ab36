"""Customers with something on their account, written row by row: how rows come about is tested elsewhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import insert, update

from domain.actors import Actor
from domain.approvals import Asked
from domain.catalogue import Product
from domain.credit import CreditLimit
from domain.credit_decisions import OverLimit
from domain.money import Money, of_toman
from domain.order_views import OrderView
from domain.orders import Order
from domain.terms import TermKind, made
from services.approvals import ask_approval
from storage.tables.claims import promises
from storage.tables.instruments import cheques
from storage.tables.ledger import credit_notes, invoices, payments
from storage.tables.orders import orders
from storage.tables.people import customers, outlets
from storage.unit_of_work import UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import a_basket, a_buyer, place, summarise
from tests.conftest import NOW

TODAY = date(2026, 11, 21)
_NUMBERS = count(1)


def million(toman: float) -> Money:
    return of_toman(round(toman * 1_000_000))


async def an_open_invoice(
    uow: UnitOfWork, customer_id: int, amount: Money, due_on: date = TODAY + timedelta(days=20)
) -> int:
    """The id of an invoice of which nothing is paid."""
    made = insert(invoices).values(
        number=20_000 + next(_NUMBERS),
        customer_id=customer_id,
        issued_on=due_on - timedelta(days=21),
        due_on=due_on,
        term={"code": "ACC_21", "kind": "acc", "days": 21, "discount": 0, "cash": 0, "rest": None},
        gross_rials=amount.rials,
        net_rials=amount.rials,
        vat_rials=0,
        total_rials=amount.rials,
        open_rials=amount.rials,
        created_at=NOW,
    )
    return int(await uow.connection.scalar(made.returning(invoices.c.id)) or 0)


async def a_cheque(
    uow: UnitOfWork,
    customer_id: int,
    amount: Money,
    state: str = "received",
    unallocated: Money = of_toman(0),
) -> int:
    made = insert(cheques).values(
        customer_id=customer_id,
        sayad_id=f"{next(_NUMBERS):016d}",
        amount_rials=amount.rials,
        due_on=TODAY + timedelta(days=30),
        effective_due=TODAY + timedelta(days=30),
        received_on=TODAY - timedelta(days=5),
        state=state,
        place="safe",
        unallocated_rials=unallocated.rials,
        created_at=NOW,
        bounced_on=TODAY if state == "bounced" else None,
    )
    return int(await uow.connection.scalar(made.returning(cheques.c.id)) or 0)


async def a_payment(uow: UnitOfWork, customer_id: int, unallocated: Money) -> int:
    """The id of a payment of which so much is settled with nothing."""
    made = insert(payments).values(
        customer_id=customer_id,
        amount_rials=unallocated.rials,
        paid_on=TODAY,
        method="card",
        unallocated_rials=unallocated.rials,
        at=NOW,
    )
    return int(await uow.connection.scalar(made.returning(payments.c.id)) or 0)


async def a_credit_note(uow: UnitOfWork, customer_id: int, unallocated: Money) -> None:
    await uow.connection.execute(
        insert(credit_notes).values(
            number=next(_NUMBERS),
            customer_id=customer_id,
            reason="return",
            net_rials=unallocated.rials,
            vat_rials=0,
            amount_rials=unallocated.rials,
            unallocated_rials=unallocated.rials,
            issued_on=TODAY,
            at=NOW,
            facts={},
        )
    )


async def a_broken_promise(uow: UnitOfWork, customer_id: int, on: date, state: str = "open") -> None:
    await uow.connection.execute(
        insert(promises).values(
            customer_id=customer_id, amount_rials=1, promised_on=on, state=state, made_at=NOW
        )
    )


async def an_order_on_its_way(
    uow: UnitOfWork, customer_id: int, amount: Money, status: str = "approved", kind: str = "chq"
) -> int:
    """The id of an order with no lines, of which so much is on credit."""
    outlet_id = await uow.connection.scalar(
        outlets.select().with_only_columns(outlets.c.id).where(outlets.c.customer_id == customer_id)
    )
    made = insert(orders).values(
        number=30_000 + next(_NUMBERS),
        customer_id=customer_id,
        outlet_id=outlet_id,
        status=status,
        channel="bot_browse",
        gross_rials=amount.rials,
        net_rials=amount.rials,
        credit_rials=amount.rials,
        term={"code": "T", "kind": kind, "days": 45, "discount": 0, "cash": 0, "rest": None},
        created_at=NOW,
        placed_at=NOW - timedelta(days=9),
    )
    return int(await uow.connection.scalar(made.returning(orders.c.id)) or 0)


async def limited(uow: UnitOfWork, customer_id: int, total: Money, open_: Money | None = None) -> None:
    await uow.credit.put_limit(CreditLimit(open=open_, total=total), NOW, customer_id=customer_id)


async def in_segment(uow: UnitOfWork, customer_id: int, segment: str) -> None:
    await uow.connection.execute(
        update(customers).where(customers.c.id == customer_id).values(segment=segment)
    )


async def as_aftab(uow: UnitOfWork, customer_id: int) -> int:
    """Lay the figures of R2.2 on that customer's account; the id of the cheque of 25 millions."""
    await limited(uow, customer_id, million(300))
    await in_segment(uow, customer_id, "B")
    await an_open_invoice(uow, customer_id, million(120))
    await a_cheque(uow, customer_id, million(40))
    await a_cheque(uow, customer_id, million(30), "deposited")
    smallest = await a_cheque(uow, customer_id, million(25), "deposited")
    await an_order_on_its_way(uow, customer_id, million(30))
    await a_payment(uow, customer_id, million(5))
    return smallest


CHEQUE = made(TermKind.CHEQUE, 45)


async def aftab(uow: UnitOfWork, name: str = "فروشگاه زنجیره‌ای آفتاب") -> Actor:
    """A buyer of the chain of R2.2, who pays by cheque of 45 days."""
    buyer = await a_buyer(uow, name=name, may_see_balance=True)
    customer_id = buyer.require_customer().id
    await as_aftab(uow, customer_id)
    await uow.terms.put([CHEQUE], customer_id=customer_id)
    return buyer


async def goods(uow: UnitOfWork, toman: int = 2_000_000, on_hand: int = 1_000) -> Product:
    """A product without VAT, so that amounts are round."""
    return await a_product(uow, toman=toman, vat=0, on_hand=on_hand)


async def try_to_place(
    uow: UnitOfWork, buyer: Actor, wanted: dict[Product, int], now: datetime = NOW
) -> OrderView | OverLimit:
    """Put these into the basket and tap what the final look offers."""
    await a_basket(uow, buyer, wanted, now)
    done = await place(uow, buyer, await summarise(uow, buyer, now), now)
    assert isinstance(done, OrderView | OverLimit)
    return done


async def asked_for(uow: UnitOfWork, buyer: Actor, wanted: dict[Product, int], now: datetime = NOW) -> Order:
    """The order that waits for a decision, asked for by its buyer."""
    over = await try_to_place(uow, buyer, wanted, now)
    assert isinstance(over, OverLimit)
    done = await ask_approval(uow, buyer, over.order_id, over.version, over.nonce, now)
    assert isinstance(done, Asked)
    return done.view.order

"""Rows of the books for tests: invoices, payments and cheques that were there before, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from domain.actors import Actor, Rights
from domain.invoices import Invoice
from domain.ledger import Account, EntryKind, Posting, Voucher
from domain.money import Money
from domain.settling import Payment
from domain.staff import Role
from services.ledger import allocate, post, receive_payment
from storage.tables.instruments import cheques
from storage.tables.orders import order_lines, orders
from storage.tables.people import outlets
from storage.unit_of_work import UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.conftest import NOW

_NUMBERS = count(21_001)
TODAY = date(2026, 11, 21)
"""The story's day, 30 Aban 1405."""


async def an_owner(uow: UnitOfWork, name: str = "سالن زیبایی نگین") -> Actor:
    """A contact who may see the balance of a new customer."""
    buyer = await a_buyer(uow, name=name)
    return replace(buyer, rights=Rights(may_order=True, may_see_balance=True))


async def a_bookkeeper(uow: UnitOfWork) -> Actor:
    return await a_member_of_staff(uow, Role.FINANCE)


async def an_invoice(
    uow: UnitOfWork,
    of: Actor,
    rials: int,
    due_on: date = TODAY,
    *,
    issued_on: date | None = None,
    number: int | None = None,
    now: datetime = NOW,
) -> Invoice:
    """An open invoice without lines, posted as a sale without VAT."""
    customer_id = of.require_customer().id
    amount = Money(rials)
    invoice = Invoice(
        id=0,
        number=number or next(_NUMBERS),
        customer_id=customer_id,
        issued_on=issued_on or due_on,
        due_on=due_on,
        gross=amount,
        discount=Money(0),
        net=amount,
        vat=Money(0),
        open=amount,
    )
    kept = await uow.invoices.put(invoice, now)
    await post(
        uow,
        posting(
            of, Account.RECEIVABLE, Account.SALES, rials, kept.id, day=kept.issued_on, number=kept.number
        ),
    )
    return kept


def posting(
    of: Actor,
    debit: Account,
    credit: Account,
    rials: int,
    voucher_id: int,
    *,
    voucher: Voucher = Voucher.INVOICE,
    kind: EntryKind = EntryKind.INVOICE,
    day: date = TODAY,
    now: datetime = NOW,
    **facts: Any,
) -> Posting:
    return Posting(
        debit=debit,
        credit=credit,
        amount=Money(rials),
        customer_id=of.require_customer().id,
        voucher=voucher,
        voucher_id=voucher_id,
        kind=kind,
        key=f"{kind}:{voucher_id}:{credit}",
        day=day,
        at=now,
        facts=facts,
    )


async def a_payment(
    uow: UnitOfWork,
    by: Actor,
    of: Actor,
    rials: int,
    paid_on: date = TODAY,
    *,
    to_invoice: int | None = None,
    method: str = "card",
    now: datetime = NOW,
) -> Payment:
    wanted = Payment(
        customer_id=of.require_customer().id, amount=Money(rials), paid_on=paid_on, method=method
    )
    kept, _settled = await receive_payment(uow, by, wanted, now, to_invoice=to_invoice)
    return kept


async def a_received_cheque(
    uow: UnitOfWork,
    of: Actor,
    rials: int,
    due_on: date,
    *,
    received_on: date = TODAY,
    state: str = "received",
    now: datetime = NOW,
    more: Mapping[str, Any] | None = None,
) -> int:
    """The id of a cheque in the books, that has settled what was oldest."""
    customer_id = of.require_customer().id
    row = {
        "customer_id": customer_id,
        "sayad_id": f"{next(_NUMBERS):016}",
        "amount_rials": rials,
        "due_on": due_on,
        "effective_due": due_on,
        "received_on": received_on,
        "state": state,
        "place": "safe",
        "unallocated_rials": rials,
        "created_at": now,
        **(more or {}),
    }
    made = await uow.connection.execute(insert(cheques).values(row).returning(cheques.c.id))
    cheque_id = int(made.scalar_one())
    taken = posting(
        of,
        Account.CHEQUES,
        Account.RECEIVABLE,
        rials,
        cheque_id,
        voucher=Voucher.CHEQUE,
        kind=EntryKind.CHEQUE_RECEIVED,
        day=received_on,
        due_on=due_on.isoformat(),
    )
    await post(uow, taken)
    await allocate(uow, customer_id, Voucher.CHEQUE, cheque_id, Money(rials), now)
    return cheque_id


async def an_order_on_its_way(
    uow: UnitOfWork, of: Actor, quantity: int = 24, *, term: Any = None, credit_rials: int = 0, **line: Any
) -> int:
    """The id of an order that is loaded: so many units of one product at 148,000 toman."""
    product = await a_product(uow)
    customer_id = of.require_customer().id
    number = next(_NUMBERS)
    later = line.get("later", 0)
    await uow.stock.reserve({product.id: quantity - later})
    outlet = await uow.connection.scalar(select(outlets.c.id).where(outlets.c.customer_id == customer_id))
    row = {
        "number": number,
        "customer_id": customer_id,
        "outlet_id": outlet,
        "contact_id": of.contact_id,
        "status": "loaded",
        "channel": "bot_browse",
        "deliver_on": TODAY,
        "net_rials": 1_480_000 * quantity,
        "vat_rials": 148_000 * quantity,
        "credit_rials": credit_rials,
        "term": term,
        "line_count": 1,
        "created_at": NOW,
        "placed_at": NOW,
    }
    made = await uow.connection.execute(insert(orders).values(row).returning(orders.c.id))
    order_id = int(made.scalar_one())
    sold = {
        "order_id": order_id,
        "position": 0,
        "product_id": product.id,
        "quantity": quantity,
        "unit_price_rials": 1_480_000,
        "vat_basis_points": 1_000,
    }
    await uow.connection.execute(insert(order_lines).values({**sold, **line}))
    return order_id

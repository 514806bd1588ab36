"""Buyers, their routes, and orders for tests, written within the unit of work that is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import insert

from domain.actors import Actor, Identity, Rights
from domain.basket import Step, Summary
from domain.calendar import Route
from domain.catalogue import Product
from domain.credit_decisions import OverLimit
from domain.customers import Contact, Customer, CustomerKind
from domain.order_views import OrderView
from domain.orders import Order
from domain.persian import search_key
from domain.staff import Role, Staff
from services import checkout
from services.basket import add_to_basket
from services.placing import place_order
from storage.tables.people import contact_roles, contacts, customers, identities, outlets, staff
from storage.unit_of_work import UnitOfWork
from tests.conftest import NOW

_NUMBERS = count(1)
WEST = Route(id=0, name="غرب ۳", weekdays=frozenset({5, 0, 2}))
"""Saturday, Monday, Wednesday; orders until 17:00 of the working day before."""
MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


async def _put(uow: UnitOfWork, table: Any, **row: Any) -> int:
    key = (await uow.connection.execute(insert(table).values(**row))).inserted_primary_key
    assert key is not None
    return int(key[0])


async def _identity(uow: UnitOfWork, **whose: int) -> Identity:
    user_id = 7_000 + next(_NUMBERS)
    row_id = await _put(uow, identities, platform="telegram", user_id=user_id, created_at=NOW, **whose)
    return Identity(id=row_id, platform="telegram", user_id=user_id, chat_id=user_id)


async def a_buyer(
    uow: UnitOfWork,
    *,
    name: str = "داروخانه دکتر رضایی",
    route: Route | None = WEST,
    colleague_of: Actor | None = None,
    **rights: bool,
) -> Actor:
    """A contact who may order: of a colleague's customer, or a new one with an outlet on that route."""
    contact = Contact(id=await _put(uow, contacts, name=f"کسی {next(_NUMBERS)}"), name="کسی", mobile=None)
    if colleague_of is not None:
        customer = colleague_of.require_customer()
    else:
        customer = await _customer(uow, name, route)
    given = Rights(**{"may_order": True, **rights})
    await uow.connection.execute(
        insert(contact_roles).values(
            contact_id=contact.id,
            customer_id=customer.id,
            may_order=given.may_order,
            may_see_balance=given.may_see_balance,
            may_approve=given.may_approve,
        )
    )
    identity = await _identity(uow, contact_id=contact.id)
    return Actor(identity=identity, person=contact, customer=customer, rights=given)


async def _customer(uow: UnitOfWork, name: str, route: Route | None) -> Customer:
    customer_id = await _put(
        uow, customers, name=name, name_key=search_key(name), kind="pharmacy", created_at=NOW
    )
    await _put(
        uow,
        outlets,
        customer_id=customer_id,
        name=name,
        city="تهران",
        address="تهران، سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲",
        short_address="سعادت‌آباد، سرو غربی ۴۲",
        route_id=await uow.calendars.put_route(route) if route else None,
    )
    return Customer(id=customer_id, external_ref=None, name=name, kind=CustomerKind.PHARMACY)


async def an_outlet(
    uow: UnitOfWork, of: Actor, short_address: str, route: Route | None = WEST, name: str = "شعبه"
) -> int:
    """The id of one more outlet of that buyer's customer."""
    return await _put(
        uow,
        outlets,
        customer_id=of.require_customer().id,
        name=name,
        city="تهران",
        address=short_address,
        short_address=short_address,
        route_id=await uow.calendars.put_route(route) if route else None,
    )


async def a_member_of_staff(uow: UnitOfWork, role: Role = Role.WAREHOUSE) -> Actor:
    person_id = await _put(uow, staff, name="همکار", role=role.value)
    identity = await _identity(uow, staff_id=person_id)
    return Actor(identity=identity, person=Staff(id=person_id, name="همکار", role=role))


async def a_basket(uow: UnitOfWork, buyer: Actor, wanted: dict[Product, int], now: datetime = NOW) -> Order:
    """The buyer's draft with so many units of these products added."""
    draft: Order | None = None
    for product, quantity in wanted.items():
        draft = (await add_to_basket(uow, buyer, product.id, quantity, now)).basket.draft
    assert draft is not None
    return draft


async def summarise(uow: UnitOfWork, buyer: Actor, now: datetime = NOW, day: date | None = None) -> Summary:
    """The final look, where nothing has to be asked before it."""
    shown = await checkout.summarise(uow, buyer, now, day)
    assert isinstance(shown, Summary)
    return shown


async def place(
    uow: UnitOfWork, buyer: Actor, shown: Summary, now: datetime = NOW
) -> OrderView | Step | OverLimit:
    """Tap what that summary offers."""
    draft = shown.basket.draft
    assert draft.nonce is not None
    return await place_order(uow, buyer, draft.id, draft.version, draft.nonce, now)


async def a_placed_order(
    uow: UnitOfWork,
    buyer: Actor,
    wanted: dict[Product, int],
    now: datetime = NOW,
    day: date | None = None,
) -> Order:
    """An order of these products, placed and approved."""
    await a_basket(uow, buyer, wanted, now)
    done = await place(uow, buyer, await summarise(uow, buyer, now, day), now)
    assert isinstance(done, OrderView)
    return replace(done.order)

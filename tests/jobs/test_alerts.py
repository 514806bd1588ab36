from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from domain.actors import Actor, Identity, Rights, Stranger
from domain.catalogue import Product
from domain.customers import Contact, Customer, CustomerKind
from domain.errors import NotApproved, NotFound
from domain.staff import Role, Staff
from jobs.alerts import sweep_alerts
from services.alerts import ask_alert
from storage.tables.catalogue import stock_alerts
from storage.tables.messages import notifications
from storage.tables.people import contacts, customers
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product, put_stock
from tests.conftest import NOW

WHO = Identity(id=1, platform="telegram", user_id=1, chat_id=1)
PEOPLE = (1, 2, 3)


def buyer(number: int) -> Actor:
    return Actor(
        identity=WHO,
        person=Contact(id=number, name="-", mobile=None),
        customer=Customer(id=number, external_ref=None, name="-", kind=CustomerKind.SALON),
        rights=Rights(may_order=True),
    )


@pytest.fixture
async def product(store: Store) -> Product:
    async with store.unit_of_work() as uow:
        for n in PEOPLE:
            row = {"name": f"مشتری {n}", "name_key": f"مشتری {n}", "kind": "salon", "created_at": NOW}
            await uow.connection.execute(insert(customers).values(id=n, **row))
            await uow.connection.execute(insert(contacts).values(id=n, name=f"کسی {n}"))
        return await a_product(uow, "سرم مو نگاره", on_hand=0, minimum=6)


async def ask(store: Store, product: Product, number: int, quantity: int, now: datetime = NOW) -> None:
    async with store.unit_of_work() as uow:
        await ask_alert(uow, product.id, quantity, buyer(number), now)


async def restock(
    store: Store, product: Product, on_hand: int, *, reserved: int = 0, safety: int = 0
) -> None:
    async with store.unit_of_work() as uow:
        await put_stock(uow, product.id, on_hand, reserved=reserved, safety=safety)


async def told(store: Store) -> list[int]:
    async with store.reading() as uow:
        rows = await uow.connection.execute(
            select(notifications.c.contact_id, notifications.c.kind, notifications.c.facts).order_by(
                notifications.c.id
            )
        )
        found = rows.all()
    assert all((row.kind, row.facts["label"]) == ("stock_alert", "سرم مو نگاره") for row in found)
    return [row.contact_id for row in found]


async def test_the_word_names_how_many_were_wanted_and_is_soon_old(store: Store, product: Product) -> None:
    await ask(store, product, 1, 12)
    await restock(store, product, 30)
    await sweep_alerts(store, NOW)
    async with store.reading() as uow:
        rows = await uow.connection.execute(select(notifications.c.facts, notifications.c.expires_at))
        assert [(row.facts["quantity"], row.facts["unit"], row.expires_at) for row in rows] == [
            (12, "piece", NOW + timedelta(days=2))
        ]


async def test_nobody_is_told_before_there_is_enough(store: Store, product: Product) -> None:
    await ask(store, product, 1, 12)
    await restock(store, product, 30, reserved=10, safety=9)
    assert await sweep_alerts(store, NOW) == 0
    await restock(store, product, 30, reserved=10, safety=8)
    assert await sweep_alerts(store, NOW) == 1
    assert await told(store) == [1]


async def test_whoever_was_told_is_not_told_again(store: Store, product: Product) -> None:
    await ask(store, product, 1, 12)
    await restock(store, product, 100)
    for days in range(3):
        await sweep_alerts(store, NOW + timedelta(days=days))
    assert await told(store) == [1]


async def test_the_first_who_asked_has_a_head_start(store: Store, product: Product) -> None:
    await ask(store, product, 2, 24)
    await ask(store, product, 1, 24, NOW + timedelta(minutes=1))
    await restock(store, product, 30)
    soon = NOW + timedelta(minutes=5)
    await sweep_alerts(store, soon)
    await sweep_alerts(store, soon + timedelta(hours=1))
    assert await told(store) == [2]
    await sweep_alerts(store, soon + timedelta(hours=3))
    assert await told(store) == [2, 1]


async def test_with_enough_for_all_all_are_told_in_the_order_they_asked(
    store: Store, product: Product
) -> None:
    for minutes, number in enumerate((3, 1, 2)):
        await ask(store, product, number, 10, NOW + timedelta(minutes=minutes))
    await restock(store, product, 30)
    assert await sweep_alerts(store, NOW + timedelta(hours=1)) == 3
    assert await told(store) == [3, 1, 2]


async def test_an_alert_is_forgotten_after_thirty_days(store: Store, product: Product) -> None:
    await ask(store, product, 1, 10)
    await restock(store, product, 30)
    assert await sweep_alerts(store, NOW + timedelta(days=30)) == 0
    await ask(store, product, 1, 10, NOW + timedelta(days=31))
    assert await sweep_alerts(store, NOW + timedelta(days=32)) == 1


async def test_asking_twice_keeps_one_alert_and_its_place_in_the_queue(
    store: Store, product: Product
) -> None:
    await ask(store, product, 1, 10)
    await ask(store, product, 2, 10, NOW + timedelta(minutes=1))
    await ask(store, product, 1, 20, NOW + timedelta(minutes=2))
    async with store.reading() as uow:
        rows = await uow.connection.execute(
            select(stock_alerts.c.contact_id, stock_alerts.c.quantity, stock_alerts.c.asked_at).order_by(
                stock_alerts.c.contact_id
            )
        )
        assert [tuple(row) for row in rows] == [(1, 20, NOW), (2, 10, NOW + timedelta(minutes=1))]
    await restock(store, product, 29)
    await sweep_alerts(store, NOW + timedelta(minutes=3))
    assert await told(store) == [1]


async def test_at_least_the_minimum_is_asked_for(store: Store, product: Product) -> None:
    await ask(store, product, 1, 0)
    await restock(store, product, 5)
    assert await sweep_alerts(store, NOW) == 0
    await restock(store, product, 6)
    assert await sweep_alerts(store, NOW) == 1


async def test_only_customers_can_ask(store: Store, product: Product) -> None:
    async with store.unit_of_work() as uow:
        with pytest.raises(NotApproved):
            await ask_alert(uow, product.id, 6, Actor(identity=WHO, person=Stranger()), NOW)
        staff = Actor(identity=WHO, person=Staff(id=1, name="-", role=Role.MANAGER))
        with pytest.raises(NotFound):
            await ask_alert(uow, product.id, 6, staff, NOW)
        with pytest.raises(NotFound):
            await ask_alert(uow, product.id + 1, 6, buyer(1), NOW)

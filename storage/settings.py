"""What the people of a centre may do and want: colleagues, centres, preferences; and a centre's figures."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.customers import Colleague, ContactRole, Customer, CustomerKind, Preferences
from domain.errors import NotFound
from domain.orders import OPEN
from storage.tables.catalogue import categories
from storage.tables.orders import orders
from storage.tables.people import contact_roles, contacts, customers, identities, outlets, preferences
from storage.upsert import insert_or

_ROLES = contact_roles.c


class SettingsKept:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def preferences(self, contact_id: int) -> Preferences:
        """What this contact wants; the usual when nothing was said."""
        row = (
            await self._connection.execute(select(preferences).where(preferences.c.contact_id == contact_id))
        ).one_or_none()
        return _preferences(row) if row else Preferences(contact_id=contact_id)

    async def save_preferences(self, wanted: Preferences) -> None:
        values = {
            "reminders": wanted.reminders,
            "promotions": wanted.promotions,
            "surveys": wanted.surveys,
            "no_surveys": wanted.no_surveys,
            "hours": ",".join(f"{first}-{last}" for first, last in wanted.hours),
            "category_ids": ",".join(str(each) for each in wanted.category_ids),
        }
        put = insert_or(self._connection, preferences).values(contact_id=wanted.contact_id, **values)
        await self._connection.execute(put.on_conflict_do_update(index_elements=["contact_id"], set_=values))

    async def is_category(self, category_id: int) -> bool:
        found = select(categories.c.id).where(categories.c.id == category_id)
        return await self._connection.scalar(found) is not None

    async def list_centres(self, contact_id: int) -> tuple[Customer, ...]:
        """The customers that this contact may act for."""
        rows = await self._connection.execute(
            select(customers)
            .join(contact_roles, _ROLES.customer_id == customers.c.id)
            .where(_ROLES.contact_id == contact_id, customers.c.is_active)
            .order_by(customers.c.id)
        )
        return tuple(_customer(row) for row in rows)

    async def centre_names(self, contact_id: int) -> tuple[tuple[str, str], ...]:
        """Name and first outlet of each customer that this contact may act for."""
        theirs = outlets.alias("theirs")
        first = select(func.min(theirs.c.id)).where(theirs.c.customer_id == customers.c.id).scalar_subquery()
        rows = await self._connection.execute(
            select(customers.c.name, outlets.c.name.label("outlet"))
            .join(contact_roles, _ROLES.customer_id == customers.c.id)
            .outerjoin(outlets, outlets.c.id == first)
            .where(_ROLES.contact_id == contact_id, customers.c.is_active)
            .order_by(customers.c.id)
        )
        return tuple((row.name, row.outlet or "") for row in rows)

    async def choose_centre(self, identity_id: int, contact_id: int, customer_id: int) -> None:
        """This account acts for that customer from now on, if its contact may."""
        may = select(_ROLES.customer_id).where(
            _ROLES.contact_id == contact_id, _ROLES.customer_id == customer_id
        )
        chosen = await self._connection.execute(
            update(identities)
            .where(identities.c.id == identity_id, identities.c.contact_id == contact_id, may.exists())
            .values(customer_id=customer_id)
        )
        if chosen.rowcount != 1:
            raise NotFound

    async def list_colleagues(self, customer_id: int) -> tuple[Colleague, ...]:
        rows = await self._connection.execute(
            select(contact_roles, contacts.c.name)
            .join(contacts, contacts.c.id == _ROLES.contact_id)
            .where(_ROLES.customer_id == customer_id, contacts.c.is_active)
            .order_by(contacts.c.id)
        )
        return tuple(_colleague(row) for row in rows)

    async def set_right(self, customer_id: int, contact_id: int, **right: bool) -> None:
        """Give or take a right of a contact of that customer who manages nothing there."""
        done = await self._connection.execute(
            update(contact_roles)
            .where(_ROLES.contact_id == contact_id, _ROLES.customer_id == customer_id, ~_ROLES.may_approve)
            .values(**right)
        )
        if done.rowcount != 1:
            raise NotFound

    async def manager_name(self, customer_id: int) -> str | None:
        """Who gives rights in that centre."""
        return await self._connection.scalar(
            select(contacts.c.name)
            .join(contact_roles, _ROLES.contact_id == contacts.c.id)
            .where(_ROLES.customer_id == customer_id, _ROLES.may_approve, contacts.c.is_active)
            .order_by(contacts.c.id)
            .limit(1)
        )

    async def order_id_of(self, customer_id: int | None, number: int) -> int | None:
        """The order with that number, of that customer where one is given."""
        wanted = select(orders.c.id).where(orders.c.number == number)
        if customer_id is not None:
            wanted = wanted.where(orders.c.customer_id == customer_id)
        return await self._connection.scalar(wanted)

    async def count_on_the_way(self) -> int:
        """How many orders of all customers are on their way."""
        counted = select(func.count()).where(orders.c.status.in_([status.value for status in OPEN]))
        return int(await self._connection.scalar(counted) or 0)


def _preferences(row: Any) -> Preferences:
    return Preferences(
        contact_id=row.contact_id,
        reminders=row.reminders,
        promotions=row.promotions,
        surveys=row.surveys,
        no_surveys=row.no_surveys,
        hours=tuple(
            (int(first), int(last)) for first, last in (span.split("-") for span in row.hours.split(","))
        ),
        category_ids=tuple(int(each) for each in row.category_ids.split(",") if each),
    )


def _customer(row: Any) -> Customer:
    return Customer(
        id=row.id,
        external_ref=row.external_ref,
        name=row.name,
        kind=CustomerKind(row.kind),
        group_id=row.group_id,
        national_id=row.national_id,
    )


def _colleague(row: Any) -> Colleague:
    return Colleague(
        name=row.name,
        role=ContactRole(
            contact_id=row.contact_id,
            customer_id=row.customer_id,
            may_order=row.may_order,
            may_see_balance=row.may_see_balance,
            may_approve=row.may_approve,
        ),
    )

"""Customers, their outlets and contacts; and who stands behind an account of a messenger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Table, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor, Identity
from domain.customers import Contact, ContactRole, Customer, Outlet
from domain.persian import ascii_digits, search_key
from storage.built import built
from storage.tables.orders import orders
from storage.tables.people import contact_roles, contacts, customers, identities, outlets, reaches
from storage.upsert import insert_or
from storage.who import WHO, actor_of

_LAST_USED = (
    select(orders.c.outlet_id)
    .where(orders.c.customer_id == bindparam("customer"), orders.c.number.is_not(None))
    .order_by(orders.c.placed_at.desc())
    .limit(1)
    .scalar_subquery()
)
_OUTLETS = built(
    select(outlets)
    .where(outlets.c.customer_id == bindparam("customer"))
    .order_by((outlets.c.id == func.coalesce(_LAST_USED, 0)).desc(), outlets.c.id)
)
SEEN_AGAIN = timedelta(hours=6)
"""The place where somebody can be written to is refreshed at most that often."""


class Customers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_messenger(
        self, platform: str, bot_id: int, user_id: int, chat_id: int
    ) -> tuple[Actor, datetime | None] | None:
        """Who that account is, in one statement, and since when the chat is known to be open."""
        row = (
            await self._connection.execute(
                WHO, {"platform": platform, "user_id": user_id, "bot_id": bot_id, "chat_id": chat_id}
            )
        ).first()
        if row is None:
            return None
        return actor_of(row, platform, user_id, chat_id), None if row.blocked_at else row.seen_at

    async def identity_id(self, platform: str, user_id: int) -> int | None:
        return await self._connection.scalar(
            select(identities.c.id).where(identities.c.platform == platform, identities.c.user_id == user_id)
        )

    async def put_identity(self, identity: Identity, now: datetime) -> int:
        """Write the account down; its id."""
        await self._connection.execute(
            insert_or(self._connection, identities)
            .values(
                platform=identity.platform,
                user_id=identity.user_id,
                name=identity.name[:200],
                language="fa",
                created_at=now,
            )
            .on_conflict_do_nothing(index_elements=["platform", "user_id"])
        )
        found = await self.identity_id(identity.platform, identity.user_id)
        assert found is not None
        return found

    async def put_reach(self, identity: Identity, bot_id: int, now: datetime) -> None:
        """This person can be written to there; whoever writes to us has not blocked us."""
        put = insert_or(self._connection, reaches).values(
            platform=identity.platform,
            bot_id=bot_id,
            chat_id=identity.chat_id,
            identity_id=identity.id,
            seen_at=now,
        )
        await self._connection.execute(
            put.on_conflict_do_update(
                index_elements=["platform", "bot_id", "chat_id"],
                set_={"seen_at": now, "blocked_at": None, "identity_id": identity.id},
            )
        )

    async def mark_blocked(self, platform: str, bot_id: int, chat_id: int, now: datetime | None) -> None:
        """This chat cannot be written to since then (None: it can again)."""
        await self._connection.execute(
            update(reaches)
            .where(
                reaches.c.platform == platform,
                reaches.c.bot_id == bot_id,
                reaches.c.chat_id == chat_id,
            )
            .values(blocked_at=now)
        )

    async def move_reach(self, platform: str, bot_id: int, chat_id: int, moved_to: int) -> None:
        """The messenger has given that chat another id; one that is known already stays as it is."""
        there = reaches.alias("there")
        known = select(there.c.chat_id).where(
            there.c.platform == platform, there.c.bot_id == bot_id, there.c.chat_id == moved_to
        )
        await self._connection.execute(
            update(reaches)
            .where(
                reaches.c.platform == platform,
                reaches.c.bot_id == bot_id,
                reaches.c.chat_id == chat_id,
                ~known.exists(),
            )
            .values(chat_id=moved_to)
        )

    async def link(
        self,
        identity_id: int,
        *,
        contact_id: int | None = None,
        staff_id: int | None = None,
        customer_id: int | None = None,
    ) -> None:
        """From now on that account is this person (and acts for that customer)."""
        await self._connection.execute(
            update(identities)
            .where(identities.c.id == identity_id)
            .values(contact_id=contact_id, staff_id=staff_id, customer_id=customer_id)
        )

    async def staff_id_of(self, identity_id: int) -> int | None:
        return await self._connection.scalar(
            select(identities.c.staff_id).where(identities.c.id == identity_id)
        )

    async def find_by_mobile(self, mobile: str) -> Contact | None:
        """The contact with that mobile whose access stands."""
        row = (
            await self._connection.execute(
                select(contacts).where(contacts.c.mobile == mobile, contacts.c.is_active)
            )
        ).one_or_none()
        if row is None:
            return None
        return Contact(id=row.id, name=row.name, mobile=row.mobile, language=row.language)

    async def is_national_id_taken(self, national_id: str) -> bool:
        found = select(customers.c.id).where(customers.c.national_id == national_id)
        return await self._connection.scalar(found) is not None

    async def put_customer(self, customer: Customer, now: datetime) -> int:
        """A new customer (its ``id`` is not looked at); the id it got."""
        row = {
            "external_ref": customer.external_ref,
            "name": customer.name,
            "name_key": search_key(customer.name)[:200],
            "kind": customer.kind.value,
            "group_id": customer.group_id,
            "national_id": customer.national_id,
            "created_at": now,
        }
        return await self._put(customers, row)

    async def put_outlet(self, outlet: Outlet) -> int:
        return await self._put(
            outlets,
            {
                "customer_id": outlet.customer_id,
                "name": outlet.name,
                "city": outlet.city,
                "address": outlet.address,
                "short_address": outlet.short_address,
                "route_id": outlet.route_id,
                "latitude": outlet.latitude,
                "longitude": outlet.longitude,
            },
        )

    async def called(self, text: str, limit: int) -> dict[int, str]:
        """Active customers with that code, or in whose name all these words stand; by id."""
        key = search_key(text)
        if not key:
            return {}
        named = and_(*(customers.c.name_key.contains(word, autoescape=True) for word in key.split()))
        is_coded = func.lower(customers.c.external_ref) == ascii_digits(text).strip().lower()
        rows = await self._connection.execute(
            select(customers.c.id, customers.c.name)
            .where(customers.c.is_active, or_(is_coded, named))
            .order_by(is_coded.desc(), customers.c.name_key, customers.c.id)
            .limit(limit)
        )
        return {row.id: row.name for row in rows}

    async def list_outlets(self, customer_id: int) -> tuple[Outlet, ...]:
        """All outlets of that customer, the one that was ordered for last before all others."""
        rows = await self._connection.execute(_OUTLETS, {"customer": customer_id})
        return tuple(Outlet(**row._mapping) for row in rows)

    async def put_contact(self, name: str, mobile: str) -> int:
        return await self._put(contacts, {"name": name[:120], "mobile": mobile})

    async def suspend(self, contact_id: int) -> None:
        """Take that contact's access away, on all their accounts."""
        await self._connection.execute(
            update(contacts).where(contacts.c.id == contact_id).values(is_active=False)
        )

    async def put_role(self, role: ContactRole) -> None:
        await self._connection.execute(
            insert_or(self._connection, contact_roles).values(
                contact_id=role.contact_id,
                customer_id=role.customer_id,
                may_order=role.may_order,
                may_see_balance=role.may_see_balance,
                may_approve=role.may_approve,
            )
        )

    async def _put(self, table: Table, row: Mapping[str, object]) -> int:
        kept = await self._connection.scalar(insert(table).values(row).returning(table.c.id))
        assert kept is not None
        return int(kept)

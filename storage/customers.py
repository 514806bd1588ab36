"""Customers, their outlets and contacts; and who stands behind an account of a messenger."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor, Identity, Rights, Stranger
from domain.customers import Contact, Customer, CustomerKind
from domain.staff import Role, Staff
from storage.tables.people import contact_roles, contacts, customers, identities, reaches, staff
from storage.upsert import insert_or

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
                _WHO, {"platform": platform, "user_id": user_id, "bot_id": bot_id, "chat_id": chat_id}
            )
        ).first()
        if row is None:
            return None
        return _actor(row, platform, user_id, chat_id), None if row.blocked_at else row.seen_at

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


def _who() -> Any:
    """The account, the person behind it, and the customer they act for: the chosen one, or the first."""
    return (
        select(
            identities.c.id,
            identities.c.name,
            identities.c.language,
            identities.c.contact_id,
            identities.c.staff_id,
            contacts.c.name.label("contact_name"),
            contacts.c.mobile,
            contacts.c.language.label("contact_language"),
            contacts.c.is_active.label("contact_is_active"),
            staff.c.name.label("staff_name"),
            staff.c.role,
            staff.c.mobile.label("staff_mobile"),
            staff.c.language.label("staff_language"),
            staff.c.is_active.label("staff_is_active"),
            customers.c.id.label("customer_id"),
            customers.c.external_ref,
            customers.c.name.label("customer_name"),
            customers.c.kind,
            customers.c.group_id,
            customers.c.national_id,
            contact_roles.c.may_order,
            contact_roles.c.may_see_balance,
            contact_roles.c.may_approve,
            reaches.c.seen_at,
            reaches.c.blocked_at,
        )
        .select_from(
            identities.outerjoin(contacts, contacts.c.id == identities.c.contact_id)
            .outerjoin(staff, staff.c.id == identities.c.staff_id)
            .outerjoin(
                contact_roles,
                contact_roles.c.contact_id == identities.c.contact_id,
            )
            .outerjoin(customers, and_(customers.c.id == contact_roles.c.customer_id, customers.c.is_active))
            .outerjoin(
                reaches,
                and_(
                    reaches.c.platform == identities.c.platform,
                    reaches.c.bot_id == bindparam("bot_id"),
                    reaches.c.chat_id == bindparam("chat_id"),
                ),
            )
        )
        .order_by(
            customers.c.id.is_(None),
            (customers.c.id == func.coalesce(identities.c.customer_id, 0)).desc(),
            customers.c.id,
        )
        .limit(1)
    )


_WHO = _who()


def _actor(row: Any, platform: str, user_id: int, chat_id: int) -> Actor:
    identity = Identity(id=row.id, platform=platform, user_id=user_id, chat_id=chat_id, name=row.name)
    if row.staff_id is not None and row.staff_is_active:
        person = Staff(
            id=row.staff_id,
            name=row.staff_name,
            role=Role(row.role),
            mobile=row.staff_mobile,
            language=row.staff_language,
        )
        return Actor(identity=identity, person=person, language=row.staff_language)
    if row.contact_id is None or not row.contact_is_active:
        return Actor(identity=identity, person=Stranger(), language=row.language)
    contact = Contact(
        id=row.contact_id, name=row.contact_name, mobile=row.mobile, language=row.contact_language
    )
    if row.customer_id is None:
        return Actor(identity=identity, person=contact, language=contact.language)
    return Actor(
        identity=identity,
        person=contact,
        customer=Customer(
            id=row.customer_id,
            external_ref=row.external_ref,
            name=row.customer_name,
            kind=CustomerKind(row.kind),
            group_id=row.group_id,
            national_id=row.national_id,
        ),
        rights=Rights(
            may_order=row.may_order, may_see_balance=row.may_see_balance, may_approve=row.may_approve
        ),
        language=contact.language,
    )

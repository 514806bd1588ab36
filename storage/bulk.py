"""Many rows at once, by the name of their table: how a whole town is laid down.

Nothing is checked here but what the tables check themselves, so nothing that people send may come this way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import metadata
from storage.tables.people import contact_roles, contacts, customers, identities, staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One messenger account and the person behind it; ``role`` is None for a stranger."""

    user_id: int
    name: str
    phone: str | None
    role: str | None
    customer: str | None


class Bulk:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows that all name the same columns; ids that are given are not given out again."""
        if not rows:
            return
        await self._connection.execute(insert(metadata.tables[table]), [dict(row) for row in rows])
        if "id" in rows[0] and self._connection.dialect.name == "postgresql":
            newest = func.max(metadata.tables[table].c.id)
            sequence = func.pg_get_serial_sequence(table, "id")
            await self._connection.execute(select(func.setval(sequence, newest)))

    async def has_rows(self, table: str) -> bool:
        found = await self._connection.scalar(select(literal(1)).select_from(metadata.tables[table]).limit(1))
        return found is not None

    async def list_accounts(self, platform: str) -> tuple[Account, ...]:
        """Everybody who is known on that messenger, in the order in which they came."""
        first = func.min(contact_roles.c.customer_id)
        firm = select(contact_roles.c.contact_id, first.label("id")).group_by(contact_roles.c.contact_id)
        firm_of = firm.subquery()
        rows = await self._connection.execute(
            select(
                identities.c.user_id,
                identities.c.name,
                func.coalesce(staff.c.mobile, contacts.c.mobile).label("phone"),
                staff.c.role,
                customers.c.name.label("customer"),
            )
            .select_from(
                identities.outerjoin(staff, staff.c.id == identities.c.staff_id)
                .outerjoin(contacts, contacts.c.id == identities.c.contact_id)
                .outerjoin(firm_of, firm_of.c.contact_id == contacts.c.id)
                .outerjoin(customers, customers.c.id == firm_of.c.id)
            )
            .where(identities.c.platform == platform)
            .order_by(identities.c.id)
        )
        return tuple(
            Account(
                user_id=row.user_id,
                name=row.name,
                phone=row.phone,
                role=row.role or ("customer" if row.customer else None),
                customer=row.customer,
            )
            for row in rows
        )

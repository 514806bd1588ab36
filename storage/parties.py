"""A customer as documents print it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.documents import Party
from domain.errors import NotFound
from storage.tables.people import contact_roles, contacts, customers, outlets


class Parties:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, customer_id: int) -> Party:
        """The name and numbers of the customer, its first outlet's address, and whom to call there."""
        address = (
            select(outlets.c.address)
            .where(outlets.c.customer_id == customer_id)
            .order_by(outlets.c.id)
            .limit(1)
            .scalar_subquery()
        )
        phone = (
            select(contacts.c.mobile)
            .join(contact_roles, contact_roles.c.contact_id == contacts.c.id)
            .where(contact_roles.c.customer_id == customer_id, contacts.c.is_active)
            .order_by(contact_roles.c.may_approve.desc(), contacts.c.id)
            .limit(1)
            .scalar_subquery()
        )
        wanted = select(customers, address.label("address"), phone.label("phone"))
        row = (await self._connection.execute(wanted.where(customers.c.id == customer_id))).one_or_none()
        if row is None:
            raise NotFound
        return Party(
            name=row.name,
            address=row.address or "",
            phone=row.phone or "",
            economic_code=row.economic_code or "",
            national_id=row.national_id or "",
            postal_code=row.postal_code or "",
        )

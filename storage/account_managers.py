"""Which of our people looks after which customer."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff import Role, Staff
from storage.tables.people import staff
from storage.tables.push import account_managers
from storage.upsert import insert_or

_A = account_managers.c


class AccountManagers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, customer_id: int) -> Staff | None:
        """Who looks after that customer and still works with us."""
        row = (
            await self._connection.execute(
                select(staff)
                .join(account_managers, _A.staff_id == staff.c.id)
                .where(_A.customer_id == customer_id, staff.c.is_active)
            )
        ).one_or_none()
        if row is None:
            return None
        return Staff(id=row.id, name=row.name, role=Role(row.role), mobile=row.mobile, language=row.language)

    async def put(self, customer_id: int, staff_id: int) -> None:
        put = insert_or(self._connection, account_managers).values(customer_id=customer_id, staff_id=staff_id)
        await self._connection.execute(
            put.on_conflict_do_update(index_elements=["customer_id"], set_={"staff_id": staff_id})
        )

    async def drop(self, customer_id: int) -> None:
        await self._connection.execute(delete(account_managers).where(_A.customer_id == customer_id))

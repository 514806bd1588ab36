"""Customers by the code that they have in the books, with their first outlet and the person who orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.imports.batches import BATCH, Step, Values, put_many
from storage.tables.calendar import routes
from storage.tables.people import contact_roles, contacts, customer_groups, customers, outlets

CUSTOMER = ("external_ref", "name", "name_key", "kind", "group_id", "national_id")
OUTLET = ("name", "city", "address", "short_address", "route_id")


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """What is known: ``customer`` and ``outlet`` hold the columns that a file may change."""

    id: int
    customer: dict[str, Any]
    outlet_id: int | None
    outlet: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownContact:
    id: int
    name: str


class ImportedCustomers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_code(self) -> dict[str, KnownCustomer]:
        """Those that have a code, by it; of several outlets the first is the one that the books know."""
        first = (
            select(func.min(outlets.c.id).label("id"), outlets.c.customer_id)
            .group_by(outlets.c.customer_id)
            .subquery()
        )
        rows = await self._connection.execute(
            select(
                customers.c.id,
                *(customers.c[name].label(f"customer_{name}") for name in CUSTOMER),
                outlets.c.id.label("outlet_id"),
                *(outlets.c[name].label(f"outlet_{name}") for name in OUTLET),
            )
            .select_from(
                customers.outerjoin(first, first.c.customer_id == customers.c.id).outerjoin(
                    outlets, outlets.c.id == first.c.id
                )
            )
            .where(customers.c.external_ref.is_not(None))
        )
        return {
            row["customer_external_ref"]: KnownCustomer(
                row["id"],
                {name: row[f"customer_{name}"] for name in CUSTOMER},
                row["outlet_id"],
                {name: row[f"outlet_{name}"] for name in OUTLET},
            )
            for row in rows.mappings()
        }

    async def national_ids(self) -> dict[str, str | None]:
        """Whose they are: the code of the customer, None for one that the books do not know yet."""
        rows = await self._connection.execute(
            select(customers.c.national_id, customers.c.external_ref).where(
                customers.c.national_id.is_not(None)
            )
        )
        return {row.national_id: row.external_ref for row in rows}

    async def ids(self) -> dict[str, int]:
        rows = await self._connection.execute(
            select(customers.c.external_ref, customers.c.id).where(customers.c.external_ref.is_not(None))
        )
        return {row.external_ref: row.id for row in rows}

    async def groups(self) -> dict[str, int]:
        return await self._names(customer_groups)

    async def routes(self) -> dict[str, int]:
        return await self._names(routes)

    async def add_groups(self, names: Iterable[str]) -> None:
        await put_many(self._connection, customer_groups, [{"name": name} for name in names], ("name",))

    async def contacts(self) -> dict[str, KnownContact]:
        """Everybody whose mobile is known, by it."""
        rows = await self._connection.execute(
            select(contacts.c.mobile, contacts.c.id, contacts.c.name).where(contacts.c.mobile.is_not(None))
        )
        return {row.mobile: KnownContact(row.id, row.name) for row in rows}

    async def roles(self) -> set[tuple[int, int]]:
        """Who acts for whom: contact and customer."""
        rows = await self._connection.execute(select(contact_roles.c.contact_id, contact_roles.c.customer_id))
        return {(row.contact_id, row.customer_id) for row in rows}

    async def put(self, rows: Sequence[Values], now: datetime, step: Step) -> None:
        dated = [{**row, "created_at": now} for row in rows]
        await put_many(self._connection, customers, dated, ("external_ref",), step, kept=("created_at",))

    async def put_outlets(self, new: Sequence[Values], changed: Sequence[Values]) -> None:
        """``new`` name their customer, ``changed`` their own id."""
        for start in range(0, len(new), BATCH):
            await self._connection.execute(insert(outlets), [dict(row) for row in new[start : start + BATCH]])
        if changed:
            by_id = update(outlets).where(outlets.c.id == bindparam("outlet_id"))
            statement = by_id.values({name: bindparam(f"new_{name}") for name in OUTLET})
            await self._connection.execute(
                statement,
                [
                    {"outlet_id": row["id"], **{f"new_{name}": row[name] for name in OUTLET}}
                    for row in changed
                ],
            )

    async def put_contacts(self, rows: Sequence[Values]) -> None:
        await put_many(self._connection, contacts, rows, ("mobile",))

    async def put_roles(self, rows: Sequence[Values]) -> None:
        """Rights that somebody has been given stay as they are."""
        await put_many(
            self._connection,
            contact_roles,
            rows,
            ("contact_id", "customer_id"),
            kept=("may_order", "may_see_balance"),
        )

    async def _names(self, table: Table) -> dict[str, int]:
        rows = await self._connection.execute(select(table.c.name, table.c.id).order_by(table.c.id))
        return {row.name: row.id for row in rows}

"""A town with as many people who may order as a run needs, and stock that does not run out."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sandbox.town import fill
from storage.schema import migrate
from storage.unit_of_work import open_store

FIRST = 7_000_000_000
"""Accounts above any that the town itself gives out; larger than 32 bits, as real ones are."""


async def lay_down(path: Path, people: int) -> list[dict[str, Any]]:
    """Fill the database at ``path``; the people that the sandbox is to know."""
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    store = open_store(url)
    await fill(store, date.today())
    now = datetime.now(UTC)
    async with store.unit_of_work() as uow:
        for table, rows in _rows(people, now).items():
            await uow.bulk.put(table, rows)
    await store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE stock SET on_hand = 1000000000")
        # Money on delivery: a run places more orders than anybody's credit carries.
        connection.execute("DELETE FROM payment_terms")
    return [{"id": FIRST + number, "first_name": f"Buyer {number}"} for number in range(people)]


def _rows(people: int, now: datetime) -> dict[str, list[dict[str, Any]]]:
    contacts, roles, identities = [], [], []
    for number in range(people):
        contact_id, customer_id = 100_000 + number, 11 + number % 45
        contacts.append(
            {"id": contact_id, "name": f"Buyer {number}", "mobile": None, "language": "fa", "is_active": True}
        )
        roles.append(
            {
                "contact_id": contact_id,
                "customer_id": customer_id,
                "may_order": True,
                "may_see_balance": True,
                "may_approve": False,
            }
        )
        identities.append(
            {
                "platform": "telegram",
                "user_id": FIRST + number,
                "name": f"Buyer {number}",
                "language": "fa",
                "contact_id": contact_id,
                "customer_id": customer_id,
                "created_at": now,
            }
        )
    return {"contacts": contacts, "contact_roles": roles, "identities": identities}

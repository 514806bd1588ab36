"""Who somebody is changes while the town is played: a stranger joins, somebody becomes staff."""

from __future__ import annotations

import asyncio

from sandbox.state import Sandbox
from sandbox.town_rows import PLATFORM
from storage.unit_of_work import Store

EVERY_SECONDS = 2.0


async def count(store: Store, box: Sandbox) -> int:
    """Tell the page whose role or customer is another one than it was; how many these are."""
    async with store.reading() as uow:
        accounts = await uow.bulk.list_accounts(PLATFORM)
    changed = 0
    for account in accounts:
        person = box.people.get(account.user_id)
        if person is None or account.role is None:
            continue
        if (person.role, person.customer) != (account.role, account.customer):
            person.role, person.customer = account.role, account.customer
            box.events.add("user", person.id, user=box.view_of(person))
            changed += 1
    return changed


async def keep(store: Store, box: Sandbox) -> None:
    """Count for ever, now and then."""
    while True:
        await count(store, box)
        await asyncio.sleep(EVERY_SECONDS)

"""Row C-11: a day's notices wait when the messenger is back; the stale are dropped, only the newest state of
an order is told, and everything about money arrives, once.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import timedelta
from itertools import count

from sqlalchemy import insert

from domain.notifications import MessageClass, Notification, Outcome, Recipient
from jobs.deliver import Courier
from sandbox.gallery_notices import FACTS
from screens.language import Language
from storage.tables.people import identities, reaches
from storage.tellings import Telling
from storage.unit_of_work import Store
from tests.conftest import NOW
from tests.jobs.test_deliver import PLATFORM
from tests.nemesis.harness import FULL, seeded, trials
from tests.nemesis.reminding import Office, Watched

LIFE = ("order_picking", "order_loaded", "order_delivered")
MONEY = "receipt_approved"
PEOPLE = 2_000 if FULL else 60
"""Each hears of an order, of money and of goods that are there again: 10,000 notices in all."""
CUT = timedelta(hours=24)
_USERS = count(50_000)
Backlog = dict[int, list[str]]
"""By identity, the kinds that are to be told."""


async def _people(store: Store) -> list[int]:
    async with store.unit_of_work() as uow:
        found = []
        for _number in range(PEOPLE):
            who = {"platform": PLATFORM, "user_id": next(_USERS), "created_at": NOW}
            made = await uow.connection.execute(insert(identities).values(**who).returning(identities.c.id))
            found.append(int(made.scalar_one()))
        chats = [
            {"platform": PLATFORM, "bot_id": 42, "chat_id": each, "seen_at": NOW, "identity_id": each}
            for each in found
        ]
        await uow.connection.execute(insert(reaches), chats)
    return found


async def _a_day_of_notices(store: Store, chance: random.Random) -> Backlog:
    """What was put while nobody could be told, by the hour."""
    wanted: Backlog = defaultdict(list)
    put: list[Notification] = []
    for identity_id in await _people(store):
        reached = chance.randrange(1, len(LIFE) + 1)
        kinds = [*LIFE[:reached], *[MONEY] * chance.randrange(3)]
        kinds += ["stock_alert"] * chance.randrange(1, 3)
        for number, kind in enumerate(kinds):
            hours = chance.uniform(0, 24) if kind not in LIFE else 1 + number * 6
            alert_lives = timedelta(hours=chance.choice((6, 30)))
            due_at = NOW + timedelta(hours=hours)
            is_alert = kind == "stock_alert"
            put.append(
                Notification(
                    key=f"{kind}:{identity_id}:{number}",
                    kind=kind,
                    to=Recipient(identity_id=identity_id),
                    subject_id=identity_id,
                    due_at=due_at,
                    facts=FACTS[kind],
                    message_class=MessageClass.NOTICE,
                    expires_at=due_at + alert_lives if is_alert else None,
                )
            )
            is_passed = kind in LIFE[: reached - 1]
            is_stale = is_alert and due_at + alert_lives <= NOW + CUT
            if not is_passed and not is_stale:
                wanted[identity_id].append(kind)
    async with store.unit_of_work() as uow:
        await uow.outbox.put(*sorted(put, key=lambda each: each.due_at))
    return wanted


async def _told(office: Office, courier: Courier) -> Backlog:
    while await courier.sweep():
        pass
    told: Backlog = defaultdict(list)
    for _at, each in office.heard:
        assert each.to.identity_id is not None
        told[each.to.identity_id].append(each.kind)
    return told


def _sorted(backlog: Backlog) -> Backlog:
    return {who: sorted(kinds) for who, kinds in backlog.items()}


async def test_after_a_day_only_what_still_matters_is_told(store: Store, persian: Language) -> None:
    for trial in range(trials(20, 1)):
        chance, seed = seeded("C-11", trial)
        wanted = await _a_day_of_notices(store, chance)
        office = Office(store, persian, NOW + CUT)
        assert _sorted(await _told(office, office.courier())) == _sorted(wanted), seed
        async with store.reading() as uow:
            left = await uow.outbox.count("new") + await uow.outbox.count("sending")
        assert left == 0


class _TellsAll(Watched):
    async def _why_not(self, telling: Telling) -> Outcome | None:
        return None


async def test_telling_all_that_waits_tells_yesterdays_news(sqlite_store: Store, persian: Language) -> None:
    """The negative control: nobody asks whether it still holds."""
    chance, _seed = seeded("C-11-control")
    wanted = await _a_day_of_notices(sqlite_store, chance)
    office = Office(sqlite_store, persian, NOW + CUT)
    told = await _told(office, office.courier(_TellsAll))
    assert any(len(told[who]) > len(kinds) for who, kinds in wanted.items())

"""C-1 with two processes on PostgreSQL: the one that sends is killed, the other goes on where it was."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from jobs.conveyor import AT_ONCE
from storage.tables.campaigns import campaign_recipients
from tests.databases import drop_postgres, new_postgres
from tests.nemesis.harness import Zygote, seeded, trials
from tests.nemesis.test_killed_broadcast import a_broadcast
from tests.patience import pass_time

PEOPLE, PER_SECOND = 160, 50


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    url = await new_postgres()
    yield url
    await drop_postgres(url)


async def test_the_other_process_goes_on_with_a_campaign_and_tells_nobody_twice(
    zygote: Zygote, postgres_url: str
) -> None:
    for trial in range(trials(20, 1)):
        chance, seed = seeded("C-1 taking over", trial)
        async with a_broadcast(zygote, postgres_url, leads=True, per_second=PER_SECOND) as broadcast:
            await broadcast.lay_campaign(PEOPLE, 70 + trial)
            leading = broadcast.start()
            await broadcast.has_sent(5, leading)
            waiting = broadcast.start()
            await pass_time(chance.uniform(0, 0.2))
            before = await broadcast.states(campaign_recipients)
            await leading.kill()
            await broadcast.is_through(campaign_recipients)
            assert waiting.is_alive, seed
            arrived = broadcast.office.arrived
            missing = sum(arrived[each] == 0 for each in broadcast.people)
            states = await broadcast.states(campaign_recipients)
            assert before["new"] + before["leased"], seed
            assert max(arrived.values()) == 1, seed
            assert set(states) <= {"sent", "uncertain"}, seed
            assert missing <= states["uncertain"] <= AT_ONCE * (trial + 1), (seed, states)
            await waiting.kill()

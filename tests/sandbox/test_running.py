from datetime import UTC, datetime

from sandbox.clock import Clock
from sandbox.running import running

NIGHT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


async def test_the_bot_answers_through_the_sandbox(sqlite_url: str) -> None:
    clock = Clock(NIGHT)
    clock.rate(0)
    people = [{"id": 5_000_000_001, "first_name": "Mina"}]
    async with running(database_url=sqlite_url, clock=clock, people=people) as world:
        mina = world.chat("Mina")
        await mina.write("/start")
        assert mina.message["from_bot"]
        assert mina is world.chat(5_000_000_001)
    assert world.stopped.done()

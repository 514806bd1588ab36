"""The page shows people as what they are now."""

from sandbox.census import count
from tests.conversations.conftest import Story


async def test_a_stranger_who_joins_is_shown_as_a_customer(world: Story) -> None:
    chat = world.known_stranger
    assert await count(world.store, world.sandbox) == 0
    await chat.write("/start")
    await chat.press("📱 ارسال شماره من")
    await chat.tap("✅ بله، خودم هستم")
    assert await count(world.store, world.sandbox) == 1
    shown = {person["id"]: person for person in await world.client.users()}[chat.user_id]
    assert shown["role"] == "customer"
    assert shown["customer"]
    assert await count(world.store, world.sandbox) == 0

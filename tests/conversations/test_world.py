from tests.conversations.conftest import Story


async def test_everybody_of_the_scripts_is_there(world: Story) -> None:
    for window in (world.pharmacy, world.salon, world.manager, world.stranger):
        await window.write("/start")
        assert window.message["from_bot"]
    assert (await world.client.clock())["now"].startswith("2026-11-20T21:00")

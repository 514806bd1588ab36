"""What people do in a benchmark; every step is one update and is measured."""

from benchmarks.measuring import Player


async def hello(player: Player) -> None:
    await player.write("/start")


async def echo(player: Player) -> None:
    await player.write("سلام")


async def browse(player: Player) -> None:
    """Shelves, a category, its next page, a product, and back to its shelf."""
    await player.tap("shop")
    await player.tap("shop.cat:")
    await player.tap(f"shop.cat:{_category(player)}:2")
    await player.tap("product:")
    await player.tap("shop.cat:")


async def order(player: Player) -> None:
    """A whole order: a product into the basket, a day, the summary, placed."""
    await player.tap("shop")
    await player.tap("shop.cat:")
    await player.tap("product:")
    await player.tap("b.add:")
    await player.tap("b")
    await player.tap("b.pay")
    await player.tap("b.on:")
    await player.tap("place:")
    await player.tap("home")


def _category(player: Player) -> str:
    """The category whose page is shown: it is in the button that turns the page."""
    return player.data("shop.cat:").split(":")[1]

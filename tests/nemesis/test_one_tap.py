"""Rows A-4 and B-7: one press, however often it arrives and wherever the process dies, is one order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from sandbox.clock import Clock
from sandbox.running import running
from storage.tables.orders import orders
from storage.unit_of_work import Store
from tests.bot.kit import a_tap
from tests.builders.catalogue import a_product
from tests.conftest import NOW
from tests.nemesis import naive
from tests.nemesis.bot_process import TAKING
from tests.nemesis.buyers import PLACED, tap_all
from tests.nemesis.checker import list_broken
from tests.nemesis.harness import FULL, Scene, Zygote, a_scene, seeded, trials
from tests.nemesis.market import Offer, a_crowd, offers, placed
from tests.patience import until

COPIES = 5
EVERY = 1 if FULL else 4
"""At which of the boundaries between two statements a process dies."""
AT_EACH = 20 if FULL else 1
FEWEST_BOUNDARIES, MOST_BOUNDARIES = 8, 60


async def test_one_press_under_five_update_ids_is_one_order(
    database_url: str, store: Store, now: datetime
) -> None:
    """A-4: three copies come at once, one after ten minutes, one when the bot was started anew."""
    many = min(trials(1000), 300)
    rounds = -(-trials(1000) // many)
    clock = Clock(now)
    for number in range(rounds):
        chance, seed = seeded("A-4", number)
        async with store.unit_of_work() as uow:
            crowd = await a_crowd(uow, many, now) if number == 0 else list(range(50_001, 50_001 + many))
            product = await a_product(uow, on_hand=10_000)
            shown = await offers(uow, crowd, [(product, 2)], now)
        people = [{"id": user_id, "first_name": str(user_id), "started": True} for user_id in crowd]
        clock.set(now)
        async with running(database_url=database_url, clock=clock, people=people) as world:
            presses = [each for each in shown for _copy in range(3)]
            chance.shuffle(presses)
            for offer in presses:
                world.sandbox.updates.push(_press(offer))
            await _worked_off(store, COPIES * many * number + 3 * many)
            clock.advance(600)
            for offer in shown:
                world.sandbox.updates.push(_press(offer))
            await _worked_off(store, COPIES * many * number + 4 * many)
        async with running(database_url=database_url, clock=clock, people=people) as world:
            for offer in shown:
                world.sandbox.updates.push(_press(offer))
            await _worked_off(store, COPIES * many * (number + 1))
            await _told_the_number(store, world.sandbox.chats[shown[0].user_id].messages, shown[0], seed)
    assert await placed(store) == many * rounds
    assert await list_broken(store) == []


_copies: dict[str, int] = {}


def _press(offer: Offer) -> dict[str, object]:
    """The press as it comes again: another update id, another query id, the same button."""
    _copies[offer.nonce] = _copies.get(offer.nonce, 0) + 1
    raw = a_tap(offer.user_id, offer.data)
    raw["callback_query"]["id"] = f"{offer.order_id}{_copies[offer.nonce]}"
    del raw["update_id"]
    return raw


async def _worked_off(store: Store, many: int) -> None:
    async def is_done() -> bool:
        async with store.reading() as uow:
            return await uow.inbox.count("done") >= many

    await until(is_done, f"{many} presses worked off", 120)


async def _told_the_number(store: Store, said: object, offer: Offer, seed: str) -> None:
    async with store.reading() as uow:
        number = await uow.connection.scalar(select(orders.c.number).where(orders.c.id == offer.order_id))
    assert number is not None, seed
    words = str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert words in str([getattr(each, "wire", each) for each in _listed(said)]), (
        f"{seed}: no word of {number}"
    )


def _listed(said: object) -> Sequence[object]:
    return list(said.values()) if isinstance(said, dict) else list(said)  # type: ignore[call-overload]


async def test_without_a_nonce_each_copy_is_an_order(sqlite_store: Store, now: datetime) -> None:
    async with sqlite_store.unit_of_work() as uow:
        crowd = await a_crowd(uow, 1, now)
        product = await a_product(uow, on_hand=1_000)
        (offer,) = await offers(uow, crowd, [(product, 2)], now)
    assert (await tap_all(sqlite_store, [offer] * COPIES, now, naive.place_again))[PLACED] > 1


async def test_an_order_in_two_transactions_is_found_out(sqlite_store: Store, now: datetime) -> None:
    """The negative control of B-7: it dies after the first of two commits."""
    async with sqlite_store.unit_of_work() as uow:
        crowd = await a_crowd(uow, 1, now)
        product = await a_product(uow, on_hand=1_000)
        (offer,) = await offers(uow, crowd, [(product, 2)], now)
    assert await list_broken(sqlite_store) == []
    await tap_all(sqlite_store, [offer], now, naive.place_again)
    broken = await list_broken(sqlite_store)
    assert any(each.startswith("I3") for each in broken)
    assert any(each.startswith("I6") for each in broken)


async def test_wherever_it_dies_an_order_is_placed_whole_or_not_at_all(
    zygote: Zygote, database_url: str, now: datetime
) -> None:
    """B-7: killed before each thing that is asked of the database while an order is placed, commits included.

    The update is still in the inbox, so that the next process places the order, once.
    """
    async with a_scene(zygote, database_url, clock=Clock(now)) as scene:
        async with scene.store.unit_of_work() as uow:
            crowd = await a_crowd(uow, MOST_BOUNDARIES * AT_EACH, now)
            product = await a_product(uow, on_hand=100_000)
            shown = await offers(uow, crowd, [(product, 2)], now)
        for user_id in crowd:
            scene.box.add_user(id=user_id, first_name=str(user_id), started=True)
        pressed = await _die_at_each(scene, shown)
        await scene.check("B-7")
        assert await placed(scene.store) == pressed


async def _die_at_each(scene: Scene, shown: Sequence[Offer]) -> int:
    """Die at one boundary after the other until there are no more; how many orders were pressed."""
    pressed = 0
    for boundary in range(1, MOST_BOUNDARIES, EVERY):
        deaths = 0
        for offer in shown[pressed : pressed + AT_EACH]:
            pressed += 1
            deaths += await _dies(scene, offer, boundary)
            await _is_whole_or_absent(scene.store, offer)
            healer = scene.start(clock=NOW.isoformat())
            await _worked_off(scene.store, pressed)
            await healer.kill()
        if not deaths:
            assert boundary > FEWEST_BOUNDARIES, "nobody ever died"
            return pressed
    raise AssertionError("an order asks the database more often than expected")


async def _dies(scene: Scene, offer: Offer, boundary: int) -> bool:
    """Whether the process died there before it answered the press."""
    victim = scene.start(die_at=boundary, die_after=TAKING, clock=NOW.isoformat())
    scene.box.updates.push(_press(offer))
    await until(lambda: not victim.is_alive or _is_over(scene, offer), "it dies, or is done", 120)
    has_died = not victim.is_alive
    await victim.kill()
    return has_died


def _is_over(scene: Scene, offer: Offer) -> bool:
    """Whether that buyer was answered."""
    return scene.box.calls.count("answerCallbackQuery") > 0 and any(
        call["user_id"] == offer.user_id for call in scene.box.calls.find(user_id=offer.user_id)
    )


async def _is_whole_or_absent(store: Store, offer: Offer) -> None:
    broken = [each for each in await list_broken(store) if not each.startswith("I1")]
    assert broken == []
    async with store.reading() as uow:
        twice = select(func.count()).select_from(orders).where(orders.c.nonce == offer.nonce)
        assert await uow.connection.scalar(twice) == 1

"""Row G-10: giant and odd messages, albums, stickers, polls: no exception, and one polite reply."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest
from aiogram import Router
from aiogram.types import Message
from sqlalchemy import func, select

from bot.intake import read_update
from domain.actors import Actor
from domain.staff import Role
from screens.screen import Screen
from storage.tables.messages import notifications
from storage.tables.sent_lists import sent_list_pages, sent_lists
from storage.unit_of_work import Store
from tests.bot.kit import a_text
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer
from tests.builders.people import a_colleague, a_stranger
from tests.nemesis.doors import Doors
from tests.nemesis.harness import seeded, trials

MOST = 4096
FILE = {"file_id": "x", "file_unique_id": "x"}
PHOTO = {**FILE, "file_id": "page.png", "width": 40, "height": 30}
STATES = (None, None, "Asking:search", "Talking:message", "Paying:proof", "Entering:lines")


def _texts(chance: random.Random) -> str:
    return chance.choice(
        (
            "👩‍👩‍👧‍👦" * 585,
            "😀" * 2_048,
            "ا" * MOST,
            "\n" * 4_000 + "x",
            "۲ عدد شامپو\n" * 300,
            "، ".join(f"{each} کارتن شامپو" for each in range(250)),
            "\u202e" * 4_000 + "y",
            "e" + "\u0301" * 4_000,
            "%" * MOST,
            "شامپو " * 600,
            " ".join(str(each) for each in range(900)),
            "6260000010247 " * 250,
        )
    )


def _entities(chance: random.Random) -> list[dict[str, Any]]:
    kinds = ("bold", "url", "mention", "code", "pre", "spoiler", "bot_command", "custom_emoji", "text_link")
    return [
        {"type": chance.choice(kinds), "offset": chance.randrange(4_000), "length": chance.randrange(1, 200)}
        for _each in range(100)
    ]


def _things(chance: random.Random) -> dict[str, Any]:
    """A message without any text."""
    odd = chance.choice((0.0, -90.0, 90.0, 1e308, float("nan"), float("inf")))
    sticker = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    poll = {
        "id": "1", "question": "?" * 300,
        "options": [{"text": "x", "voter_count": 0, "persistent_id": "0"}] * 10,
        "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
        "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    }  # fmt: skip
    return chance.choice(
        (
            {"sticker": sticker},
            {"poll": poll},
            {"location": {"latitude": odd, "longitude": odd}},
            {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "x", "address": "y"}},
            {"dice": {"emoji": "🎲", "value": 6}},
            {"voice": {**FILE, "duration": 1}},
            {"video_note": {**FILE, "length": 1, "duration": 1}},
            {"video": {**FILE, "width": 1, "height": 1, "duration": 1}},
            {"animation": {**FILE, "width": 1, "height": 1, "duration": 1}, "document": FILE},
            {"contact": {"phone_number": "+" * 40, "first_name": "😀" * 200}},
            {"document": {**FILE, "file_name": "x" * 250 + ".exe"}},
            {"document": {**FILE, "file_name": "list.csv", "mime_type": "text/csv"}},
            {"document": {**FILE, "file_name": ".xlsx"}},
            {"photo": [PHOTO]},
            {"photo": [{**PHOTO, "file_id": "gone"}]},
        )
    )


def _odd(user_id: int, chance: random.Random) -> dict[str, Any]:
    if chance.random() < 0.5:
        more: dict[str, Any] = {"entities": _entities(chance)} if chance.random() < 0.5 else {}
        return a_text(user_id, _texts(chance), **more)
    raw = a_text(user_id, "")
    del raw["message"]["text"]
    raw["message"] |= _things(chance)
    if chance.random() < 0.2:
        raw["message"]["caption"] = _texts(chance)[:1_024]
    return raw


def replies(doors: Doors) -> list[str]:
    return [name for name in doors.called if name.startswith(("send", "edit"))]


async def test_odd_messages_are_answered_once(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        await a_product(uow, "شامپو")
        people = (await a_buyer(uow), await a_stranger(uow), await a_colleague(uow, Role.SUPPORT))
    doors = Doors(store, now)
    for trial in range(trials(2_000, 60)):
        chance, seed = seeded("G-10", trial)
        actor: Actor = people[trial % 3]
        raw = _odd(actor.identity.user_id, chance)
        if read_update(raw).error:
            # What no message can be is set aside at once (row A-5).
            continue
        state = chance.choice(STATES)
        outcome = await doors.give(actor, raw, (state, {"list_id": 1}) if state else None)
        assert outcome.handler is not None or outcome.refusal is not None or outcome.texts, seed
        # A long answer is one answer in several parts.
        assert 1 <= len(replies(doors)) <= 3, (seed, doors.called)


async def test_an_album_is_answered_once(sqlite_store: Store, now: datetime) -> None:
    """Ten photos at once are one list, with one reply and one word to a colleague."""
    async with sqlite_store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        await a_colleague(uow, Role.SUPPORT)
    doors, answers = Doors(sqlite_store, now), list[int]()
    for album in range(trials(100, 3)):
        said = 0
        for each in range(10):
            raw = a_text(buyer.identity.user_id, "", media_group_id=f"album-{album}")
            del raw["message"]["text"]
            doors.files[f"{album}-{each}"] = doors.files["page.png"] + bytes([album % 256, each])
            raw["message"]["photo"] = [{**PHOTO, "file_id": f"{album}-{each}"}]
            await doors.give(buyer, raw)
            said += len(replies(doors))
        answers.append(said)
    async with sqlite_store.reading() as uow:
        lists = await uow.connection.scalar(select(func.count()).select_from(sent_lists))
        pages = await uow.connection.scalar(select(func.count()).select_from(sent_list_pages))
        told = await uow.connection.scalar(select(func.count()).select_from(notifications))
    assert set(answers) == {1}
    assert (lists, pages, told) == (len(answers), 10 * len(answers), len(answers))


async def test_an_album_that_is_shown_to_our_support_stays_together(
    sqlite_store: Store, now: datetime
) -> None:
    """Only the first photo of an album has words under it."""
    async with sqlite_store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        await a_colleague(uow, Role.SUPPORT)
    doors = Doors(sqlite_store, now)
    said = 0
    for each in range(3):
        raw = a_text(buyer.identity.user_id, "", media_group_id="broken")
        del raw["message"]["text"]
        raw["message"]["photo"] = [PHOTO]
        raw["message"] |= {"caption": "این‌ها شکسته رسید"} if each == 0 else {}
        await doors.give(buyer, raw)
        said += len(replies(doors))
    async with sqlite_store.reading() as uow:
        messages = await uow.support.list_open()
        lists = await uow.connection.scalar(select(func.count()).select_from(sent_lists))
    assert said == 1
    assert lists == 0
    assert [(each.text, each.photo_id is not None) for each in messages] == [("این‌ها شکسته رسید", True)] * 3


async def test_a_handler_that_takes_every_message_for_a_text_fails(
    sqlite_store: Store, now: datetime
) -> None:
    """The negative control: most examples of bots read ``message.text`` of whatever comes."""

    async def echo(message: Message) -> Screen:
        assert message.text is not None
        return Screen(message.text)

    root = Router()
    root.message.register(echo)
    async with sqlite_store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
    doors = Doors(sqlite_store, now, root)
    raw = a_text(buyer.identity.user_id, "")
    del raw["message"]["text"]
    raw["message"]["dice"] = {"emoji": "🎲", "value": 6}
    with pytest.raises(AssertionError):
        await doors.give(buyer, raw)

"""Row G-14: updates made from the messenger's own schema, and captured ones with other bytes in them.

Each is kept: worked off, or dead because it cannot be read. None fails, and none is lost.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy import select

from bot.intake import read_update
from handlers import routers
from storage.tables.messages import inbox
from storage.unit_of_work import Store
from tests.bot.kit import a_desk, a_tap, a_text
from tests.builders.catalogue import a_product
from tests.nemesis.harness import seeded, trials

SCHEMA = Path(__file__).parents[3] / "shared" / "data" / "telegram_bot_api_10.1.json"
AT_ONCE = 40
DEEPEST = 3
PEOPLE = (1, 2, 3, 4, 5)
# fmt: off
STRINGS = (
    "", "شامپو آوین ۲۵۰ ۱۲ تا", "/start", "/start x", "home:", "a:b:c", ":" * 64, "\x00", "\ud800", "%", "٪",
    "😀" * 1000, "۲ تا\n" * 300, "-1", "1e9", "9" * 60, "همون قبلی", "{x.__class__}", "<b>", "\u202e", "نه",
    "x" * 4096, "بله",
)
INTEGERS = (0, 1, -1, 5, 42, 150, 2**31, -(2**31), 2**53, 2**62, 2**63 - 1, 1_795_000_000)
# fmt: on


class Making:
    """Values of the schema's types, with what is required and some of the rest."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._types: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))["types"]

    def update(self) -> dict[str, Any]:
        """One that is from somebody, and of one kind."""
        kinds = [field for field in self._types["Update"]["fields"] if field["name"] != "update_id"]
        favourite = [field for field in kinds if field["name"] in ("message", "callback_query")]
        kind = self._chance.choice(favourite if self._chance.random() < 0.7 else kinds)
        inner = self._value(kind["types"], 0)
        if isinstance(inner, dict):
            person = self._chance.choice(PEOPLE)
            inner["from"] = {"id": person, "is_bot": False, "first_name": self._chance.choice(STRINGS)}
            if "chat" in inner:
                inner["chat"] = {"id": person, "type": "private"}
        return {"update_id": 0, kind["name"]: inner}

    def _value(self, types: list[str], depth: int) -> object:
        kind = self._chance.choice(types)
        if kind.startswith("Array of "):
            return [
                self._value([kind.removeprefix("Array of ")], depth + 1)
                for _n in range(self._chance.choice((0, 1, 2)))
            ]
        match kind:
            case "Integer":
                return self._chance.choice(INTEGERS)
            case "Float":
                return self._chance.choice((0.0, -1.5, 35.7, 1e300))
            case "String":
                return self._chance.choice(STRINGS)
            case "Boolean" | "True" | "False":
                return self._chance.random() < 0.5
        made = self._types.get(kind, {})
        if made.get("subtypes"):
            return self._value([self._chance.choice(made["subtypes"])], depth)
        share = 0.25 if depth < DEEPEST else 0.0
        return {
            field["name"]: self._value(field["types"], depth + 1)
            for field in made.get("fields", ())
            if field["required"] or self._chance.random() < share
        }


def _mutated(raw: dict[str, Any], chance: random.Random) -> object:
    """The update with some of its bytes changed, left out or doubled, where that is JSON still."""
    said = bytearray(json.dumps(raw, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace"))
    for _each in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(said))
        match chance.randrange(4):
            case 0:
                said[at] = chance.randrange(256)
            case 1:
                del said[at]
            case 2:
                said[at:at] = chance.choice((b"0", b"9", b"-", b"null", b"[]", b'"', b"\\u0000", b"true"))
            case _:
                said[at] = chance.choice(b'0123456789ae{}[]:,"')
    try:
        return json.loads(bytes(said).decode("utf-8", "replace"))
    except ValueError:
        return raw


def _captured(chance: random.Random) -> dict[str, Any]:
    person = chance.choice(PEOPLE)
    if chance.random() < 0.4:
        return a_tap(person, chance.choice(("home:", "cart:", "cat:1:1", "x", "p:1:0:0:1")))
    text = chance.choice(STRINGS)
    kinds: tuple[dict[str, Any], ...] = (
        {},
        {"contact": {"phone_number": "+989121234567", "first_name": "x", "user_id": person}},
        {"document": {"file_id": "list.csv", "file_unique_id": "u", "file_name": "list.csv", "file_size": 9}},
        {"photo": [{"file_id": "page.png", "file_unique_id": "u", "width": 9, "height": 9}]},
        {"location": {"latitude": 35.7, "longitude": 51.4}},
    )
    return a_text(person, text, **chance.choice(kinds))


def _numbered(updates: Iterator[object], first: int) -> list[Any]:
    found = []
    for number, raw in enumerate(updates, start=first):
        found.append(
            {**raw, "update_id": number} if isinstance(raw, dict) else {"update_id": number, "x": raw}
        )
    return found


async def _all_are_kept(store: Store, now: datetime, updates: list[Any], seed: str) -> None:
    async with store.unit_of_work() as uow:
        await a_product(uow, "شامپو ضدشوره آوین ۲۵۰ میل", code="S250", carton=24)
    unreadable = {each["update_id"] for each in updates if read_update(each).error}
    async with a_desk(store, now, routers()) as desk:
        desk.dispatcher["company"] = "پخش"
        for start in range(0, len(updates), AT_ONCE):
            await desk.put(*updates[start : start + AT_ONCE])
            await desk.settled()
        async with store.reading() as uow:
            rows = (
                await uow.connection.execute(select(inbox.c.update_id, inbox.c.state, inbox.c.error))
            ).all()
    failed = [
        (seed, row.error, [each for each in updates if each["update_id"] == row.update_id])
        for row in rows
        if row.state == "dead" and row.update_id not in unreadable
    ]
    assert not failed, failed[:1]
    assert {row.update_id for row in rows} == {each["update_id"] for each in updates}, seed


async def test_captured_updates_with_other_bytes_fail_nothing(store: Store, now: datetime) -> None:
    chance, seed = seeded("G-14-bytes")
    many = (_mutated(_captured(chance), chance) for _trial in range(trials(10_000, 80)))
    await _all_are_kept(store, now, _numbered(many, 1), seed)


async def test_updates_of_the_schema_fail_nothing(store: Store, now: datetime) -> None:
    if not SCHEMA.exists():
        pytest.skip(f"{SCHEMA} is not there")
    chance, seed = seeded("G-14-schema")
    making = Making(chance)
    many = (making.update() for _trial in range(trials(10_000, 80)))
    await _all_are_kept(store, now, _numbered(many, 1), seed)


def test_whoever_reads_a_batch_at_once_is_stopped_by_one_of_them() -> None:
    """The negative control: updates are read as the library reads them, all or none."""
    chance, _seed = seeded("G-14-control")
    batch = _numbered((_mutated(_captured(chance), chance) for _trial in range(300)), 1)
    with pytest.raises(ValidationError):
        [Update.model_validate(each) for each in batch]

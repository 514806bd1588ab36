"""Rows F-1 and F-3: nobody reaches what is not theirs, through any handler there is, by any id."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest
from aiogram import Router
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers import routers
from handlers.reading import READS
from screens.callbacks.orders import OpenOrder
from screens.screen import Screen
from storage.unit_of_work import Store, UnitOfWork
from tests.bot.kit import a_tap, a_text
from tests.nemesis.doors import Doors, Outcome, absent, data_of, name_of
from tests.nemesis.harness import FULL, seeded
from tests.nemesis.intruders import Town, everything, settle, victims_rows
from tests.nemesis.rights import ROWS, Kind, Row

UNAPPROVED = ("stranger", "applicant", "disabled", "former", "closed")
WRONG_IDS = ("0", "-1", str(2**63), "1_0", "x", "+5", "٥", "1.0", "")
Asked = tuple[str, Mapping[str, object]] | None


def _handlers() -> Iterator[tuple[str, str, type[CallbackData] | None]]:
    """Every registered handler: its name, what it observes, and the button it is for."""
    for router in routers().chain_tail:
        for observer, each in router.observers.items():
            for handler in each.handlers:
                found = [
                    f.callback.callback_data
                    for f in handler.filters or ()
                    if isinstance(f.callback, CallbackQueryFilter)
                ]
                yield name_of(handler.callback), observer, found[0] if found else None


BUTTONS = {button.__prefix__: (name, button) for name, _observer, button in _handlers() if button}


def test_every_handler_has_a_row_and_every_row_a_handler() -> None:
    assert {name for name, _observer, _button in _handlers()} == set(ROWS)


def test_whoever_may_everything_is_said_why() -> None:
    assert [name for name, row in ROWS.items() if (row.kind is Kind.PUBLIC) != bool(row.why)] == []


def _events(
    town: Town, name: str, actor: Actor, *, is_absent: bool
) -> Iterator[tuple[dict[str, Any], Asked]]:
    """The updates that reach for the victim's things, or for what nobody has, through that handler."""
    row, victim, user_id = ROWS[name], town.victim, actor.identity.user_id
    ids = absent(victim.ids) if is_absent else dict(victim.ids)
    asked: Asked = None
    if row.state is not None:
        data: dict[str, object] = {
            key: [] if value == "[]" else ids.get(value, "x") for key, value in row.data.items()
        }
        asked = (row.state, {"mobile": "09121234567", **data})
    for text in row.texts:
        yield _typed(user_id, text.format(number=ids["number"])), asked
    for its_name, button in BUTTONS.values():
        if its_name == name:
            more = {"version": victim.draft_version, "nonce": victim.draft_nonce}
            yield a_tap(user_id, data_of(button, ids, row.fields, **more)), asked
    if name == "home.note_membership":
        yield _blocked(user_id, victim.user_id), asked
    if name == "fallback.show_old_button":
        yield a_tap(user_id, "never:known"), asked


def _typed(user_id: int, text: str) -> dict[str, Any]:
    if text != "<contact>":
        return a_text(user_id, text, **_command(text))
    raw = a_text(user_id, "")
    del raw["message"]["text"]
    raw["message"]["contact"] = {"phone_number": "09121234567", "first_name": "x", "user_id": user_id}
    return raw


def _command(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}


def _blocked(user_id: int, whom: int) -> dict[str, Any]:
    """Forged: it says that somebody else has blocked the bot."""
    number = a_text(user_id, "")["update_id"]
    member = {"user": {"id": whom, "is_bot": False, "first_name": "x"}}
    return {
        "update_id": number,
        "my_chat_member": {
            "chat": {"id": user_id, "type": "private", "first_name": "x"},
            "from": {"id": user_id, "is_bot": False, "first_name": "x"},
            "date": 1,
            "old_chat_member": {**member, "status": "member"},
            "new_chat_member": {**member, "status": "kicked", "until_date": 0},
        },
    }


def _is_denied(row: Row, who: str) -> bool:
    """Whether this person must be refused there."""
    is_staff = who in {"manager", "finance", "warehouse", "visitor", "support"}
    if row.kind in (Kind.OWN, Kind.STAFF):
        return who not in {role.value for role in row.roles}
    if row.kind in (Kind.CUSTOMERS, Kind.BUYERS):
        return is_staff or who in UNAPPROVED or (row.kind is Kind.BUYERS and who == "powerless")
    return False


@pytest.fixture
async def town(store: Store, now: datetime) -> Town:
    async with store.unit_of_work() as uow:
        return await settle(uow, now)


async def test_nobody_reaches_what_is_not_theirs(store: Store, town: Town, now: datetime) -> None:
    """F-1: everybody calls every handler with ids of the victim, and with ids that nothing has."""
    doors = Doors(store, now)
    reached: set[str | None] = set()
    wrong: list[str] = []
    chance, seed = seeded("F-1")
    for name, row in ROWS.items():
        before = await _look(store, town, row)
        for who, actor in _who_tries(town, store.dialect, chance).items():
            theirs = [await doors.give(actor, *each) for each in _events(town, name, actor, is_absent=False)]
            nobodys = theirs
            if FULL or who == "rival" or chance.random() < 0.2:
                gone = _events(town, name, actor, is_absent=True)
                nobodys = [await doors.give(actor, *each) for each in gone]
            reached |= {each.handler for each in theirs}
            for pair in zip(theirs, nobodys, strict=True):
                wrong += [f"{name} by {who} {each}" for each in _wrong(row, who, *pair, town)]
        after = await _look(store, town, row)
        wrong += [f"{name} has changed {table}" for table in before if after[table] != before[table]]
    assert wrong == [], seed
    if store.dialect == "sqlite":
        assert set(ROWS) - reached == set(), "no event of the test reaches these handlers"


def _who_tries(town: Town, dialect: str, chance: random.Random) -> dict[str, Actor]:
    """Everybody on one database; on the other, where every step takes longer, some by chance."""
    if FULL or dialect == "sqlite":
        return town.everybody
    return {
        "rival": town.intruders["rival"],
        **dict(chance.sample(sorted(town.everybody.items(), key=_name), 3)),
    }


def _name(named: tuple[str, Actor]) -> str:
    return named[0]


async def _look(store: Store, town: Town, row: Row) -> dict[str, str]:
    """What must stay as it is: the victim's things, and where all are refused everything."""
    async with store.reading() as uow:
        if row.kind in (Kind.OWN, Kind.SILENT):
            return await everything(uow)
        return await victims_rows(uow, town.victim) if row.kind is not Kind.STAFF else {}


def _wrong(row: Row, who: str, theirs: Outcome, nobodys: Outcome, town: Town) -> Iterator[str]:
    """What is wrong with an outcome, compared with that of the same update about what nobody has."""
    if who in UNAPPROVED and theirs.shows_price:
        yield "shows a price"
    its_row = ROWS.get(theirs.handler or "", row)
    if who in {role.value for role in (*row.roles, *its_row.roles)}:
        return
    if theirs.leaks:
        yield f"shows {theirs.leaks}: {theirs.shown}"
    if row.kind is Kind.SILENT and theirs.shown != nobodys.shown:
        yield "tells others' things from nobody's"
    # A text may be taken by an earlier handler, such as the one for applicants; a button never is.
    if not _is_denied(its_row if row.texts else row, who):
        return
    ids = [*town.victim.ids.values(), *absent(town.victim.ids).values()]
    if theirs.refusal is None:
        yield f"is not denied: {theirs}"
    elif theirs.refusal != nobodys.refusal or theirs.without(*ids) != nobodys.without(*ids):
        yield f"tells others' things from nobody's: {theirs} {nobodys}"
    elif row.kind is Kind.STAFF and theirs.refusal != "NotFound":
        yield f"is told {theirs.refusal}, where nothing exists for them"
    if theirs.has_asked:
        yield "has changed a question"


async def test_staff_steps_change_nothing_for_those_who_are_refused(
    store: Store, town: Town, now: datetime
) -> None:
    """F-3: every button and every step of our own people, called directly by everybody else."""
    doors = Doors(store, now)
    async with store.reading() as uow:
        before = await everything(uow)
    for name, row in ROWS.items():
        if row.kind is not Kind.STAFF:
            continue
        for who, actor in town.everybody.items():
            if _is_denied(row, who):
                for raw, asked in _events(town, name, actor, is_absent=False):
                    assert (await doors.give(actor, raw, asked)).refusal == "NotFound", f"{name} by {who}"
    async with store.reading() as uow:
        assert await everything(uow) == before


async def test_an_id_that_we_never_sent_is_an_old_button(sqlite_store: Store, now: datetime) -> None:
    """0, -1, 2^63, words: they are refused before any handler, whoever taps."""
    async with sqlite_store.unit_of_work() as uow:
        town = await settle(uow, now)
        before = await everything(uow)
    doors = Doors(sqlite_store, now)
    for prefix, (_name, button) in BUTTONS.items():
        ids = [name for name in button.model_fields if name in town.victim.ids]
        if not ids:
            continue
        parts = data_of(button, town.victim.ids, {}, version=0, nonce="A" * 22).split(":")
        at = 1 + list(button.model_fields).index(ids[0])
        for wrong in WRONG_IDS:
            data = ":".join([*parts[:at], wrong, *parts[at + 1 :]])
            for actor in (town.intruders["rival"], town.owner):
                outcome = await doors.give(actor, a_tap(actor.identity.user_id, data))
                assert outcome.handler == "fallback.show_old_button", (prefix, wrong)
                assert outcome.leaks == []
    async with sqlite_store.reading() as uow:
        assert await everything(uow) == before


async def test_the_owner_sees_what_the_others_do_not(sqlite_store: Store, now: datetime) -> None:
    """Otherwise the test above would prove nothing: the marks are there to be seen."""
    async with sqlite_store.unit_of_work() as uow:
        town = await settle(uow, now)
    doors = Doors(sqlite_store, now)
    seen = []
    for name, row in ROWS.items():
        if row.kind is Kind.OWN:
            for raw, asked in _events(town, name, town.owner, is_absent=False):
                seen += [name] * bool((await doors.give(town.owner, raw, asked)).leaks)
    assert {"orders.show_order", "orders.ask_cancel", "history.show_lines", "shortcuts.show_order"} <= set(
        seen
    )


async def test_a_handler_that_does_not_ask_whose_it_is_is_found_out(
    sqlite_store: Store, now: datetime
) -> None:
    """The negative control: the order of whoever names its id."""

    async with sqlite_store.unit_of_work() as uow:
        victims = await settle(uow, now)
        owner = victims.owner.customer_id or 0

    async def show(_query: CallbackQuery, callback_data: OpenOrder, uow: UnitOfWork) -> Screen:
        order = await uow.orders.get(callback_data.order_id, of=owner)
        return Screen(f"{order.number} {order.note}")

    root = Router()
    root.callback_query.register(show, OpenOrder.filter(), flags=READS)
    doors, rival = Doors(sqlite_store, now, root), victims.intruders["rival"]
    (raw, _asked), *_more = _events(victims, "orders.show_order", rival, is_absent=False)
    outcome = await doors.give(rival, raw)
    wrong = list(_wrong(ROWS["orders.show_order"], "rival", outcome, outcome, victims))
    assert any("shows" in each for each in wrong)
    assert any("not denied" in each for each in wrong)

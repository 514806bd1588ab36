"""Rows F-1 and F-3: nobody reaches what is not theirs, through any handler there is, by any id."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens.callbacks.orders import OpenOrder
from screens.screen import Screen
from storage.unit_of_work import Store, UnitOfWork
from tests.bot.kit import a_tap
from tests.nemesis.doors import Doors, Outcome, absent, data_of
from tests.nemesis.harness import FULL, seeded
from tests.nemesis.intruders import Town, everything, settle, victims_rows
from tests.nemesis.reaching import BUTTONS, events, handlers
from tests.nemesis.rights import ROWS, Kind, Row

UNAPPROVED = ("stranger", "applicant", "disabled", "former", "closed")
WRONG_IDS = ("0", "-1", str(2**63), "1_0", "x", "+5", "٥", "1.0", "")


def test_every_handler_has_a_row_and_every_row_a_handler() -> None:
    assert {name for name, _observer, _button in handlers()} == set(ROWS)


def test_whoever_may_everything_is_said_why() -> None:
    assert [name for name, row in ROWS.items() if (row.kind is Kind.PUBLIC) != bool(row.why)] == []


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
    looked, after = "", dict[str, str]()
    for name, row in ROWS.items():
        # Nothing has happened since the last row was looked at.
        before = after if _looks_at(row) == looked else await _look(store, town, row)
        for who, actor in _who_tries(town, row, store.dialect, chance).items():
            theirs = [await doors.give(actor, *each) for each in events(town, name, actor, is_absent=False)]
            nobodys = theirs
            if FULL or who == "rival" or chance.random() < 0.2:
                gone = events(town, name, actor, is_absent=True)
                nobodys = [await doors.give(actor, *each) for each in gone]
            reached |= {each.handler for each in theirs}
            for pair in zip(theirs, nobodys, strict=True):
                wrong += [f"{name} by {who} {each}" for each in _wrong(row, who, *pair, town)]
        looked, after = _looks_at(row), await _look(store, town, row)
        changed = {table for table in before if after[table] != before[table]} - set(row.makes)
        wrong += [f"{name} has changed {table}" for table in sorted(changed)]
    assert wrong == [], seed
    if store.dialect == "sqlite":
        assert set(ROWS) - reached == set(), "no event of the test reaches these handlers"


def _who_tries(town: Town, row: Row, dialect: str, chance: random.Random) -> dict[str, Actor]:
    """Everybody, where all trials are asked for. Otherwise the rival, and by chance some of the others; fewer
    on the database where every step takes longer. Who may read but not buy is there where that is refused.
    """
    if FULL:
        return town.everybody
    staff = sorted(town.staff)
    chosen = (
        [chance.choice(UNAPPROVED), chance.choice(staff)]
        if dialect == "sqlite"
        else [chance.choice([*UNAPPROVED, *staff])]
    )
    if row.texts and dialect == "sqlite":
        # Which handler takes a text depends on who types it.
        chosen += [*UNAPPROVED, *(role.value for role in row.roles)]
    powerless = ["powerless"] if row.kind is Kind.BUYERS else []
    return {name: town.everybody[name] for name in ("rival", *chosen, *powerless)}


def _looks_at(row: Row) -> str:
    """What must stay as it is: the victim's things, and where all are refused everything."""
    # A text of somebody else may be an answer in their own affairs.
    if row.kind in (Kind.OWN, Kind.SILENT) and not row.texts:
        return "everything"
    return "nothing" if row.kind is Kind.STAFF else "the victim's"


async def _look(store: Store, town: Town, row: Row) -> dict[str, str]:
    async with store.reading() as uow:
        match _looks_at(row):
            case "everything":
                return await everything(uow)
            case "nothing":
                return {}
            case _:
                return await victims_rows(uow, town.victim)


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
    chance, seed = seeded("F-3")
    async with store.reading() as uow:
        before = await everything(uow)
    for name, row in ROWS.items():
        if row.kind is not Kind.STAFF:
            continue
        for who, actor in _who_tries(town, row, store.dialect, chance).items():
            if _is_denied(row, who):
                for raw, asked in events(town, name, actor, is_absent=False):
                    assert (await doors.give(actor, raw, asked)).refusal == "NotFound", (
                        f"{name} by {who} {seed}"
                    )
    async with store.reading() as uow:
        assert await everything(uow) == before, seed


async def test_an_id_that_we_never_sent_is_an_old_button(sqlite_store: Store, now: datetime) -> None:
    """0, -1, 2^63, words: they are refused before any handler, whoever taps."""
    async with sqlite_store.unit_of_work() as uow:
        town = await settle(uow, now)
        before = await everything(uow)
    doors = Doors(sqlite_store, now)
    chance, seed = seeded("F-1 ids")
    for prefix, (_name, button) in BUTTONS.items():
        ids = [name for name in button.model_fields if name in town.victim.ids]
        if not ids:
            continue
        parts = data_of(button, town.victim.ids, {}, version=0, nonce="A" * 22).split(":")
        at = 1 + list(button.model_fields).index(ids[0])
        for wrong in WRONG_IDS if FULL else chance.sample(WRONG_IDS, 3):
            data = ":".join([*parts[:at], wrong, *parts[at + 1 :]])
            for actor in (town.intruders["rival"], town.owner):
                outcome = await doors.give(actor, a_tap(actor.identity.user_id, data))
                assert outcome.handler == "fallback.show_old_button", (prefix, wrong, seed)
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
            for raw, asked in events(town, name, town.owner, is_absent=False):
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
    (raw, _asked), *_more = events(victims, "orders.show_order", rival, is_absent=False)
    outcome = await doors.give(rival, raw)
    wrong = list(_wrong(ROWS["orders.show_order"], "rival", outcome, outcome, victims))
    assert any("shows" in each for each in wrong)
    assert any("not denied" in each for each in wrong)

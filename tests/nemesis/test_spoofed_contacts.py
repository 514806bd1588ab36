"""Row F-6: only one's own card, straight from the app, proves a number; every other one links nobody."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

from sqlalchemy import select

from domain.actors import Actor
from screens.callbacks.registration import ConfirmMe
from storage.tables.people import contacts, identities
from storage.unit_of_work import Store
from tests.bot.kit import a_tap, a_text
from tests.builders.people import a_centre, a_contact_of, a_stranger
from tests.nemesis.doors import Doors
from tests.nemesis.harness import seeded, trials
from tests.nemesis.intruders import MARK

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def _card(user_id: int, phone: str, **more: Any) -> dict[str, Any]:
    raw = a_text(user_id, "")
    message = raw["message"]
    del message["text"]
    message["contact"] = {"phone_number": phone, "first_name": "x", **more.pop("contact", {})}
    message.update(more)
    return raw


def _spoofed(chance: random.Random, user_id: int, mobile: str) -> tuple[dict[str, Any], str]:
    """A card with the victim's number that does not prove it, and in which way."""
    owner = {"id": 77, "is_bot": False, "first_name": "x"}
    origin = {"type": "user", "date": 1, "sender_user": owner}
    own = {"user_id": user_id}
    international = f"98{mobile[1:]}"
    ways: dict[str, dict[str, Any]] = {
        "somebody else's": _card(user_id, mobile, contact={"user_id": 77}),
        "nobody's": _card(user_id, mobile),
        "of user 0": _card(user_id, mobile, contact={"user_id": 0}),
        "of minus oneself": _card(user_id, mobile, contact={"user_id": -user_id}),
        "passed on": _card(user_id, mobile, contact=own, forward_origin=origin),
        "by another bot": _card(user_id, mobile, contact=own, via_bot={**owner, "is_bot": True}),
        "of another country": _card(user_id, f"+1{mobile[1:]}", contact=own),
        "with one digit more": _card(user_id, f"{mobile}0", contact=own),
        "with letters": _card(user_id, f"{mobile[:-1]}x", contact=own),
        "empty": _card(user_id, "", contact=own),
        "typed": a_text(user_id, chance.choice((mobile, mobile.translate(PERSIAN), f"+{international}"))),
    }
    name = chance.choice(sorted(ways))
    return ways[name], name


async def test_a_card_that_proves_nothing_links_nobody(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        contact_id = await a_contact_of(uow, await a_centre(uow, MARK), name=MARK)
        mobile = await uow.connection.scalar(select(contacts.c.mobile).where(contacts.c.id == contact_id))
    assert mobile is not None
    doors = Doors(store, now)
    for trial in range(trials(200)):
        chance, seed = seeded("F-6", trial)
        async with store.unit_of_work() as uow:
            actor = await a_stranger(uow)
        raw, way = _spoofed(chance, actor.identity.user_id, mobile)
        shared = await doors.give(actor, raw)
        # The button that a number in our books would have brought, tapped all the same.
        confirmed = await _confirm(doors, actor, contact_id, None)
        assert shared.leaks == confirmed.leaks == [], f"{seed} {way}"
        assert confirmed.refusal == "NotFound", f"{seed} {way}"
        assert await _linked_to(store, actor) is None, f"{seed} {way}"


async def test_ones_own_card_links_in_any_digits(store: Store, now: datetime) -> None:
    for spelled in ("{0}", "+98{1}", "98{1}", "0098{1}", "persian"):
        async with store.unit_of_work() as uow:
            contact_id = await a_contact_of(uow, await a_centre(uow, f"مرکز {spelled}"))
            mobile = await uow.connection.scalar(select(contacts.c.mobile).where(contacts.c.id == contact_id))
            actor = await a_stranger(uow)
        assert mobile is not None
        phone = mobile.translate(PERSIAN) if spelled == "persian" else spelled.format(mobile, mobile[1:])
        doors = Doors(store, now)
        own = {"user_id": actor.identity.user_id}
        assert (await doors.give(actor, _card(actor.identity.user_id, phone, contact=own))).has_asked
        await _confirm(doors, actor, contact_id, mobile)
        assert await _linked_to(store, actor) == contact_id, spelled


async def test_whoever_trusts_the_number_on_a_card_links_anybody(sqlite_store: Store) -> None:
    """The negative control: the card says whose number it is, not who sends it."""
    async with sqlite_store.unit_of_work() as uow:
        contact_id = await a_contact_of(uow, await a_centre(uow))
        mobile = await uow.connection.scalar(select(contacts.c.mobile).where(contacts.c.id == contact_id))
        actor = await a_stranger(uow)
        card = _card(actor.identity.user_id, mobile or "", contact={"user_id": 77})["message"]["contact"]
        found = await uow.customers.find_by_mobile(card["phone_number"])
        assert found is not None
        await uow.customers.link(actor.identity.id or 0, contact_id=found.id)
    assert await _linked_to(sqlite_store, actor) == contact_id


async def _confirm(doors: Doors, actor: Actor, contact_id: int, proven: str | None) -> Any:
    asked: Any = ("Registering:confirming", {"mobile": proven, "contact_id": contact_id, "centres": []})
    tap = a_tap(actor.identity.user_id, ConfirmMe(contact_id=contact_id).pack())
    return await doors.give(actor, tap, asked if proven else None)


async def _linked_to(store: Store, actor: Actor) -> int | None:
    async with store.reading() as uow:
        mine = identities.c.user_id == actor.identity.user_id
        found: int | None = await uow.connection.scalar(select(identities.c.contact_id).where(mine))
        return found

"""Row F-2: a tap that names somebody else's invoice, cheque, receipt or account, however it was forged."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.reading import READS
from screens.callbacks.ledger import OpenInvoiceCard
from screens.screen import Screen
from storage.unit_of_work import Store, UnitOfWork
from tests.nemesis.doors import Doors
from tests.nemesis.intruders import Town, everything, settle
from tests.nemesis.reaching import BUTTONS, events
from tests.nemesis.rights import ROWS, Kind

MONEY = frozenset(
    {
        "customer_id",
        "invoice_id",
        "cheque_id",
        "receipt_id",
        "dispute_id",
        "hold_id",
        "task_id",
        "voucher_id",
    }
)
"""Whoever sees what is behind one of these sees what somebody owes."""
NOBODYS = frozenset(
    {"promotion_id", "term_id", "group_id", "account_id", "route_id", "segment_id", "value_id"}
)
"""These belong to the company, or only mean something together with a customer."""
GROUP = -100_200_300
_NUMBERS = count(10_000_000)


@pytest.fixture
async def victims(sqlite_store: Store, now: datetime) -> Town:
    async with sqlite_store.unit_of_work() as uow:
        return await settle(uow, now)


def _about_money() -> Iterator[str]:
    """The customers' own handlers whose button carries such an id."""
    for name, button in BUTTONS.values():
        if MONEY & set(button.model_fields) and ROWS[name].kind in (Kind.OWN, Kind.SILENT):
            yield name


def test_every_id_that_a_button_carries_is_tried_with_the_victims(victims: Town) -> None:
    """Otherwise rows F-1 and F-3 would reach for nothing."""
    carried = {field for _name, button in BUTTONS.values() for field in button.model_fields}
    ids = {field for field in carried if field.endswith("_id")}
    assert ids - set(victims.victim.ids) - NOBODYS == set()


def _forged(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same tap as it was edited, in a group, under a message that is gone, and under none at all."""
    yield "edited", raw
    in_group = deepcopy(raw)
    in_group["callback_query"]["message"]["chat"] = {"id": GROUP, "type": "group", "title": "گروه"}
    yield "in a group", in_group
    gone = deepcopy(raw)
    message = gone["callback_query"]["message"]
    gone["callback_query"]["message"] = {"message_id": 7, "date": 0, "chat": message["chat"]}
    yield "under a message that is gone", gone
    nowhere = deepcopy(raw)
    del nowhere["callback_query"]["message"]
    nowhere["callback_query"]["inline_message_id"] = "abc"
    yield "under no message", nowhere


async def test_no_forged_tap_shows_or_changes_what_is_owed(
    sqlite_store: Store, victims: Town, now: datetime
) -> None:
    doors, wrong = Doors(sqlite_store, now), []
    async with sqlite_store.reading() as uow:
        before = await everything(uow)
    for name in _about_money():
        for who, actor in victims.intruders.items():
            for given, asked in events(victims, name, actor, is_absent=False):
                for how, raw in _forged(given):
                    outcome = await doors.give(actor, {**raw, "update_id": next(_NUMBERS)}, asked)
                    if outcome.leaks or outcome.shows_price:
                        wrong.append(f"{name} by {who} {how}: shows {outcome.leaks}")
                    if how == "edited" and outcome.refusal is None and ROWS[name].kind is Kind.OWN:
                        wrong.append(f"{name} by {who} {how}: is not denied")
    assert wrong == []
    async with sqlite_store.reading() as uow:
        assert await everything(uow) == before


async def test_the_owners_own_tap_shows_it(sqlite_store: Store, victims: Town, now: datetime) -> None:
    """The control: the same updates, but of whoever it belongs to, are not denied."""
    doors = Doors(sqlite_store, now)
    shown = set()
    for name in _about_money():
        for raw, asked in events(victims, name, victims.owner, is_absent=False):
            if (await doors.give(victims.owner, raw, asked)).refusal is None:
                shown.add(name)
    assert {"ledger.show_invoice", "ledger.show_statement", "instruments.show_cheque"} <= shown


async def test_a_handler_that_believes_the_tap_is_found_out(
    sqlite_store: Store, victims: Town, now: datetime
) -> None:
    """The negative control: an invoice for whoever names its id."""
    owner = victims.owner.require_customer().id

    async def show(_query: CallbackQuery, callback_data: OpenInvoiceCard, uow: UnitOfWork) -> Screen:
        invoice = await uow.invoices.get(callback_data.invoice_id, of=owner)
        return Screen(f"{invoice.number} {invoice.customer_name}")

    root = Router()
    root.callback_query.register(show, OpenInvoiceCard.filter(), flags=READS)
    rival = victims.intruders["rival"]
    (raw, _asked), *_more = events(victims, "ledger.show_invoice", rival, is_absent=False)
    assert (await Doors(sqlite_store, now, root).give(rival, raw)).leaks

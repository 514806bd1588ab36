"""A town of debtors and drawers, the clock that everything goes by, and what was really told to them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.calendar import TEHRAN
from domain.holidays import holidays
from domain.instruments import ChequeState, remind_on
from domain.notifications import Notification, Outcome
from domain.quiet_hours import is_quiet
from domain.reminders import LEVELS, UNCAPPED_FROM, WEEK
from jobs.cheques import sweep_cheques
from jobs.deliver import Courier, Told
from jobs.reminders import sweep_reminders
from jobs.schedule import Job
from jobs.timetable import run_when_due
from screens.language import Language
from storage.tellings import Telling
from storage.unit_of_work import Store
from tests.builders.cheques import People, a_cheque_in
from tests.builders.credit import million
from tests.builders.ledger import a_bookkeeper, an_invoice
from tests.builders.orders import a_member_of_staff
from tests.builders.reminders import a_debtor, at, jalali
from tests.jobs.test_deliver import PLATFORM, FakeMessenger

HOURS = ((9, 13), (16, 20))
HOLIDAYS = frozenset(holidays())
BEGINS = datetime(2026, 11, 21, 5, 35, tzinfo=TEHRAN)
JOBS = (
    Job("cheques", timedelta(minutes=10), sweep_cheques),
    Job("reminders", timedelta(minutes=10), sweep_reminders),
)
LEVEL_OF = {each.tone.value: each.number for each in LEVELS}
Said = tuple[str, int, int]
"""What must not be said twice: a cheque's stage, or an invoice's level."""


@dataclass(slots=True)
class Town:
    """Cheques with the bank's day, invoices with the day they are due and whose they are."""

    cheques: dict[int, date] = field(default_factory=dict)
    invoices: dict[int, tuple[date, int]] = field(default_factory=dict)


async def a_town(store: Store, chance: random.Random, shops: int = 3) -> Town:
    town = Town()
    async with store.unit_of_work() as uow:
        finance = await a_bookkeeper(uow)
        manager = await a_member_of_staff(uow)
        for number in range(shops):
            shop = await a_debtor(uow, name=f"داروخانه {number}")
            who = People(salon=shop, finance=finance, manager=manager)
            due_on = jalali(9, 6) + timedelta(days=chance.randrange(12))
            cheque = await a_cheque_in(uow, who, ChequeState.DEPOSITED, million(9), due_on)
            town.cheques[cheque.id] = cheque.effective_due
            due_on = jalali(8, 25) + timedelta(days=chance.randrange(14))
            # What is owed is more than the cheques in hand, which speak for themselves.
            invoice = await an_invoice(uow, shop, 400_000_000, due_on, issued_on=jalali(8, 1), now=at(8, 1))
            town.invoices[invoice.id] = (due_on, who.customer_id)
    return town


class Model:
    """What had to be told by now, reckoned from the days alone at each moment somebody looked."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.wanted: set[Said] = set()
        self._level: dict[int, int] = {}
        self._told_on: dict[int, set[date]] = {}

    def look(self, now: datetime) -> None:
        if is_quiet(now, HOURS, HOLIDAYS):
            return
        today = now.astimezone(TEHRAN).date()
        for cheque_id, due in self._town.cheques.items():
            come = [left for left, day in remind_on(due, HOLIDAYS).items() if day <= today < due]
            if come:
                self.wanted.add(("cheque", cheque_id, min(come)))
        for invoice_id, (due, customer_id) in self._town.invoices.items():
            self._look_at(invoice_id, due, customer_id, today)

    def _look_at(self, invoice_id: int, due: date, customer_id: int, today: date) -> None:
        level = max((each.number for each in LEVELS if due + timedelta(each.days) <= today), default=-1)
        told_on = self._told_on.setdefault(customer_id, set())
        week = [day for day in told_on if today - WEEK < day <= today]
        is_enough = today in told_on or (len(week) >= 3 and level < UNCAPPED_FROM)
        if level > self._level.get(invoice_id, -1) and not is_enough:
            self._level[invoice_id] = level
            told_on.add(today)
            self.wanted.add(("invoice", invoice_id, level))


def said(told: Notification) -> Said | None:
    """What a message is about; None for what is not a reminder."""
    if told.kind == "cheque_due":
        return "cheque", told.subject_id, int(told.key.split(":")[2])
    if told.kind == "payment_reminder":
        items = told.facts["items"]
        assert isinstance(items, list)
        return "invoice", int(items[0][0]), LEVEL_OF[str(told.facts["tone"])]
    return None


class Watched(Courier):
    """A courier that remembers what it told, and when."""

    heard: list[tuple[datetime, Notification]]

    async def _attempt(self, telling: Telling) -> Told:
        result = await super()._attempt(telling)
        if result.outcome is Outcome.DELIVERED:
            self.heard.append((self._clock(), telling.notification))
        return result


class Office:
    """One process after the other, or two at a time, on one database."""

    def __init__(self, store: Store, language: Language, now: datetime = BEGINS) -> None:
        self.store, self.now = store, now
        self.heard: list[tuple[datetime, Notification]] = []
        self._language = language

    def courier(self, kind: type[Watched] = Watched) -> Courier:
        courier = kind(self.store, {PLATFORM: FakeMessenger()}, {"fa": self._language}, lambda: self.now)
        courier.heard = self.heard
        return courier

    async def looks(self) -> None:
        """What one process does at this moment."""
        for job in JOBS:
            await run_when_due(self.store, job, lambda: self.now)

    async def tells(self) -> None:
        await self.courier().sweep()

    async def two_look(self) -> None:
        await asyncio.gather(self.looks(), self.looks())
        await asyncio.gather(self.tells(), self.tells())

    async def dies_at_work(self, after: float) -> None:
        """Stopped in the middle, and started again at once."""
        working = asyncio.create_task(self.looks())
        await asyncio.wait({working}, timeout=after)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        async with self.store.unit_of_work() as uow:
            await uow.runs.free_leases(self.now)


Step = tuple[str, timedelta]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS: Sequence[tuple[Step, int]] = (
    (("on", HOUR), 6),
    (("on", 5 * HOUR), 5),
    (("on", DAY), 3),
    (("on", -DAY), 1),
    (("on", -HOUR), 1),
    (("dies", 11 * HOUR), 3),
    (("two", 7 * HOUR), 3),
)


def a_script(chance: random.Random, length: int) -> list[Step]:
    steps, weights = zip(*STEPS, strict=True)
    return chance.choices(steps, weights, k=length)


async def play(office: Office, script: Sequence[Step], model: Model, chance: random.Random) -> None:
    for how, step in script:
        office.now += step
        if how == "dies":
            await office.dies_at_work(chance.uniform(0, 0.03))
        if how == "two":
            await office.two_look()
        await office.looks()
        await office.tells()
        model.look(office.now)


def play_naively(town: Town, script: Sequence[Step], model: Model, tell: Callable[[Said], None]) -> None:
    """Each time the clock strikes nine, whoever's day it is hears of it: nothing is written down."""
    now = BEGINS
    for how, step in script:
        now += step
        there = now.astimezone(TEHRAN)
        for _again in range(2 if how in ("dies", "two") else 1):
            if there.hour == HOURS[0][0]:
                for cheque_id, due in town.cheques.items():
                    for left, day in remind_on(due, HOLIDAYS).items():
                        if day == there.date():
                            tell(("cheque", cheque_id, left))
        model.look(now)

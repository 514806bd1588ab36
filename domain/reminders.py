"""Reminders of invoices (rule R7): their levels as data, what is due on a day, and when to look again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from domain.money import ZERO, Money, total
from domain.push_rules import PushRules
from domain.reminder_tones import LevelEffect, Tone

NOTE = -1
"""Stands for a level where something is told that is none: the note on the day of a promise."""
NEVER = date(9999, 12, 31)
"""The next look at an invoice of which nothing more is to be said."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
UNCAPPED_FROM = 4
"""A warning as grave as this is told however many reminders the week has had."""
BROKEN_UP_TO = 4
"""What a broken promise says, at most; above it credit stops."""
BEST_SEGMENTS = frozenset({"A", "B"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of the ladder. ``days`` count from the due day: −3 is three days before it."""

    number: int
    days: int
    tone: Tone
    effects: frozenset[LevelEffect] = frozenset()
    is_on: bool = True

    @property
    def stops_credit(self) -> bool:
        return LevelEffect.HOLD in self.effects


LEVELS = (
    Level(number=0, days=-3, tone=Tone.FRIENDLY),
    Level(number=1, days=0, tone=Tone.DUE_TODAY),
    Level(number=2, days=3, tone=Tone.POLITE, effects=frozenset({LevelEffect.VISITOR})),
    Level(number=3, days=7, tone=Tone.FIRM, effects=frozenset({LevelEffect.CALL_BEST})),
    Level(number=4, days=14, tone=Tone.WARNING, effects=frozenset({LevelEffect.CALL, LevelEffect.MANAGER})),
    Level(number=5, days=30, tone=Tone.STOPPED, effects=frozenset({LevelEffect.CALL, LevelEffect.HOLD})),
)
LAST = LEVELS[-1].number
FARTHEST_BEFORE, FARTHEST_AFTER = -15, 120
"""No level lies further away from the due day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """All levels as the company has them: the days may be others, and some may be off."""

    levels: tuple[Level, ...] = LEVELS

    def at(self, number: int) -> Level:
        return self.levels[number]

    def bounds(self, number: int) -> tuple[int, int]:
        """Between which days that level can lie: levels keep their order."""
        first = self.levels[number - 1].days + 1 if number else FARTHEST_BEFORE
        last = self.levels[number + 1].days - 1 if number < LAST else FARTHEST_AFTER
        return first, last

    def with_level(self, level: Level) -> Ladder:
        return replace(
            self, levels=tuple(level if each.number == level.number else each for each in self.levels)
        )

    def day_of(self, level: Level, due_on: date, stop_days: int | None = None) -> date:
        """``stop_days``: a customer of whom so many overdue days are borne (rule R2.3-4)."""
        is_own = level.stops_credit and stop_days is not None
        return due_on + timedelta(days=stop_days if is_own and stop_days is not None else level.days)

    def reached(self, due_on: date, today: date, stop_days: int | None = None) -> Level | None:
        """The highest level whose day has come; lower ones that were missed are not made up for."""
        come = [each for each in self.levels if each.is_on and self.day_of(each, due_on, stop_days) <= today]
        return come[-1] if come else None

    def next_day(self, due_on: date, today: date, above: int | None, stop_days: int | None = None) -> date:
        """The first day after today on which a level higher than that is reached."""
        days = [
            self.day_of(each, due_on, stop_days)
            for each in self.levels
            if each.is_on and (above is None or each.number > above)
        ]
        return min((day for day in days if day > today), default=NEVER)

    def facts(self) -> dict[str, Any]:
        """As it is kept; what is as usual is not written."""
        return {
            str(own.number): {"days": own.days, "on": own.is_on}
            for own, usual in zip(self.levels, LEVELS, strict=True)
            if own != usual
        }


def ladder_of(kept: Mapping[str, Any]) -> Ladder:
    """What :meth:`Ladder.facts` has written."""
    levels = (
        replace(each, days=own["days"], is_on=own["on"]) if (own := kept.get(str(each.number))) else each
        for each in LEVELS
    )
    return Ladder(levels=tuple(levels))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedInvoice:
    """An open invoice as reminders see it.

    ``told`` is the highest level that was told of it; ``is_disputed`` and ``in_review`` (a receipt waits for
    finance) keep it quiet, and so does ``quiet_until``, the last silent day of a promise.
    """

    id: int
    number: int
    due_on: date
    open: Money
    told: int | None = None
    is_disputed: bool = False
    in_review: bool = False
    quiet_until: date | None = None

    def overdue_days(self, today: date) -> int:
        return (today - self.due_on).days

    def is_quiet(self, today: date) -> bool:
        return (
            self.is_disputed or self.in_review or (self.quiet_until is not None and today <= self.quiet_until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """An invoice of which that level is to be told today."""

    invoice: OwedInvoice
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """What one message tells: its items, and the gravest level among them."""

    items: tuple[DueItem, ...]

    @property
    def level(self) -> Level:
        return max((each.level for each in self.items), key=lambda level: level.number)

    @property
    def amount(self) -> Money:
        return total(each.invoice.open for each in self.items)


class Silence(StrEnum):
    """Why nothing is told."""

    NOTHING_DUE = "nothing_due"
    TOO_LITTLE = "too_little"
    TOLD_TODAY = "told_today"
    ENOUGH_THIS_WEEK = "enough_this_week"


def due_items(
    invoices: Iterable[OwedInvoice],
    ladder: Ladder,
    today: date,
    *,
    credit: Money = ZERO,
    stop_days: int | None = None,
) -> tuple[DueItem, ...]:
    """What has reached a level that was not told; ``credit`` of cheques in hand covers the oldest first."""
    found = []
    for invoice in sorted(invoices, key=lambda each: (each.due_on, each.id)):
        if credit >= invoice.open:
            credit -= invoice.open
            continue
        level = ladder.reached(invoice.due_on, today, stop_days)
        is_new = level is not None and (invoice.told is None or level.number > invoice.told)
        if level is not None and is_new and not invoice.is_quiet(today):
            found.append(DueItem(invoice=invoice, level=level))
    return tuple(found)


def what_to_tell(
    items: tuple[DueItem, ...], rules: PushRules, told_on: Collection[date], today: date
) -> Reminding | Silence:
    """One message a day, not too many a week, and none about a trifle; ``told_on``: days with a message."""
    if not items:
        return Silence.NOTHING_DUE
    reminding = Reminding(items=items)
    if reminding.amount.rials < rules.least_reminder_rials:
        return Silence.TOO_LITTLE
    if today in told_on:
        return Silence.TOLD_TODAY
    week = {day for day in told_on if today - WEEK < day <= today}
    if len(week) >= rules.reminders_a_week and reminding.level.number < UNCAPPED_FROM:
        return Silence.ENOUGH_THIS_WEEK
    return reminding


def broken_level(ladder: Ladder, invoice: OwedInvoice, today: date, stop_days: int | None = None) -> Level:
    """A promise was broken: one level above where the invoice stands by its days, or above what was told."""
    reached = ladder.reached(invoice.due_on, today, stop_days)
    by_day = reached.number if reached is not None else NOTE
    told = invoice.told if invoice.told is not None else NOTE
    return ladder.at(min(max(min(by_day + 1, BROKEN_UP_TO), told + 1), LAST))


def look_again(
    invoice: OwedInvoice,
    ladder: Ladder,
    today: date,
    why_silent: Silence | None,
    *,
    promised_on: date | None = None,
    stop_days: int | None = None,
) -> date:
    """The next day on which this invoice must be looked at; ``why_silent`` is None when it was told today."""
    if promised_on is not None and invoice.quiet_until is not None and today <= invoice.quiet_until:
        return promised_on if today < promised_on else invoice.quiet_until + DAY
    if invoice.is_disputed or invoice.in_review or why_silent in _TOMORROW:
        return today + DAY
    return ladder.next_day(invoice.due_on, today, invoice.told, stop_days)


_TOMORROW = frozenset({Silence.TOLD_TODAY, Silence.ENOUGH_THIS_WEEK})

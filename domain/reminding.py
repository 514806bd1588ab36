"""Whom reminders are about and who hears them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.balances import Promise
from domain.money import Money
from domain.promises import silent_until
from domain.push_rules import PushRules
from domain.quiet_hours import Hours
from domain.reminders import BEST_SEGMENTS, Ladder, OwedInvoice


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderReader:
    """A contact who may see the balance and can be written to, with the hours in which they want to be."""

    contact_id: int
    hours: Hours = ()
    """None of their own: as the company's are."""
    wants_reminders: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindedCustomer:
    """A customer with open invoices.

    ``stop_days`` are the overdue days that are borne of this customer alone; ``credit`` is what was paid or
    handed over and has settled nothing yet.
    """

    id: int
    name: str
    segment: str | None
    stop_days: int | None
    credit: Money
    invoices: tuple[OwedInvoice, ...]

    @property
    def is_best(self) -> bool:
        return self.segment in BEST_SEGMENTS

    def with_promises(self, promises: Sequence[Promise], holidays: Collection[date]) -> RemindedCustomer:
        """What was promised is quiet; a promise that names no invoice keeps all of them quiet."""
        quiet: dict[int | None, date] = {}
        for each in promises:
            until = silent_until(each.on, holidays)
            quiet[each.invoice_id] = max(until, quiet.get(each.invoice_id, until))
        return replace(
            self,
            invoices=tuple(
                replace(each, quiet_until=quiet.get(each.id, quiet.get(None))) for each in self.invoices
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDay:
    """A day on which is reminded: what holds for everybody."""

    today: date
    rules: PushRules
    ladder: Ladder
    holidays: Collection[date]

    @property
    def key(self) -> str:
        return self.today.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldInvoice:
    """An invoice as a message names it, and comes back from the facts of a notification."""

    invoice_id: int
    number: int
    amount: Money
    due_on: date

    def overdue_days(self, day: date) -> int:
        return (day - self.due_on).days

    def facts(self) -> list[object]:
        return [self.invoice_id, self.number, self.amount.rials, self.due_on.isoformat()]


def told_of(facts: Mapping[str, object]) -> tuple[ToldInvoice, ...]:
    """What :meth:`ToldInvoice.facts` has written, of all items of a message."""
    items = facts["items"]
    assert isinstance(items, list)
    return tuple(
        ToldInvoice(
            invoice_id=each[0], number=each[1], amount=Money(each[2]), due_on=date.fromisoformat(each[3])
        )
        for each in items
    )

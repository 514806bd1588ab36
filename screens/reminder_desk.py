"""Finance's desk of reminders: the levels with their days, and who has promised what."""

from __future__ import annotations

from collections.abc import Sequence

from domain.balances import PromiseState
from domain.promises import KeptRatio, PromiseLine
from domain.reminder_tones import Tone
from domain.reminders import Ladder, Level
from screens.callbacks.ledger import OpenBooks
from screens.callbacks.reminders import (
    AskLevelDays,
    OpenPromises,
    OpenReminderLevels,
    SwitchLevel,
)
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.pages import turning
from screens.screen import ALONE, Button, Screen, around


def levels(ladder: Ladder, _: Language, *, may_change: bool) -> Screen:
    """Each level with its day and what it does; finance changes days and switches levels off."""
    lines = [_("🔔 Reminders of invoices"), *(_line(each, _) for each in ladder.levels)]
    promises = Button(_.label("🤝 Promises"), OpenPromises(state=PromiseState.OPEN, page=1))
    if not may_change:
        return Screen("\n".join(lines), ((promises, home_button(_)),))
    rows = tuple((_days(each, _), _switch(each, _)) for each in ladder.levels)
    return Screen("\n".join(lines), (*rows, (promises, home_button(_))))


def _line(level: Level, _: Language) -> Words:
    mark = "✅" if level.is_on else "⬜️"
    return _(
        "{mark} {at}. {when}: {what}",
        mark=mark,
        at=level.number,
        when=_when(level.days, _),
        what=_what(level.tone, _),
    )


def _when(days: int, _: Language) -> Words:
    if days == 0:
        return _("on the due day")
    if days < 0:
        return _("{days} days before", days=-days)
    return _("{days} days after", days=days)


def _what(tone: Tone, _: Language) -> Words:
    match tone:
        case Tone.FRIENDLY:
            return _("friendly reminder")
        case Tone.DUE_TODAY:
            return _("“due today”")
        case Tone.POLITE:
            return _("polite question; the visitor is told")
        case Tone.FIRM:
            return _("firmer; the account manager calls A and B")
        case Tone.WARNING:
            return _("word on the credit; a call, the sales manager is told")
    return _("purchases on credit stop; a call")


def _days(level: Level, _: Language) -> Button:
    return Button(_.label("✏️ Day of level {at}", at=level.number), AskLevelDays(level=level.number))


def _switch(level: Level, _: Language) -> Button:
    label = _.label("Switch off") if level.is_on else _.label("Switch on")
    return Button(label, SwitchLevel(level=level.number, on=0 if level.is_on else 1))


def days_question(level: Level, first: int, last: int, _: Language) -> Screen:
    text = _(
        "Level {at} is told {when} now. How many days after the due day shall it be, from {first} to {last}? "
        "Before the due day write for example “3 days before”.",
        at=level.number,
        when=_when(level.days, _),
        first=first,
        last=last,
    )
    back = Button(_.label("⬅️ Back"), OpenReminderLevels())
    return Screen(text, ((back, home_button(_)),))


def promises(
    found: Sequence[PromiseLine],
    state: PromiseState,
    page: int,
    ratio: KeptRatio,
    _: Language,
    *,
    has_more: bool,
) -> Screen:
    """What customers have promised, and how many of the promises that were judged were kept."""
    lines = [_title(state, _)]
    if ratio.rate is not None:
        lines.append(
            _(
                "Kept so far: {kept} of {judged} ({rate})",
                kept=ratio.kept,
                judged=ratio.judged,
                rate=ratio.rate,
            )
        )
    if not found:
        lines.append(_("There is none."))
    lines += [_promise(each, _) for each in found]
    rows: list[tuple[Button, ...]] = [(_customer(each, _),) for each in found]
    turns = turning(page, page + has_more, lambda to: OpenPromises(state=state, page=to), _)
    if turns:
        rows.append(turns)
    others = tuple(
        Button(_state_label(each, _), OpenPromises(state=each, page=1))
        for each in PromiseState
        if each is not state
    )
    back = Button(_.label("⬅️ Back"), OpenReminderLevels())
    return Screen("\n".join(lines), (*rows, others, (back, home_button(_))))


def _title(state: PromiseState, _: Language) -> Words:
    match state:
        case PromiseState.OPEN:
            return _("🤝 Promises to be kept")
        case PromiseState.KEPT:
            return _("✅ Promises that were kept")
    return _("🔴 Promises that were broken")


def _state_label(state: PromiseState, _: Language) -> str:
    match state:
        case PromiseState.OPEN:
            return _.label("🤝 Open")
        case PromiseState.KEPT:
            return _.label("✅ Kept")
    return _.label("🔴 Broken")


def _promise(line: PromiseLine, _: Language) -> Words:
    promise = line.promise
    if line.invoice_number is None:
        return _(
            "• {customer}: {amount} toman, {day}",
            customer=line.customer_name,
            amount=promise.amount,
            day=Day(promise.on),
        )
    return _(
        "• {customer}: {amount} toman, {day} (invoice {number})",
        customer=line.customer_name,
        amount=promise.amount,
        day=Day(promise.on),
        number=line.invoice_number,
    )


def _customer(line: PromiseLine, _: Language) -> Button:
    def label(customer: str) -> str:
        return _.label("💳 {customer}", customer=customer)

    return Button(around(line.customer_name, ALONE, label), OpenBooks(customer_id=line.promise.customer_id))

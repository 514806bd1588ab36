"""The average due day of what somebody typed (rule R4): for talks about how to pay."""

from __future__ import annotations

from domain.money import Rate
from domain.ras_text import RasQuestion
from screens.callbacks.instruments import AskRas, OpenChequeDesk
from screens.cheque_words import exact_days
from screens.home import home_button
from screens.language import FullDay, Language, Words
from screens.screen import Button, Screen


def ras_prompt(_: Language) -> Screen:
    """What to type."""
    text = _(
        "Please send amount and due day of each cheque, a line each, for example:\n"
        "from 1 Aban\n40 million, 1 Azar\n60 million, 15 Dey\n50 million\nras 60\n"
        "An amount without a day is the last cheque, whose day is found. The lines “from …” and “ras …” "
        "may be left out."
    )
    return Screen(text, (_ways_on(_, has_more=False),))


def ras_answer(asked: RasQuestion, monthly: Rate | None, _: Language) -> Screen:
    """What it comes to; the difference of time only where the company prices it."""
    lines: list[Words] = []
    found = asked.found
    if found is not None:
        lines.append(_("Sum: {amount} toman", amount=found.amount))
        lines.append(
            _(
                "Average due day: {day} ({days} days from {start})",
                day=FullDay(found.due_on),
                days=exact_days(found.days, _),
                start=FullDay(asked.start),
            )
        )
    if asked.target is not None and asked.last is None:
        lines += _against_target(asked, monthly, _)
    if asked.last is not None:
        lines.append(_last_line(asked, _))
    return Screen("\n".join(lines), (_ways_on(_, has_more=True),))


def _against_target(asked: RasQuestion, monthly: Rate | None, _: Language) -> list[Words]:
    if not asked.excess:
        return [_("✅ Within {target} days", target=asked.target)]
    lines = [_("Beyond {target} days: {days} days", target=asked.target, days=exact_days(asked.excess, _))]
    if monthly is not None:
        lines.append(_("Difference of time: {amount} toman", amount=asked.time_difference(monthly)))
    return lines


def _last_line(asked: RasQuestion, _: Language) -> Words:
    if asked.last_due is None:
        return _("No last cheque of {amount} toman keeps the average that short.", amount=asked.last)
    return _(
        "Last cheque: {amount} toman, due {day} at the latest",
        amount=asked.last,
        day=FullDay(asked.last_due),
    )


def _ways_on(_: Language, *, has_more: bool) -> tuple[Button, ...]:
    back = Button(_.label("⬅️ Back"), OpenChequeDesk())
    again = (Button(_.label("🧮 Another one"), AskRas()),) if has_more else ()
    return (*again, back, home_button(_))

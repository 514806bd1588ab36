"""«قواعد پیام»: each rule in words with its value, and the holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.push_rules import PushRules
from domain.push_settings import AMOUNTS, BOUNDS, HOURS, PARTS, PushPart, PushRule, part_of, value_of
from domain.quiet_hours import Hours
from screens.callbacks.delays import OpenLateRoutes
from screens.callbacks.push_rules import (
    AskDropHoliday,
    AskHoliday,
    AskPushRule,
    DropHoliday,
    OpenHolidays,
    OpenPushPart,
    OpenPushRules,
)
from screens.home import home_button
from screens.language import FullDay, Language, Weekday, Words
from screens.pages import cut, in_rows, titled, turning
from screens.push_rule_words import rule_label, rule_line
from screens.screen import ALONE, Button, Screen, around

HOLIDAYS_A_PAGE = 8


def all_rules(rules: PushRules, parts: Sequence[PushPart], _: Language, *, is_manager: bool) -> Screen:
    """Every rule that the reader may change, by part."""
    lines: list[str] = [_("🔔 Rules of messages")]
    for part in parts:
        lines += ["", f"<b>{part_word(part, _)}</b>", *_lines(rules, part, _)]
    buttons = [
        Button(_.label("✏️ {part}", part=part_word(part, _)), OpenPushPart(part=part)) for part in parts
    ]
    if is_manager:
        buttons.append(Button(_.label("📅 Holidays"), OpenHolidays(page=1)))
    return Screen("\n".join(lines), (*in_rows(buttons, 2), (home_button(_),)))


def part_word(part: PushPart, _: Language) -> str:
    match part:
        case PushPart.REMINDERS:
            return _.label("Payment reminders")
        case PushPart.PROMOTIONS:
            return _.label("Offers, campaigns")
    return _.label("Surveys and gifts")


def _lines(rules: PushRules, part: PushPart, _: Language) -> list[Words]:
    return [rule_line(rule, value_of(rules, rule), _) for rule in PARTS[part]]


def one_part(rules: PushRules, part: PushPart, _: Language) -> Screen:
    """A part with a button for each of its rules."""
    lines = [f"<b>{part_word(part, _)}</b>", *_lines(rules, part, _)]
    buttons = [Button(rule_label(rule, _), AskPushRule(rule=rule)) for rule in PARTS[part]]
    back = Button(_.label("⬅️ Back"), OpenPushRules())
    return Screen("\n".join(lines), (*in_rows(buttons, 2), (back, home_button(_))))


def rule_question(rule: PushRule, value: Hours | int, _: Language) -> Screen:
    """What it is now, and what can be typed."""
    now = rule_line(rule, value, _)
    back = Button(_.label("⬅️ Back"), OpenPushPart(part=part_of(rule)))
    if rule in HOURS:
        question = _("Please write the hours, for example “9 to 13 and 16 to 20”.")
    elif rule in AMOUNTS:
        question = _("Please write an amount, for example “500,000 toman”.")
    else:
        first, last = BOUNDS[rule]
        question = _("Please write a number from {first} to {last}.", first=first, last=last)
    return Screen(f"{now}\n\n{question}", ((back, home_button(_)),))


def holidays(found: Sequence[tuple[date, str]], page: int, _: Language) -> Screen:
    """Days on which nothing is delivered, reminded or asked; a tap on one takes it away."""
    shown, page, pages = cut(found, page, HOLIDAYS_A_PAGE)
    title = _("📅 Holidays to come: nothing is delivered, and nobody gets a message that was not asked for.")
    if not found:
        title = _("📅 No holiday is known. Fridays are free anyway.")
    rows = [(Button(_holiday(day, name, _), AskDropHoliday(day=day.toordinal())),) for day, name in shown]
    turns = turning(page, pages, lambda to: OpenHolidays(page=to), _)
    return Screen(
        titled(title, page, pages, _),
        (
            *rows,
            *((turns,) if turns else ()),
            (Button(_.label("➕ Another holiday"), AskHoliday()),),
            (Button(_.label("⬅️ Back"), OpenPushRules()), home_button(_)),
        ),
    )


def _holiday(day: date, name: str, _: Language) -> str:
    return around(name, ALONE, lambda name: _.label("{day}: {name}", day=day, name=name))


def holiday_day_question(_: Language) -> Screen:
    return _asking(_("Which day? For example “15 Dey”."), _)


def holiday_name_question(day: date, _: Language) -> Screen:
    return _asking(_("{weekday}, {day}: what is it called?", weekday=Weekday(day), day=FullDay(day)), _)


def _asking(text: Words, _: Language) -> Screen:
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenHolidays(page=1)), home_button(_)),))


def holiday_added(day: date, promised: int, _: Language) -> Screen:
    """Orders that are promised for that day have to be told."""
    text = _("{day} is a holiday from now on ✅", day=day)
    back = Button(_.label("📅 Holidays"), OpenHolidays(page=1))
    if not promised:
        return Screen(text, ((back, home_button(_)),))
    warning = _("⚠️ {count} orders are promised for that day.", count=promised)
    late = Button(_.label("⏰ Tell them"), OpenLateRoutes())
    return Screen(f"{text}\n{warning}", ((late,), (back, home_button(_))))


def drop_question(day: date, name: str, _: Language) -> Screen:
    text = _("“{name}”, {day}: is it a working day after all?", name=name, day=day)
    yes = Button(_.label("✅ Yes, a working day"), DropHoliday(day=day.toordinal()))
    return Screen(text, ((yes, Button(_.label("⬅️ Back"), OpenHolidays(page=1))), (home_button(_),)))

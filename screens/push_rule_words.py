"""The words of each rule of messages: as a line with its value, and on its button."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.money import Money
from domain.push_settings import PushRule
from domain.quiet_hours import Hours
from screens.language import Language, Words

_R = PushRule


def spans(hours: Hours, _: Language) -> Words:
    """«۹ تا ۱۳ و ۱۶ تا ۲۰»."""
    said = [_("{first} to {last}", first=first, last=last) for first, last in hours]
    words = said[0]
    for each in said[1:]:
        words = _("{some} and {more}", some=words, more=each)
    return words


def rule_line(rule: PushRule, value: Hours | int, _: Language) -> Words:
    if not isinstance(value, int):
        return _HOURS[rule](spans(value, _), _)
    if rule is PushRule.LEAST_REMINDER:
        return _("Debts below {amount} toman are not reminded of", amount=Money(value))
    if rule is PushRule.REFERRAL_GIFT:
        return _("Who sends us a shop, and the shop, get {amount} toman each", amount=Money(value))
    if rule is PushRule.REFERRAL_FREE:
        return _("A gift above {amount} toman waits for a manager", amount=Money(value))
    return _NUMBERS[rule](value, _)


_HOURS: Mapping[PushRule, Callable[[Words, Language], Words]] = {
    _R.REMINDER_HOURS: lambda hours, _: _("Reminders come from {hours}", hours=hours),
    _R.PROMOTION_HOURS: lambda hours, _: _("Offers come from {hours}", hours=hours),
    _R.SURVEY_HOURS: lambda hours, _: _("Surveys come from {hours}", hours=hours),
}
_NUMBERS: Mapping[PushRule, Callable[[int, Language], Words]] = {
    _R.REMINDERS_A_WEEK: lambda n, _: _("At most {n} reminders a week", n=n),
    _R.PROMISE_DAYS: lambda n, _: _("A promise to pay is at most {n} days off", n=n),
    _R.PROMISE_PERCENT: lambda n, _: _("A promise covers at least {n}% of the debt", n=n),
    _R.PROMISES: lambda n, _: _("At most {n} promises for one invoice", n=n),
    _R.PROMOTIONS_A_WEEK: lambda n, _: _("At most {n} offers a week for each person", n=n),
    _R.SECOND_MANAGER: lambda n, _: _("Above {n} recipients a second manager approves", n=n),
    _R.OVERDUE_SPARED: lambda n, _: _("No offers to who is overdue by more than {n} days", n=n),
    _R.HOLDOUT_PERCENT: lambda n, _: _("The holdout of a campaign: {n}%", n=n),
    _R.HOLDOUT_LEAST: lambda n, _: _("The holdout of a campaign: at least {n} shops", n=n),
    _R.WINDOW: lambda n, _: _("Orders within {n} days count for a campaign", n=n),
    _R.SURVEY_AFTER: lambda n, _: _("The survey comes {n} hours after the delivery", n=n),
    _R.SURVEY_EXPIRES: lambda n, _: _("The survey expires after {n} hours", n=n),
    _R.SURVEY_GAP: lambda n, _: _("{n} days between two surveys; 0 asks after each delivery", n=n),
    _R.SURVEY_CHANGE: lambda n, _: _("An answer can be changed for {n} hours", n=n),
    _R.TICKET: lambda n, _: _("A discontented customer hears from us within {n} hours", n=n),
    _R.KEY_TICKET: lambda n, _: _("With an account manager: within {n} working hours", n=n),
}


def rule_label(rule: PushRule, _: Language) -> str:
    return _LABELS[rule](_)


_LABELS: Mapping[PushRule, Callable[[Language], str]] = {
    _R.REMINDER_HOURS: lambda _: _.label("Allowed hours"),
    _R.PROMOTION_HOURS: lambda _: _.label("Allowed hours"),
    _R.SURVEY_HOURS: lambda _: _.label("Allowed hours"),
    _R.LEAST_REMINDER: lambda _: _.label("Least debt"),
    _R.REFERRAL_GIFT: lambda _: _.label("Gift for a colleague"),
    _R.REFERRAL_FREE: lambda _: _.label("Gift without asking"),
    _R.REMINDERS_A_WEEK: lambda _: _.label("Number a week"),
    _R.PROMISE_DAYS: lambda _: _.label("Days of a promise"),
    _R.PROMISE_PERCENT: lambda _: _.label("Percent of a promise"),
    _R.PROMISES: lambda _: _.label("Number of promises"),
    _R.PROMOTIONS_A_WEEK: lambda _: _.label("Number a week"),
    _R.SECOND_MANAGER: lambda _: _.label("Second manager"),
    _R.OVERDUE_SPARED: lambda _: _.label("Long overdue"),
    _R.HOLDOUT_PERCENT: lambda _: _.label("Percent of holdout"),
    _R.HOLDOUT_LEAST: lambda _: _.label("Least holdout"),
    _R.WINDOW: lambda _: _.label("Days of effect"),
    _R.SURVEY_AFTER: lambda _: _.label("After the delivery"),
    _R.SURVEY_EXPIRES: lambda _: _.label("Expiry"),
    _R.SURVEY_GAP: lambda _: _.label("Days between"),
    _R.SURVEY_CHANGE: lambda _: _.label("Time to change"),
    _R.TICKET: lambda _: _.label("Hours of a ticket"),
    _R.KEY_TICKET: lambda _: _.label("Ticket, key customer"),
}

"""Why something cannot be promised or kept, in words."""

from __future__ import annotations

from domain import reminder_errors
from domain.errors import Refusal
from screens.language import Day, Language


def reminder_refusal(error: Refusal, _: Language) -> str | None:
    """The words, if the refusal is about promises, reminders or accounts."""
    return _promised(error, _) or _kept(error, _)


def _promised(error: Refusal, _: Language) -> str | None:
    match error:
        case reminder_errors.DayTooFar(most_days=days):
            return _.label("Please name a day within the next {days} days.", days=days)
        case reminder_errors.PromisedTooLittle(least=least):
            return _.label("At least {amount} toman of it, please.", amount=least)
        case reminder_errors.PromisedTooMuch(most=most):
            return _.label("That is more than is open of this invoice: {amount} toman.", amount=most)
        case reminder_errors.AlreadyPromised(on=on):
            return _.label("The payment of this invoice is agreed for {day} already.", day=Day(on))
        case reminder_errors.NoMorePromises():
            return _.label(
                "No further day can be named for this invoice here. Please talk to finance; we find a way."
            )
        case reminder_errors.NothingOwed():
            return _.label("This invoice is paid ✅")
    return None


def _kept(error: Refusal, _: Language) -> str | None:
    match error:
        case reminder_errors.LevelOutOfOrder(first=first, last=last):
            return _.label(
                "Levels keep their order: from {first} to {last} days after the due day.",
                first=first,
                last=last,
            )
        case reminder_errors.NotASheba():
            return _.label("This SHEBA number is not right: IR and 24 digits. Please look at it again.")
        case reminder_errors.NotACard():
            return _.label("This card number is not right: 16 digits. Please look at it again.")
        case reminder_errors.TooManyAccounts(most=most):
            return _.label("At most {most} accounts are shown. Please take one away first.", most=most)
    return None

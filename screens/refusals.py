"""The words of every refusal. "Not yours" and "not there" read the same."""

from __future__ import annotations

from domain import errors, guide_errors
from domain.calendar import TEHRAN
from domain.campaign_errors import QuietThen
from domain.imports.errors import ImportRefused
from screens.callbacks.support import AskSupport
from screens.campaign_refusals import campaign_refusal
from screens.campaign_timing import quiet
from screens.catalogue import forgotten_search
from screens.checkout import outlet_first
from screens.cheque_refusals import cheque_refusal
from screens.home import home_button
from screens.imports import file_words
from screens.language import Language
from screens.orders import too_late
from screens.promotion_refusals import promotion_refusal
from screens.receipts import tracking_used
from screens.referral_refusals import referral_refusal, referral_screen
from screens.registration import not_a_licence, not_an_identifier, not_your_contact
from screens.reminder_refusals import reminder_refusal
from screens.screen import Answer, Button, Screen, Toast
from screens.shortage import not_sold, shortage


def refusal(error: errors.Refusal, _: Language) -> Answer:
    """Most refusals are said over the screen that stands; some offer a way on, with a screen of their own."""
    screen = _joining_screen(error, _) or _ordering_screen(error, _) or referral_screen(error, _)
    if screen is not None:
        return screen
    return Toast(
        _typed(error, _)
        or _typed_money(error, _)
        or _ordering(error, _)
        or cheque_refusal(error, _)
        or promotion_refusal(error, _)
        or campaign_refusal(error, _)
        or reminder_refusal(error, _)
        or referral_refusal(error, _)
        or _booked(error, _)
        or _judging(error, _)
        or _general(error, _),
        alert=True,
    )


def _joining_screen(error: errors.Refusal, _: Language) -> Screen | None:
    match error:
        case errors.NotYourContact():
            return not_your_contact(_)
        case errors.AlreadyRegistered():
            return already_registered(_)
        case errors.NotAMobile():
            return not_a_mobile(_)
        case errors.NotAnIdentifier():
            return not_an_identifier(_)
        case errors.FileRefused(most_megabytes=None):
            return not_a_licence(_)
    return None


def _ordering_screen(error: errors.Refusal, _: Language) -> Screen | None:
    match error:
        case errors.Shortage():
            return shortage(error, _)
        case errors.NotSold():
            return not_sold(error, _)
        case errors.TooLateToChange():
            return too_late(error, _)
        case errors.OutletNotChosen():
            return outlet_first(_)
        case errors.SearchForgotten():
            return forgotten_search(_)
        case errors.TrackingUsed(paid_on=paid_on):
            return tracking_used(paid_on, _)
        case QuietThen(campaign_id=campaign_id, at=at, proposed=proposed):
            return quiet(campaign_id, at, proposed, at.astimezone(TEHRAN).date(), _)
    return None


def already_registered(_: Language) -> Screen:
    """A number is in our books: a person finds out whose, and links it."""
    text = _(
        "This number or id is already registered with us, or waits for approval.\n"
        "If it is your own centre, please talk to our support: we link your account to it."
    )
    return _with_support(text, _)


def not_a_mobile(_: Language) -> Screen:
    text = _(
        "Only an Iranian mobile number can be registered here.\nIf you have none, please talk to our support."
    )
    return _with_support(text, _)


def _with_support(text: str, _: Language) -> Screen:
    return Screen(text, ((Button(_.label("💬 Talk to support"), AskSupport()), home_button(_)),))


def _typed_money(error: errors.Refusal, _: Language) -> str | None:
    """An amount, a day or a code that was typed cannot be taken; the question stays open."""
    match error:
        case errors.NotACode(lengths=lengths):
            digits = _.listed(lengths)
            return _.label(
                "This code is not right. Please send its digits ({digits} of them).", digits=digits
            )
        case errors.NotAnAmount():
            return _.label("Please write an amount, for example 12,300,000 or “12 million and 300”.")
        case errors.AmountTooLarge(most=most):
            return _.label("That is too much: at most {most} toman. Please look at the zeros.", most=most)
        case errors.NotADay():
            return _.label("Please write a day, for example “15 Dey” or 1405/10/15.")
        case errors.NotAnAmountAndDay():
            return _.label("Please write amount and due date together, for example “12 million, 15 Dey”.")
        case errors.NotAProof():
            return _.label("Please send a photo, the tracking number, or the last four digits of the card.")
        case errors.AmountRefused():
            return _.label("The amount must be more than nothing.")
        case errors.PaidInTheFuture():
            return _.label(
                "That day has not come yet, or is too long ago. Please write the day of the payment."
            )
    return None


def _typed(error: errors.Refusal, _: Language) -> str | None:
    """What was typed or sent cannot be taken; the question stays open."""
    match error:
        case errors.NumberOutOfBounds(first=first, last=last):
            return _.label("Please write a number from {first} to {last}.", first=first, last=last)
        case errors.NotHours():
            return _.label("Please write hours of the day, for example “9 to 12”.")
        case errors.NotAQuantity():
            return _.label("Please send the quantity as a number, for example 24 or “2 cartons”.")
        case errors.TermNotUnderstood():
            return _.label("Please write a term, for example “cheque 45 days” or “cash 4%”.")
        case errors.NotAnAddress():
            return _.label("Please write city and address together, for example “Tehran, Vanak, No. 42”.")
        case ImportRefused():
            return file_words(error, _)
        case errors.FileRefused(most_megabytes=int() as most):
            return _.label("The file is too large; at most {most} megabytes.", most=most)
        case errors.TooFewLetters():
            return _.label("Please write at least two letters.")
        case errors.TextRefused(most=most):
            return _.label("Please answer with a text of at most {most} characters.", most=most)
    return _named(error, _)


def _named(error: errors.Refusal, _: Language) -> str | None:
    """What cannot be called so."""
    match error:
        case guide_errors.NameTaken(name=name):
            return _.label("“{name}” is there already. Please write another name.", name=name)
        case guide_errors.TooManySaved(most=most):
            return _.label("At most {most} baskets can be kept. Please delete one first.", most=most)
    return None


def _ordering(error: errors.Refusal, _: Language) -> str | None:
    match error:
        case errors.TermRefused():
            return _.label("That cannot be: one way to pay must be left, and not too many.")
        case errors.OrderClosed():
            return _.label("This order can no longer be changed.")
        case errors.EmptyOrder():
            return _.label("Your basket is empty.")
        case errors.NothingToRepeat():
            return _.label("Nothing of that order is sold any more.")
        case errors.AlreadyPlaced(number=number):
            return _.label("This order is placed: {number}", number=number)
        case errors.TooManyLines(most=most):
            return _.label("An order holds at most {most} items.", most=most)
        case errors.NoDeliveryDay():
            return _.label("We do not deliver on that day. Please choose another one.")
        case errors.QuantityNotSold(label=label, minimum=minimum, multiple=1, most=most):
            return _.label(
                "“{label}” is ordered from {minimum} to {most} pieces.",
                label=label, minimum=minimum, most=most,
            )  # fmt: skip
        case errors.QuantityNotSold(label=label, minimum=minimum, multiple=multiple, most=most):
            return _.label(
                "“{label}” is ordered from {minimum} to {most} pieces, in steps of {multiple}.",
                label=label, minimum=minimum, multiple=multiple, most=most,
            )  # fmt: skip
    return None


def _booked(error: errors.Refusal, _: Language) -> str | None:
    if isinstance(error, errors.MoreThanDelivered):
        return _.label("That is more than this invoice delivered, or more than was paid for it.")
    return None


def _judging(error: errors.Refusal, _: Language) -> str | None:
    """What is said about a delivery."""
    match error:
        case errors.SurveyOver():
            return _.label("The time to answer this question is over.")
        case errors.TooLateToJudge():
            return _.label("The time to change your answer is over.")
        case errors.AlreadyJudged():
            return _.label("Your opinion is recorded ✅")
        case errors.SameScore(score=score):
            return _.label("Your score of {score} is recorded ✅", score=score)
    return None


def _general(error: errors.Refusal, _: Language) -> str:
    match error:
        case errors.ChangedMeanwhile():
            return _.label("It was changed meanwhile. Please look again.")
        case errors.NotAllowed(right=right, manager=manager):
            return _not_allowed(right, manager, _)
        case errors.NotApproved():
            return _.label("This is for approved customers. Send /start to register.")
        case errors.AlreadyDecided():
            return _.label("This request was decided before.")
        case errors.NumberTaken():
            return _.label("The mobile or national id of this request belongs to somebody else by now.")
        case errors.InviteRefused():
            return _.label("This invite link cannot be used. Please ask your manager for a new one.")
        case errors.SamePerson():
            return _.label("You have approved it already; a second colleague must approve it too.")
        case errors.DownRefused(below=below):
            return _.label(
                "What is paid before is more than nothing and less than {below} toman.", below=below
            )
        case errors.LastHours():
            return _.label("One span of hours must stay on.")
    return _.label("Nothing like this was found.")


def _not_allowed(right: str, manager: str | None, _: Language) -> str:
    """S0.5: which right is missing, and who can give it."""
    match right:
        case "balance":
            missing = _.label("Seeing the account is not enabled for your number.")
        case "order":
            missing = _.label("Ordering is not enabled for your number.")
        case _:
            missing = _.label("This is only enabled for the manager of your centre.")
    if manager is None:
        return missing
    who_can = _.label("The manager of the centre ({name}) can enable it.", name=manager)
    return f"{missing} {who_can}"

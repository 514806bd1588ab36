"""The words of every refusal. "Not yours" and "not there" read the same."""

from domain import errors
from screens.language import Language
from screens.screen import Answer, Toast


def refusal(error: errors.Refusal, _: Language) -> Answer:
    """A refusal is said over the screen that stands."""
    return Toast(_words(error, _), alert=True)


def _words(error: errors.Refusal, _: Language) -> str:  # noqa: C901 - one arm a refusal
    match error:
        case errors.ChangedMeanwhile():
            return _.label("It was changed meanwhile. Please look again.")
        case errors.OrderClosed():
            return _.label("This order can no longer be changed.")
        case errors.EmptyOrder():
            return _.label("Your basket is empty.")
        case errors.NotAQuantity():
            return _.label("Please send the quantity as a number, for example 24 or “2 cartons”.")
        case errors.NotApproved():
            return _.label("This is for approved customers. Send /start to register.")
        case errors.AlreadyDecided():
            return _.label("This request was decided before.")
        case errors.FileRefused(most_megabytes=int() as most):
            return _.label("The file is too large; at most {most} megabytes.", most=most)
        case errors.FileRefused():
            return _.label("Please send a photo.")
        case errors.TooFewLetters():
            return _.label("Please write at least two letters.")
        case errors.TextRefused(most=most):
            return _.label("Please write it shorter, at most {most} characters.", most=most)
    return _.label("Nothing like this was found.")

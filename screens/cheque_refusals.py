"""Why something cannot be done with a cheque, in words."""

from __future__ import annotations

from domain import cheque_errors, errors
from domain.drawers import DrawerColour
from domain.instruments import ChequeState
from screens.cheque_words import colour_label, state_word
from screens.language import Language


def cheque_refusal(error: errors.Refusal, _: Language) -> str | None:
    """The words, if the refusal is about a cheque."""
    return _said(error, _) or _moving(error, _) or _of_drawer(error, _)


def _said(error: errors.Refusal, _: Language) -> str | None:
    """What was typed cannot be taken; the question stays open."""
    match error:
        case cheque_errors.NotASayadId(sent=sent):
            return _.label("A Sayad id has 16 digits; you sent {sent}. Please send it again.", sent=sent)
        case cheque_errors.SayadIdTaken():
            return _.label("A cheque with this Sayad id is with us already.")
        case cheque_errors.NotANationalId():
            return _.label("This is no national id of a person or a company. Please send it again.")
        case cheque_errors.DuePassed():
            return _.label("This day has passed. Please send one that is still to come.")
    return None


def _moving(error: errors.Refusal, _: Language) -> str | None:
    match error:
        case cheque_errors.MoveRefused(state=state) if state in set(ChequeState):
            word = state_word(ChequeState(state), _)
            return _.label("This cannot be done now: the cheque is “{state}”.", state=word)
        case cheque_errors.MoveRefused():
            return _.label("This cannot be recorded in Sayad after what stands there.")
        case cheque_errors.SayadNotConfirmed():
            return _.label("Before it goes to the bank, the cheque has to be confirmed in Sayad.")
        case cheque_errors.SayadNotTransferred():
            return _.label("Before it is handed on, the cheque has to be transferred in Sayad.")
        case cheque_errors.NothingToUndo():
            return _.label("This cheque has no step that could be taken back.")
        case cheque_errors.NotReplaced(missing=missing):
            return _.label(
                "Other cheques and payments of this customer lack {missing} toman to make up for it.",
                missing=missing,
            )
    return None


def _of_drawer(error: errors.Refusal, _: Language) -> str | None:
    match error:
        case cheque_errors.DrawerUnknown():
            return _.label("Please record the drawer's colour first.")
        case cheque_errors.DrawerWaits(colour=colour):
            return _.label("The drawer is {colour}: a manager has to agree first.", colour=_colour(colour, _))
        case cheque_errors.DrawerRefused(colour=colour):
            return _.label("The drawer is {colour}: such cheques are not taken.", colour=_colour(colour, _))
        case cheque_errors.TooMuchOfOneColour(colour=colour, most=most):
            return _.label(
                "The drawer is {colour}: such a cheque may be at most {most} toman here.",
                colour=_colour(colour, _),
                most=most,
            )
    return None


def _colour(colour: str, _: Language) -> str:
    return colour_label(DrawerColour(colour), _)

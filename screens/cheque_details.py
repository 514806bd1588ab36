"""What is printed on a cheque: all that is known, and the question for one detail."""

from __future__ import annotations

from domain.cheque_details import ChequeDetail, details_of
from domain.instruments import Cheque
from screens.callbacks.instruments import AskChequeDetail
from screens.cheque_desk import to_card
from screens.cheque_words import sayad_line, title
from screens.home import home_button
from screens.language import Copyable, Language, Words
from screens.pages import in_rows
from screens.screen import Button, Screen

_D = ChequeDetail
COPIED = {_D.SERIAL, _D.NATIONAL_ID, _D.BOUNCE_CODE}


def detail_word(detail: ChequeDetail, _: Language) -> Words:
    return {
        _D.BANK: _("Bank of the cheque"),
        _D.BRANCH: _("Branch"),
        _D.SERIAL: _("Serial and series"),
        _D.DRAWER: _("Name of the drawer"),
        _D.NATIONAL_ID: _("National id of the drawer"),
        _D.BOUNCE_CODE: _("Tracking code of the bouncing"),
        _D.NOTE: _("What it is for"),
    }[detail]


def cheque_details(cheque: Cheque, _: Language) -> Screen:
    """Everything, with a button to type each anew."""
    known = details_of(cheque)
    lines: list[Words] = [title(cheque, _), sayad_line(cheque, _)]
    for detail in _asked(cheque):
        said = known.get(detail)
        shown = _.say(Copyable(said) if detail in COPIED else said) if said else Words("—")
        lines.append(_("{what}: {value}", what=detail_word(detail, _), value=shown))
    buttons = [
        Button(
            _.label("✏️ {what}", what=detail_word(detail, _)),
            AskChequeDetail(cheque_id=cheque.id, detail=detail, version=cheque.version),
        )
        for detail in _asked(cheque)
    ]
    return Screen("\n".join(lines), (*in_rows(buttons, 1), (to_card(cheque.id, _), home_button(_))))


def _asked(cheque: Cheque) -> list[ChequeDetail]:
    """The bank's code is only there when it came back."""
    return [each for each in ChequeDetail if each is not _D.BOUNCE_CODE or cheque.bounced_on is not None]


def detail_question(cheque: Cheque, detail: ChequeDetail, _: Language) -> Screen:
    text = _("Please send: {what}", what=detail_word(detail, _))
    return Screen(text, ((to_card(cheque.id, _), home_button(_)),))


def bank_word(_: Language) -> str:
    """The word with which banks' names begin, which is not kept with them."""
    return _.label("Bank")

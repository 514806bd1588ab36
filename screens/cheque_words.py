"""The words of a cheque's states, colours and reasons, and the lines that several screens share."""

from __future__ import annotations

from fractions import Fraction

from domain.calendar import today_in_tehran
from domain.cheque_lists import bank_day, day_in_month
from domain.drawers import DrawerColour, Grade
from domain.instruments import BounceReason, Cheque, ChequePlace, ChequeState, standing_moves
from domain.ras import two_decimals
from domain.sayad import SayadState
from screens.language import Copyable, Day, Language, Weekday, Words

_S = ChequeState


def state_word(state: ChequeState, _: Language) -> Words:
    """How it stands, as a list says it."""
    return {
        _S.ANNOUNCED: _("announced"),
        _S.RECEIVED: _("in our safe"),
        _S.DEPOSITED: _("handed to the bank"),
        _S.ENDORSED: _("handed on"),
        _S.CLEARED: _("cleared"),
        _S.BOUNCED: _("bounced"),
        _S.LEGAL: _("in legal action"),
        _S.SETTLED: _("settled after bouncing"),
        _S.HANDED_BACK: _("handed back"),
        _S.VOID: _("void"),
    }[state]


def step_word(state: ChequeState, _: Language) -> Words:
    """What happened, as the path of a cheque says it."""
    return {
        _S.ANNOUNCED: _("announcement"),
        _S.RECEIVED: _("taking in"),
        _S.DEPOSITED: _("handed to the bank"),
        _S.ENDORSED: _("handed on"),
        _S.CLEARED: _("clearing"),
        _S.BOUNCED: _("bouncing"),
        _S.LEGAL: _("legal action"),
        _S.SETTLED: _("settlement"),
        _S.HANDED_BACK: _("handed back"),
        _S.VOID: _("declared void"),
    }[state]


def sayad_word(state: SayadState, _: Language) -> Words:
    return {
        SayadState.NONE: _("not registered"),
        SayadState.REGISTERED: _("registered by the drawer"),
        SayadState.CONFIRMED: _("confirmed"),
        SayadState.REJECTED: _("rejected"),
        SayadState.TRANSFERRED: _("transferred"),
        SayadState.RETURNED: _("returned to the drawer"),
    }[state]


def place_word(place: ChequePlace, _: Language) -> Words:
    return {
        ChequePlace.CUSTOMER: _("with the customer"),
        ChequePlace.SAFE: _("our safe"),
        ChequePlace.BANK: _("the bank"),
        ChequePlace.THIRD_PARTY: _("with others"),
    }[place]


def reason_label(reason: BounceReason, _: Language) -> str:
    return {
        BounceReason.FUNDS: _.label("insufficient funds"),
        BounceReason.SIGNATURE: _.label("signature does not match"),
        BounceReason.BLOCKED: _.label("account blocked or closed"),
        BounceReason.STOPPED: _.label("payment stopped by the drawer"),
        BounceReason.DEFECT: _.label("defect of the paper"),
        BounceReason.OTHER: _.label("another reason"),
    }[reason]


def colour_label(colour: DrawerColour, _: Language) -> str:
    return {
        DrawerColour.WHITE: _.label("⚪️ white"),
        DrawerColour.YELLOW: _.label("🟡 yellow"),
        DrawerColour.ORANGE: _.label("🟠 orange"),
        DrawerColour.BROWN: _.label("🟤 brown"),
        DrawerColour.RED: _.label("🔴 red"),
    }[colour]


def grade_word(grade: Grade, _: Language) -> Words:
    """Of a customer, for our own people only."""
    return {
        Grade.GOOD: _("pays well"),
        Grade.USUAL: _("usual"),
        Grade.RISKY: _("risky"),
        Grade.BAD: _("pays badly"),
    }[grade]


def due_words(cheque: Cheque, _: Language) -> Words:
    """The written day, and the bank's where that is another: «۲۰ آذر (جمعه؛ وصول شنبه ۲۱)»."""
    day, weekday = Day(cheque.due_on), Weekday(cheque.due_on)
    paid_on = bank_day(cheque)
    if paid_on is None:
        return _("{day} ({weekday})", day=day, weekday=weekday)
    values = {"day": day, "weekday": weekday, "bank_weekday": Weekday(paid_on)}
    number = day_in_month(paid_on, cheque.due_on)
    if number is not None:
        return _("{day} ({weekday}; paid {bank_weekday} {number})", number=number, **values)
    return _("{day} ({weekday}; paid {bank_weekday} {bank_day})", bank_day=Day(paid_on), **values)


def exact_days(days: Fraction, _: Language) -> Words:
    """With two decimals where they say something: «۶۷.۶»."""
    number = f"{two_decimals(days):f}"
    return Words(_.digits(number.rstrip("0").rstrip(".")))


def title(cheque: Cheque, _: Language) -> Words:
    return _("Cheque over {amount} toman", amount=cheque.amount)


def bank_line(cheque: Cheque, _: Language) -> Words:
    """«بانک ملت · سررسید پنج‌شنبه ۵ آذر»."""
    due = _("due {day}", day=cheque.due_on)
    paid_on = bank_day(cheque)
    if paid_on is not None:
        due = _("due {day} (paid {bank_day})", day=cheque.due_on, bank_day=paid_on)
    if not cheque.bank:
        return due
    return _("{bank} Bank · {due}", bank=cheque.bank, due=due)


def sayad_line(cheque: Cheque, _: Language) -> Words:
    """The sixteen digits, four by four, to be copied."""
    number = " ".join(cheque.sayad_id[at : at + 4] for at in range(0, len(cheque.sayad_id), 4))
    return _("Sayad id: {number}", number=Copyable(number))


def path_line(cheque: Cheque, _: Language) -> Words:
    """What has happened to it and when, without what was taken back."""
    moves = standing_moves(cheque.moves)
    if len(moves) > 1 and moves[0].state is _S.ANNOUNCED:
        moves = moves[1:]
    is_confirmed = cheque.sayad_state in {SayadState.CONFIRMED, SayadState.TRANSFERRED}
    steps: list[Words] = []
    for move in moves:
        steps.append(_("{step} {day}", step=step_word(move.state, _), day=Day(today_in_tehran(move.at))))
        if is_confirmed and move.state in {_S.RECEIVED, _S.ANNOUNCED}:
            steps.append(_("confirmation in Sayad"))
            is_confirmed = False
    if not steps:
        steps.append(state_word(cheque.state, _))
    arrow = _("→")
    return _("Status: {path}", path=Words(f" {arrow} ".join(steps)))

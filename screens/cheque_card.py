"""One cheque as finance sees it, with exactly the moves that are possible now."""

from __future__ import annotations

from collections.abc import Iterator

from aiogram.filters.callback_data import CallbackData

from domain.cheque_lists import ChequeCard
from domain.drawers import DrawerDecision
from domain.instruments import Cheque, ChequeMove, ChequeState, state_before
from domain.sayad import SAYAD_NEXT, SayadState
from screens.callbacks.instruments import (
    ApproveDrawer,
    AskBounce,
    AskColour,
    AskReceive,
    AskSayadReason,
    AskUndo,
    MoveCheque,
    OpenChequeDesk,
    OpenChequeDetails,
    OpenChequePhoto,
    ReceiveCheque,
    RecordSayad,
    SettleCheque,
    SettledBy,
)
from screens.cheque_words import (
    bank_line,
    colour_label,
    exact_days,
    grade_word,
    place_word,
    reason_label,
    sayad_line,
    sayad_word,
    state_word,
    step_word,
    title,
)
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import in_rows
from screens.screen import Button, Screen

MOST_STEPS = 12
_S = ChequeState
Wanted = tuple[str, CallbackData]


def cheque_card(card: ChequeCard, _: Language) -> Screen:
    """Everything that is known, and the buttons of what may be done by whoever looks."""
    cheque = card.cheque
    lines: list[str] = [
        _("{title} — {customer}", title=title(cheque, _), customer=cheque.customer_name),
        bank_line(cheque, _),
        sayad_line(cheque, _),
        _(
            "State: {state} · place: {place}",
            state=state_word(cheque.state, _),
            place=place_word(cheque.place, _),
        ),
        _("Sayad: {state}", state=sayad_word(cheque.sayad_state, _)),
        *_drawer_lines(card, _),
        *_bounce_lines(card, _),
        *_paid_lines(card, _),
        *(_step(move, _) for move in cheque.moves[-MOST_STEPS:]),
    ]
    return Screen("\n".join(lines), _rows(card, _))


def _drawer_lines(card: ChequeCard, _: Language) -> Iterator[Words]:
    cheque = card.cheque
    if cheque.drawer_name:
        name = cheque.drawer_name
        yield (
            _("Drawer: {name} (somebody else)", name=name)
            if cheque.is_third_party
            else _("Drawer: {name}", name=name)
        )
    if cheque.colour is None:
        yield _("Drawer's colour: not asked yet")
    else:
        yield _("Drawer's colour: {colour}", colour=Words(colour_label(cheque.colour, _)))
    if card.decision in {DrawerDecision.REFUSE, DrawerDecision.ALERT}:
        yield _("⛔️ Cheques of this colour are not taken.")
    elif card.waits_for_manager:
        yield _("⏳ A manager has to agree to this colour.")
    elif cheque.is_drawer_approved:
        yield _("✅ A manager has agreed to this drawer.")
    rate, grade = card.record.rate, card.record.grade()
    if rate is not None and grade is not None:
        yield _("Bounced in 12 months: {rate} ({grade})", rate=rate, grade=grade_word(grade, _))


def _bounce_lines(card: ChequeCard, _: Language) -> Iterator[Words]:
    cheque = card.cheque
    if cheque.bounce_reason is not None:
        yield _("Reason of the bank: {reason}", reason=Words(reason_label(cheque.bounce_reason, _)))
    if card.is_stopped and cheque.bounced_on is not None:
        yield _("🔴 Selling on credit to this customer is stopped until finance releases it.")


def _paid_lines(card: ChequeCard, _: Language) -> Iterator[Words]:
    if card.view.paid:
        yield _("For invoice {numbers}", numbers=_.listed(each.number for each in card.view.paid))
    days = card.view.credit_days
    if days is not None:
        yield _("From the invoices to the cheque: {days} days", days=exact_days(days, _))
    if card.cheque.unallocated:
        yield _("Not used for an invoice: {amount}", amount=card.cheque.unallocated)


def _step(move: ChequeMove, _: Language) -> Words:
    """One line of the history: what, when, by whom, why."""
    what = step_word(move.state, _)
    if move.is_undo:
        assert move.was is not None
        what = _("taken back: {step}", step=step_word(move.was, _))
    line = _("• {at}: {what}", at=move.at, what=what)
    if move.by:
        line = _("{line} — {name}", line=line, name=move.by)
    return _("{line} ({reason})", line=line, reason=move.reason) if move.reason else line


def _rows(card: ChequeCard, _: Language) -> tuple[tuple[Button, ...], ...]:
    cheque = card.cheque
    moves: list[Wanted] = []
    if card.is_finance:
        moves = [*_moving(cheque, _), *_recording(cheque, _)]
    elif card.waits_for_manager:
        agree = ApproveDrawer(cheque_id=cheque.id, version=cheque.version)
        moves = [(_.label("✅ I agree to this drawer"), agree)]
    if cheque.photo_id is not None:
        moves.append((_.label("🖼 Photo"), OpenChequePhoto(cheque_id=cheque.id)))
    buttons = [Button(label, tap) for label, tap in moves]
    return (*in_rows(buttons, 2), (Button(_.label("📝 Cheque desk"), OpenChequeDesk()), home_button(_)))


def _moving(cheque: Cheque, _: Language) -> Iterator[Wanted]:
    """The moves of the table that are possible from here."""
    can = cheque.can_move_to
    version = {"cheque_id": cheque.id, "version": cheque.version}
    if _S.RECEIVED in can and cheque.state is _S.ANNOUNCED:
        yield _.label("✅ Received"), ReceiveCheque(**version)
        yield _.label("🧾 Received, for…"), AskReceive(cheque_id=cheque.id)
    for to, label in _plain_moves(cheque, _).items():
        if to in can:
            yield label, MoveCheque(**version, to=to)
    if _S.BOUNCED in can:
        yield _.label("🔴 Bounced"), AskBounce(cheque_id=cheque.id)
    if _S.SETTLED in can:
        yield _.label("💵 Settled in money"), SettleCheque(**version, by=SettledBy.MONEY)
        yield _.label("📝 Replaced by a cheque"), SettleCheque(**version, by=SettledBy.CHEQUE)


def _plain_moves(cheque: Cheque, _: Language) -> dict[ChequeState, str]:
    labels = {
        _S.DEPOSITED: _.label("🏦 To the bank"),
        _S.ENDORSED: _.label("🤝 Hand on"),
        _S.CLEARED: _.label("✅ Cleared"),
        _S.LEGAL: _.label("⚖️ Legal action"),
        _S.HANDED_BACK: _.label("↩️ Hand back"),
        _S.VOID: _.label("🚫 Declare void"),
    }
    if cheque.state is _S.BOUNCED:
        labels[_S.DEPOSITED] = _.label("🏦 To the bank again")
    if cheque.state is _S.DEPOSITED:
        labels[_S.RECEIVED] = _.label("↩️ Back from the bank")
    if cheque.state is _S.ENDORSED:
        labels[_S.RECEIVED] = _.label("↩️ Taken back from them")
    return labels


def _recording(cheque: Cheque, _: Language) -> Iterator[Wanted]:
    """What is written down of it without moving it, and the undo."""
    version = {"cheque_id": cheque.id, "version": cheque.version}
    labels = {
        SayadState.REGISTERED: _.label("Sayad: registered"),
        SayadState.CONFIRMED: _.label("Sayad: confirmed"),
        SayadState.TRANSFERRED: _.label("Sayad: transferred"),
        SayadState.RETURNED: _.label("Sayad: returned"),
    }
    for state in _sayad_states(cheque):
        if state is SayadState.REJECTED:
            yield _.label("Sayad: rejected"), AskSayadReason(**version)
        else:
            yield labels[state], RecordSayad(**version, to=state)
    if cheque.state is _S.ANNOUNCED:
        yield _.label("🎨 Drawer's colour"), AskColour(cheque_id=cheque.id)
    yield _.label("✏️ Details"), OpenChequeDetails(cheque_id=cheque.id)
    if state_before(cheque.moves) is not None:
        yield _.label("↶ Undo the last step"), AskUndo(**version)


def _sayad_states(cheque: Cheque) -> Iterator[SayadState]:
    """What the register can say next, where it matters for a cheque in this state."""
    matters = {
        SayadState.TRANSFERRED: {_S.RECEIVED},
        SayadState.RETURNED: {_S.HANDED_BACK, _S.SETTLED},
    }
    for state in SayadState:
        is_next = state in SAYAD_NEXT[cheque.sayad_state]
        if is_next and cheque.state in matters.get(state, {_S.ANNOUNCED, _S.RECEIVED}):
            yield state

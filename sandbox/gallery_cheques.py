"""Examples of cheques: a customer's own, finance's desk, and what is told about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from domain import cheque_errors, errors
from domain.amounts import AskBack
from domain.balances import OpenInvoice
from domain.cheque_details import ChequeDetail
from domain.cheque_lists import ChequeCard, ChequeList, ChequePage, ChequeView, DeskPart, PaidInvoice, PartSum
from domain.drawers import DEFAULT_POLICY, ChequeRecord, DrawerColour, DrawerDecision
from domain.instruments import BounceReason, Cheque, ChequeMove, ChequePlace, ChequeState
from domain.money import ZERO, Rate, of_toman
from domain.notifications import Notification, Recipient
from domain.ras_text import ras_question
from domain.sayad import SayadState
from sandbox.gallery_types import Example
from sandbox.gallery_values import NOW, SHAMPOO_PICTURE
from screens import cheque_card, cheque_desk, cheque_details, cheque_policy, instruments, ras, refusals
from screens.callbacks.instruments import ReadyAnswer
from screens.notices import told

TODAY = date(2026, 11, 21)
_S = ChequeState


def _cheque(number: int, toman: int, days: int, bank_days: int | None = None) -> Cheque:
    received = ChequeMove(was=_S.ANNOUNCED, state=_S.RECEIVED, at=NOW - timedelta(days=24), by="خانم مرادی")
    return Cheque(
        id=number,
        customer_id=2,
        customer_name="سالن زیبایی نگین",
        sayad_id="1234567890123456",
        amount=of_toman(toman),
        due_on=TODAY + timedelta(days=days),
        effective_due=TODAY + timedelta(days=bank_days or days),
        state=_S.RECEIVED,
        place=ChequePlace.SAFE,
        sayad_state=SayadState.CONFIRMED,
        bank="ملت",
        drawer_name="سالن زیبایی نگین",
        colour=DrawerColour.WHITE,
        received_on=TODAY - timedelta(days=24),
        photo_id=SHAMPOO_PICTURE,
        moves=(received,),
    )


_TO_BANK = ChequeMove(was=_S.RECEIVED, state=_S.DEPOSITED, at=NOW - timedelta(days=2), by="خانم مرادی")
_CAME_BACK = ChequeMove(
    was=_S.DEPOSITED, state=_S.BOUNCED, at=NOW, by="خانم مرادی", reason="کسری موجودی در حساب"
)
FIRST = _cheque(1, 7_500_000, 5)
FIRST = replace(FIRST, state=_S.DEPOSITED, place=ChequePlace.BANK, moves=(*FIRST.moves, _TO_BANK))
SECOND, THIRD = _cheque(2, 8_000_000, 20, 21), _cheque(3, 6_000_000, 31)
ANNOUNCED = replace(THIRD, state=_S.ANNOUNCED, sayad_state=SayadState.NONE, moves=(), colour=None)
BOUNCED = replace(
    FIRST,
    state=_S.BOUNCED,
    bounce_reason=BounceReason.FUNDS,
    bounced_on=TODAY,
    moves=(*FIRST.moves, _CAME_BACK),
)
LIST = ChequeList(today=TODAY, cheques=(FIRST, SECOND, THIRD), cleared_count=14)
PAID = (PaidInvoice(21_045, TODAY - timedelta(days=27), of_toman(7_500_000)),)
RECORD = ChequeRecord(
    cleared_count=14, cleared=of_toman(90_000_000), bounced_count=1, bounced=of_toman(8_000_000)
)
PARTS = {part: PartSum(number, of_toman(9_000_000 * number)) for number, part in enumerate(DeskPart)}


def _card(cheque: Cheque, **more: object) -> ChequeCard:
    return ChequeCard(view=ChequeView(cheque=cheque, paid=PAID), record=RECORD, **more)  # type: ignore[arg-type]


def own_cheques() -> Iterator[Example]:
    yield "instruments.cheque_list", lambda _: instruments.cheque_list(LIST, _)
    both = replace(LIST, cheques=(SECOND,), announced=(ANNOUNCED,), bounced=(BOUNCED,), bounced_count=1)
    yield "instruments.cheque_list: bounced", lambda _: instruments.cheque_list(both, _)
    none = replace(LIST, cheques=(), has_reminders=False)
    yield "instruments.cheque_list: none", lambda _: instruments.cheque_list(none, _)
    yield "instruments.cheque", lambda _: instruments.cheque(ChequeView(cheque=FIRST, paid=PAID), _)
    yield "instruments.cheque: announced", lambda _: instruments.cheque(ChequeView(cheque=ANNOUNCED), _)
    noted = replace(SECOND, note="مانده قبلی")
    yield "instruments.cheque: noted", lambda _: instruments.cheque(ChequeView(cheque=noted), _)
    yield "instruments.photo_question", instruments.photo_question
    yield "instruments.sayad_question", instruments.sayad_question
    yield "instruments.amount_question", instruments.amount_question
    asked = AskBack(said=of_toman(250), meant=of_toman(250_000))
    yield "instruments.meant_question", lambda _: instruments.meant_question(asked, _)
    yield (
        "instruments.confirm_question",
        lambda _: instruments.confirm_question(of_toman(12_300_000), date(2027, 1, 5), _),
    )
    yield "instruments.cheque_announced", lambda _: instruments.cheque_announced("پخش آرمان‌طب", _)
    yield "instruments.reminder_answered", lambda _: instruments.reminder_answered(ReadyAnswer.READY, _)
    yield "instruments.reminder_answered: talk", lambda _: instruments.reminder_answered(ReadyAnswer.TALK, _)


def cheque_desks() -> Iterator[Example]:
    yield "cheque_desk.desk", lambda _: cheque_desk.desk(PARTS, _)
    page = ChequePage(
        part=DeskPart.WEEK, cheques=(FIRST, SECOND), total=PARTS[DeskPart.WEEK], page=1, pages=2
    )
    yield "cheque_desk.part", lambda _: cheque_desk.part(page, _)
    empty = ChequePage(part=DeskPart.LATE, cheques=(), total=PartSum(0, ZERO), page=1, pages=1)
    yield "cheque_desk.part: empty", lambda _: cheque_desk.part(empty, _)
    yield "cheque_desk.number_question", cheque_desk.number_question
    yield "cheque_desk.colour_question", lambda _: cheque_desk.colour_question(ANNOUNCED, _)
    yield "cheque_desk.bounce_question", lambda _: cheque_desk.bounce_question(FIRST, _)
    bill = OpenInvoice(
        id=1,
        number=21_045,
        issued_on=TODAY,
        due_on=TODAY,
        open=of_toman(12_300_000),
        total=of_toman(12_300_000),
    )
    yield "cheque_desk.taking_question", lambda _: cheque_desk.taking_question(ANNOUNCED, (bill,), _)
    yield "cheque_desk.undo_question", lambda _: cheque_desk.undo_question(FIRST, _)
    yield "cheque_desk.rejection_question", lambda _: cheque_desk.rejection_question(FIRST, _)
    yield "cheque_desk.photo", lambda _: cheque_desk.photo(1, SHAMPOO_PICTURE, _)
    coded = replace(BOUNCED, bounce_code="B-7712", drawer_national_id="0012345679")
    yield "cheque_details.cheque_details", lambda _: cheque_details.cheque_details(coded, _)
    yield (
        "cheque_details.detail_question",
        lambda _: cheque_details.detail_question(FIRST, ChequeDetail.BANK, _),
    )
    usual = DEFAULT_POLICY
    yield "cheque_policy.colour_policy", lambda _: cheque_policy.colour_policy(usual, _, is_manager=True)
    yield "cheque_policy.rule_question", lambda _: cheque_policy.rule_question(DrawerColour.BROWN, _)
    yield "ras.ras_prompt", ras.ras_prompt
    lines = "از ۱ آبان\n۴۰ میلیون، ۱ آذر\n۶۰ میلیون، ۱۵ دی\n"
    late = ras_question(f"{lines}۵۰ میلیون، ۱ بهمن\nراس ۶۰", TODAY)
    solved = ras_question(f"{lines}۵۰ میلیون\nراس ۶۰", TODAY)
    hopeless = ras_question(f"{lines}۱ میلیون\nراس ۱۰", TODAY)
    within = ras_question(f"{lines}راس ۹۰", TODAY)
    yield "ras.ras_answer", lambda _: ras.ras_answer(late, Rate(300), _)
    yield "ras.ras_answer: the last one", lambda _: ras.ras_answer(solved, None, _)
    yield "ras.ras_answer: no last one", lambda _: ras.ras_answer(hopeless, None, _)
    yield "ras.ras_answer: within", lambda _: ras.ras_answer(within, None, _)
    cards = {
        "announced": _card(ANNOUNCED),
        "received": _card(SECOND, decision=DrawerDecision.ACCEPT),
        "deposited": _card(FIRST),
        "bounced": _card(BOUNCED, is_stopped=True),
        "legal": _card(replace(BOUNCED, state=_S.LEGAL), is_stopped=True),
        "settled": _card(replace(BOUNCED, state=_S.SETTLED, unallocated=of_toman(1_000_000))),
        "refused": _card(replace(ANNOUNCED, colour=DrawerColour.RED), decision=DrawerDecision.ALERT),
    }
    for name, card in cards.items():
        yield _card_example(name, card)
    yellow = replace(ANNOUNCED, colour=DrawerColour.YELLOW, is_third_party=True)
    waits = _card(yellow, decision=DrawerDecision.MANAGER, is_finance=False)
    yield _card_example("for a manager", waits)


def _card_example(name: str, card: ChequeCard) -> Example:
    return f"cheque_card.cheque_card: {name}", lambda _: cheque_card.cheque_card(card, _)


_ABOUT: Mapping[str, object] = {
    "customer": "سالن زیبایی نگین",
    "customer_id": 2,
    "amount_rials": 80_000_000,
    "due_on": (TODAY + timedelta(days=20)).isoformat(),
    "effective_due": (TODAY + timedelta(days=21)).isoformat(),
    "reason": BounceReason.FUNDS.value,
    "colour": DrawerColour.YELLOW.value,
    "undone": _S.BOUNCED.value,
    "why": "مبلغ نمی‌خواند",
    "day": TODAY.isoformat(),
    "today": [4, 610_000_000],
    "week": [27, 6_120_000_000],
}
KINDS = (
    "cheque_due", "cheque_received", "cheque_cleared", "cheque_bounced", "cheque_settled",
    "cheque_handed_back", "cheque_void", "cheque_rejected", "cheque_corrected", "cheque_announced",
    "cheque_talk", "cheque_waits", "cheque_alert", "cheque_bounce_alert", "cheque_digest",
)  # fmt: skip
REFUSALS: tuple[errors.Refusal, ...] = (
    cheque_errors.NotASayadId(13),
    cheque_errors.SayadIdTaken(),
    cheque_errors.DuePassed(),
    cheque_errors.NotANationalId(),
    cheque_errors.MoveRefused(_S.CLEARED, _S.BOUNCED),
    cheque_errors.MoveRefused(SayadState.CONFIRMED, SayadState.REJECTED),
    cheque_errors.SayadNotConfirmed(),
    cheque_errors.SayadNotTransferred(),
    cheque_errors.NothingToUndo(),
    cheque_errors.NotReplaced(of_toman(2_000_000)),
    cheque_errors.DrawerUnknown(),
    cheque_errors.DrawerWaits(DrawerColour.YELLOW),
    cheque_errors.DrawerRefused(DrawerColour.RED),
    cheque_errors.TooMuchOfOneColour(DrawerColour.ORANGE, of_toman(10_000_000)),
)


def told_of_cheques() -> Iterator[Example]:
    for kind in KINDS:
        yield _notice(kind, _ABOUT)
    yield _notice("cheque_bounce_alert", {**_ABOUT, "is_visitor": True}, ": for a visitor")
    for error in REFUSALS:
        yield _refusal(error)


def _notice(kind: str, facts: Mapping[str, object], case: str = "") -> Example:
    notification = Notification(
        key=kind, kind=kind, to=Recipient(contact_id=1), subject_id=7412, due_at=NOW, facts=facts
    )
    return f"notices.{kind}{case}", lambda _: told(notification, _)


def _refusal(error: errors.Refusal) -> Example:
    return f"refusals.refusal: {type(error).__name__} {error}", lambda _: refusals.refusal(error, _)

"""Examples of reminders: what customers read and answer, finance's desk, the accounts to pay to, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from domain import reminder_errors as errors
from domain.amounts import AskBack
from domain.balances import OpenInvoice, Promise, PromiseState
from domain.bank_accounts import BankAccount, PayTo
from domain.disputes import Dispute, DisputeSubject
from domain.errors import Refusal
from domain.money import of_toman
from domain.promises import KeptRatio, Promisable, PromiseLine
from domain.push_rules import PushRules
from domain.reminder_tones import Tone
from domain.reminders import LEVELS, Ladder
from domain.reminding import ToldInvoice
from sandbox.gallery_types import Example
from sandbox.gallery_values import NOW
from sandbox.town_company import ACCOUNTS
from screens import bank_accounts, promises, refusals, reminder_desk, reminders

SALON = "سالن زیبایی نگین"
DUE = date(2026, 11, 15)
PROMISED = date(2026, 11, 23)
TODAY = date(2026, 11, 18)
LATE = ToldInvoice(invoice_id=7, number=21_045, amount=of_toman(12_300_000), due_on=DUE)
NEXT = ToldInvoice(invoice_id=8, number=21_310, amount=of_toman(5_821_200), due_on=date(2026, 12, 2))
INVOICE = OpenInvoice(
    id=7,
    number=21_045,
    issued_on=date(2026, 10, 25),
    due_on=DUE,
    open=of_toman(12_300_000),
    total=of_toman(12_300_000),
)
PROMISABLE = Promisable(
    invoice=INVOICE,
    known=(),
    today=TODAY,
    rules=PushRules(),
    days=(date(2026, 11, 21), PROMISED, date(2026, 11, 25)),
)
PROMISE = Promise(amount=of_toman(12_300_000), on=PROMISED, invoice_id=7, customer_id=2)
TICKET = Dispute(
    id=3, number=1_182, customer_id=2, contact_id=1, subject=DisputeSubject.AMOUNT, created_at=NOW
)
_DAYS = {
    Tone.FRIENDLY: -3,
    Tone.DUE_TODAY: 0,
    Tone.POLITE: 3,
    Tone.FIRM: 7,
    Tone.WARNING: 14,
}
_ITEM = LATE.facts()
_OURS: dict[str, object] = {"customer": SALON, "day": "2026-11-18", "items": [_ITEM]}
_WISH: dict[str, object] = {"customer": SALON, "amount_rials": 181_212_000, "mobile": "09000001010"}
FACTS: dict[str, dict[str, object]] = {
    "payment_reminder": {"tone": "polite", "caller": None, **_OURS},
    "promise_today": {"items": [_ITEM]},
    "promise_broken": {
        "items": [_ITEM],
        "promised_rials": 123_000_000,
        "promised_on": "2026-11-23",
        "caller": "خانم صادقی",
    },
    "credit_back": {},
    "debt_followed": _OURS,
    "debt_warned": _OURS,
    "credit_stopped": {**_OURS, "items": [_ITEM, NEXT.facts()]},
    "promise_broken_alert": {
        "customer": SALON,
        "amount_rials": 123_000_000,
        "promised_on": "2026-11-23",
    },
    "call_wanted": _WISH,
    "instalments_wanted": {**_WISH, "mobile": None},
    "bank_accounts_changed": {"who": "سمیه رستگار", "sheba": ACCOUNTS[0].sheba, "is_added": True},
}
REFUSALS = (
    errors.DayTooFar(10),
    errors.PromisedTooLittle(of_toman(1_230_000)),
    errors.PromisedTooMuch(of_toman(12_300_000)),
    errors.AlreadyPromised(PROMISED),
    errors.NoMorePromises(2),
    errors.NothingOwed(),
    errors.LevelOutOfOrder(-2, 2),
    errors.NotASheba(),
    errors.NotACard(),
    errors.TooManyAccounts(6),
)


def reminder_screens() -> Iterator[Example]:
    for tone, days in _DAYS.items():
        yield _level(tone, DUE + timedelta(days=days))
    yield _level(Tone.DUE_TODAY, DUE + timedelta(days=1))
    yield _several(Tone.POLITE, TODAY)
    yield _several(Tone.WARNING, DUE + timedelta(days=14))
    yield "reminders.stopped", lambda _: reminders.stopped(of_toman(12_300_000), 30, _)
    yield "reminders.promised_today", lambda _: reminders.promised_today([LATE], _)
    yield "reminders.promised_today: two", lambda _: reminders.promised_today([LATE, NEXT], _)
    yield (
        "reminders.broken",
        lambda _: reminders.broken(of_toman(12_300_000), PROMISED, [LATE], "خانم صادقی", _),
    )
    yield "reminders.credit_back", reminders.credit_back
    yield from _answers()
    yield from _desk()


def _level(tone: Tone, today: date) -> Example:
    name = f"reminders.reminder: {tone.value} {(today - DUE).days}"
    return name, lambda _: reminders.reminder(tone, SALON, [LATE], today, "خانم صادقی", _)


def _several(tone: Tone, today: date) -> Example:
    name = f"reminders.reminder: several, {tone.value}"
    return name, lambda _: reminders.reminder(tone, SALON, [LATE, NEXT], today, None, _)


def _answers() -> Iterator[Example]:
    yield "promises.which_question", lambda _: promises.which_question([INVOICE, INVOICE], _)
    yield "promises.which_question: none", lambda _: promises.which_question([], _)
    yield "promises.day_question", lambda _: promises.day_question(PROMISABLE, _)
    yield "promises.typed_day_question", lambda _: promises.typed_day_question(PROMISABLE, _)
    yield "promises.amount_question", lambda _: promises.amount_question(PROMISABLE, PROMISED, _)
    yield "promises.typed_amount_question", lambda _: promises.typed_amount_question(PROMISABLE, _)
    asked = AskBack(said=of_toman(500), meant=of_toman(500_000))
    yield "promises.meant_question", lambda _: promises.meant_question(asked, _)
    yield "promises.recorded", lambda _: promises.recorded(PROMISE, _)
    yield "promises.subject_question", lambda _: promises.subject_question(7, _)
    for subject in (DisputeSubject.AMOUNT, DisputeSubject.PAID, DisputeSubject.OTHER):
        yield _objected(replace(TICKET, subject=subject))
    yield "promises.call_promised", lambda _: promises.call_promised("خانم صادقی", _)
    yield "promises.call_promised: by somebody", lambda _: promises.call_promised("", _)
    yield "promises.coordination_asked", promises.coordination_asked


def _objected(ticket: Dispute) -> Example:
    return f"promises.objected: {ticket.subject}", lambda _: promises.objected(ticket, 7, _)


def _desk() -> Iterator[Example]:
    changed = Ladder().with_level(replace(LEVELS[3], is_on=False))
    yield "reminder_desk.levels", lambda _: reminder_desk.levels(changed, _, may_change=True)
    yield "reminder_desk.levels: for a manager", lambda _: reminder_desk.levels(changed, _, may_change=False)
    yield "reminder_desk.days_question", lambda _: reminder_desk.days_question(LEVELS[0], -15, -1, _)
    lines = (
        PromiseLine(promise=PROMISE, customer_name=SALON, invoice_number=21_045),
        PromiseLine(promise=PROMISE, customer_name="داروخانه دکتر رضایی", invoice_number=None),
    )
    for state in PromiseState:
        yield _promises(state, lines)
    yield _promises(PromiseState.OPEN, ())
    firm = "پخش آرمان‌طب"
    shown = PayTo(holder=firm, accounts=ACCOUNTS)
    yield "bank_accounts.accounts", lambda _: bank_accounts.accounts(shown, _)
    kept = replace(shown, may_change=True)
    yield "bank_accounts.accounts: for finance", lambda _: bank_accounts.accounts(kept, _)
    none = PayTo(holder=firm, accounts=())
    yield "bank_accounts.accounts: none", lambda _: bank_accounts.accounts(none, _)
    yield "bank_accounts.sheba_question", bank_accounts.sheba_question
    yield "bank_accounts.card_question", bank_accounts.card_question
    unknown = BankAccount(id=9, sheba="IR000990000000001234567890")
    yield "bank_accounts.drop_question", lambda _: bank_accounts.drop_question(unknown, _)
    for number, each in enumerate(REFUSALS, start=1):
        yield _refusal(number, each)


def _promises(state: PromiseState, lines: tuple[PromiseLine, ...]) -> Example:
    ratio = KeptRatio(kept=18, broken=2) if lines else KeptRatio(kept=0, broken=0)
    return (
        f"reminder_desk.promises: {state.value} {len(lines)}",
        lambda _: reminder_desk.promises(lines, state, 2, ratio, _, has_more=bool(lines)),
    )


def _refusal(number: int, error: Refusal) -> Example:
    return f"refusals.refusal: reminders {number}", lambda _: refusals.refusal(error, _)

"""The words of reminders (S6), level by level."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.money import of_toman
from domain.reminder_tones import Tone
from domain.reminding import ToldInvoice, told_of
from screens import reminders
from screens.language import Language
from screens.screen import Screen

SALON = "سالن زیبایی نگین"
DUE = date(2026, 11, 15)
LATE = ToldInvoice(invoice_id=7, number=21_045, amount=of_toman(12_300_000), due_on=DUE)
NEXT = ToldInvoice(invoice_id=8, number=21_310, amount=of_toman(5_821_200), due_on=date(2026, 12, 2))


def shown(tone: Tone, days: int, _: Language, *items: ToldInvoice) -> Screen:
    today = DUE + timedelta(days=days)
    return reminders.reminder(tone, SALON, items or (LATE,), today, "خانم صادقی", _)


def test_s6_11_several_invoices_are_one_list(persian: Language) -> None:
    screen = shown(Tone.POLITE, 3, persian, LATE, NEXT)
    assert screen.text == (
        "سررسیدهای شما:\n"
        "• ۲۱۰۴۵ — ۱۲٬۳۰۰٬۰۰۰ (۳ روز گذشته)\n"
        "• ۲۱۳۱۰ — ۵٬۸۲۱٬۲۰۰ (۱۱ آذر)\n"
        "جمع سررسیدگذشته: ۱۲٬۳۰۰٬۰۰۰ تومان"
    )
    assert screen.labels[0] == ("💸 پرداخت کردم", "🤝 زمان پرداخت")


def test_s6_10_and_s6_9(persian: Language) -> None:
    assert reminders.stopped(of_toman(12_300_000), 30, persian).text == (
        "خرید اعتباری شما موقتاً متوقف شد (سررسید گذشته: ۱۲٬۳۰۰٬۰۰۰ تومان، ۳۰ روز). خرید نقدی باز است. "
        "با تسویه، اعتبار همان روز برمی‌گردد."
    )
    nobody = reminders.broken(of_toman(12_300_000), date(2026, 11, 23), [LATE], "", persian)
    assert "همکارمان امروز با شما تماس می‌گیرد." in nobody.text


def test_what_is_told_a_day_late_says_so(persian: Language) -> None:
    assert shown(Tone.DUE_TODAY, 1, persian).text.startswith(
        "سررسید فاکتور ۲۱۰۴۵ یکشنبه ۲۴ آبان بود: ۱۲٬۳۰۰٬۰۰۰ تومان."
    )


@pytest.mark.parametrize(
    ("tone", "days", "said"),
    [(Tone.FIRM, 7, "هفت روز"), (Tone.WARNING, 14, "۱۴ روز"), (Tone.POLITE, 5, "پنج روز")],
)
def test_the_days_are_those_that_have_passed(tone: Tone, days: int, said: str, persian: Language) -> None:
    text = shown(tone, days, persian).text
    assert f"{SALON} عزیز، {said} از سررسید فاکتور ۲۱۰۴۵ گذشته (۱۲٬۳۰۰٬۰۰۰ تومان)." in text


@pytest.mark.parametrize("tone", [Tone.FRIENDLY, Tone.DUE_TODAY, Tone.POLITE, Tone.FIRM, Tone.WARNING])
def test_debts_are_never_told_with_a_threat(tone: Tone, persian: Language) -> None:
    text = shown(tone, 14, persian).text
    assert not any(word in text for word in ("حقوقی", "شکایت", "جریمه", "قانونی", "اخطار", "فوراً"))


def test_items_come_back_from_the_facts() -> None:
    assert told_of({"items": [LATE.facts(), NEXT.facts()]}) == (LATE, NEXT)

"""S3.4 to S3.7 and S11.6, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.amounts import AskBack
from domain.cheque_errors import NotASayadId
from domain.cheque_lists import ChequeCard, ChequeList, ChequePage, ChequeView, DeskPart, PaidInvoice, PartSum
from domain.drawers import ChequeRecord, DrawerColour, DrawerDecision
from domain.instruments import BounceReason, Cheque, ChequeMove, ChequePlace, ChequeState
from domain.money import ZERO, Money, of_toman
from domain.notifications import Notification, Recipient
from domain.sayad import SayadState
from screens import cheque_card, cheque_desk, instruments
from screens.cheque_words import due_words
from screens.language import Language
from screens.notices import told
from screens.refusals import refusal
from screens.screen import Screen, Toast
from tests.conftest import NOW
from tests.domain.test_ras import jalali

S = ChequeState
TODAY = date(2026, 11, 21)
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def noon(day: str) -> datetime:
    return NOW + timedelta(days=(jalali(day) - TODAY).days, hours=12)


def a_move(was: ChequeState, state: ChequeState, day: str) -> ChequeMove:
    return ChequeMove(was=was, state=state, at=noon(day), by="خانم مرادی")


def a_cheque(number: int, toman: int, due: str, bank_day: str | None = None) -> Cheque:
    return Cheque(
        id=number,
        customer_id=1,
        customer_name="سالن زیبایی نگین",
        sayad_id="1234567890123456",
        amount=of_toman(toman),
        due_on=jalali(due),
        effective_due=jalali(bank_day or due),
        state=S.RECEIVED,
        bank="ملت",
        received_on=jalali("1405/08/06"),
        moves=(a_move(S.ANNOUNCED, S.RECEIVED, "1405/08/06"),),
    )


FIRST = replace(
    a_cheque(1, 7_500_000, "1405/09/05"),
    state=S.DEPOSITED,
    sayad_state=SayadState.CONFIRMED,
    moves=(
        a_move(S.ANNOUNCED, S.RECEIVED, "1405/08/06"),
        a_move(S.RECEIVED, S.DEPOSITED, "1405/08/28"),
    ),
)
SECOND = a_cheque(2, 8_000_000, "1405/09/20", "1405/09/21")
THIRD = a_cheque(3, 6_000_000, "1405/10/01")
EARLIER = PaidInvoice(20_991, jalali("1405/07/02"), of_toman(7_500_000))


def test_the_list_reads_as_the_script(persian: Language) -> None:
    shown = ChequeList(today=TODAY, cheques=(FIRST, SECOND, THIRD), cleared_count=14)
    screen = instruments.cheque_list(shown, persian)
    assert screen.text == (
        "📝 چک‌های در جریان (۳)\n"
        "۱. ۷٬۵۰۰٬۰۰۰ — ۵ آذر (پنج‌شنبه) — واگذار به بانک\n"
        "۲. ۸٬۰۰۰٬۰۰۰ — ۲۰ آذر (جمعه؛ وصول شنبه ۲۱) — نزد صندوق\n"
        "۳. ۶٬۰۰۰٬۰۰۰ — ۱ دی (سه‌شنبه) — نزد صندوق\n"
        "جمع: ۲۱٬۵۰۰٬۰۰۰ · راس چک‌ها: ۱۸ آذر (۱۸ روز)\n"
        "وصول‌شده امسال: ۱۴ فقره · برگشتی: ندارد 👏"
    )
    assert screen.labels[:3] == (
        ("۱", "۲", "۳"),
        ("🔔 یادآوری سررسید: روشن",),
        ("➕ ثبت چک جدید",),
    )


def test_a_list_tells_what_is_announced_and_what_came_back(persian: Language) -> None:
    bounced = replace(SECOND, state=S.BOUNCED)
    announced = replace(THIRD, state=S.ANNOUNCED)
    shown = ChequeList(
        today=TODAY, cheques=(), announced=(announced,), bounced=(bounced,), bounced_count=1,
        has_reminders=False,
    )  # fmt: skip
    screen = instruments.cheque_list(shown, persian)
    assert screen.text == (
        "📝 چکی در جریان ندارید.\n"
        "اعلام‌شده، هنوز تحویل‌نشده:\n"
        "۱. ۶٬۰۰۰٬۰۰۰ — ۱ دی (سه‌شنبه) — اعلام‌شده\n"
        "🔴 برگشتی، هنوز تسویه‌نشده:\n"
        "۲. ۸٬۰۰۰٬۰۰۰ — ۲۰ آذر (جمعه؛ وصول شنبه ۲۱) — برگشتی\n"
        "وصول‌شده امسال: ۰ فقره · برگشتی: ۱ فقره"
    )
    assert screen.labels[1] == ("🔕 یادآوری سررسید: خاموش",)


def test_a_bank_day_of_another_month_is_named_with_its_month(persian: Language) -> None:
    cheque = a_cheque(1, 1_000_000, "1405/08/29", "1405/08/30")
    moved = replace(cheque, due_on=jalali("1405/08/29"), effective_due=jalali("1405/09/01"))
    assert due_words(moved, persian) == "۲۹ آبان (جمعه؛ وصول یکشنبه ۱ آذر)"


def test_one_cheque_reads_as_the_script(persian: Language) -> None:
    screen = instruments.cheque(ChequeView(cheque=FIRST, paid=(EARLIER,)), persian)
    assert screen.text.translate(ISOLATES) == (
        "چک ۷٬۵۰۰٬۰۰۰ تومان\n"
        "بانک ملت · سررسید پنج‌شنبه ۵ آذر\n"
        "شناسه صیاد: <code>1234 5678 9012 3456</code>\n"
        "وضعیت: دریافت ۶ آبان ← تأیید در صیاد ← واگذار به بانک ۲۸ آبان\n"
        "بابت مانده قبلی"
    )


def test_a_cheque_for_an_invoice_of_its_month_names_it(persian: Language) -> None:
    paid = (PaidInvoice(21_045, jalali("1405/08/03"), of_toman(7_500_000)),)
    assert instruments.cheque(ChequeView(cheque=FIRST, paid=paid), persian).text.endswith(
        "\nبابت فاکتور ۲۱۰۴۵"
    )


def test_announcing_reads_as_the_script(persian: Language) -> None:
    assert instruments.photo_question(persian).text == "عکس چک را بفرستید."
    assert instruments.sayad_question(persian).text == "شناسه ۱۶ رقمی صیاد؟"
    refused = refusal(NotASayadId(13), persian)
    assert refused == Toast("شناسه صیاد باید ۱۶ رقم باشد؛ ۱۳ رقم فرستادید. دوباره بفرستید.", alert=True)
    assert instruments.amount_question(persian).text == "مبلغ و سررسید؟ مثلاً «۱۲ میلیون، ۱۵ دی»"
    confirm = instruments.confirm_question(of_toman(12_300_000), jalali("1405/10/15"), persian)
    assert confirm.text == "۱۲٬۳۰۰٬۰۰۰ تومان، سه‌شنبه ۱۵ دی ۱۴۰۵. درست است؟"
    assert confirm.labels[0] == ("✅ درست", "✏️ اصلاح")
    assert instruments.cheque_announced("پخش آرمان‌طب", persian).text == (
        "اعلام شد. تا تحویل چک به ویزیتور و تأیید مالی، از بدهی کم نمی‌شود. لطفاً چک را در سامانه صیاد "
        "به نام «پخش آرمان‌طب» ثبت کنید."
    )


def test_so_small_an_amount_is_asked_back(persian: Language) -> None:
    asked = AskBack(said=of_toman(250), meant=of_toman(250_000))
    screen = instruments.meant_question(asked, persian)
    assert screen.text == "منظورتان ۲۵۰٬۰۰۰ تومان است؟"


def a_notice(kind: str, persian: Language, **facts: object) -> Screen:
    about = {
        "customer": "سالن نگین",
        "customer_id": 1,
        "amount_rials": 80_000_000,
        "due_on": jalali("1405/09/20").isoformat(),
        "reason": BounceReason.FUNDS.value,
    }
    notification = Notification(
        key=kind, kind=kind, to=Recipient(contact_id=1), subject_id=7, due_at=NOW, facts={**about, **facts}
    )
    return told(notification, persian)


def test_a_reminder_reads_as_the_script(persian: Language) -> None:
    day = jalali("1405/09/05").isoformat()
    screen = a_notice("cheque_due", persian, amount_rials=75_000_000, due_on=day, effective_due=day)
    assert screen.text == (
        "یادآوری: چک ۷٬۵۰۰٬۰۰۰ تومانی شما پنج‌شنبه ۵ آذر سررسید می‌شود. لطفاً موجودی حساب را تأمین بفرمایید 🙏"
    )
    assert screen.labels[0] == ("حساب آماده است", "نیاز به هماهنگی دارم")


def test_a_reminder_of_a_friday_names_the_banks_day(persian: Language) -> None:
    screen = a_notice("cheque_due", persian, effective_due=jalali("1405/09/21").isoformat())
    assert "جمعه ۲۰ آذر سررسید و شنبه ۲۱ آذر وصول می‌شود" in screen.text


def test_a_bounce_reads_as_the_script_to_the_customer(persian: Language) -> None:
    screen = a_notice("cheque_bounced", persian)
    assert screen.text == (
        "چک ۸٬۰۰۰٬۰۰۰ تومانی سررسید ۲۰ آذر از بانک برگشت خورد. لطفاً امروز هماهنگ بفرمایید. تا تسویه، خرید "
        "اعتباری متوقف و خرید نقدی باز است."
    )
    assert screen.labels[0] == ("💸 واریز می‌کنم", "📝 چک جایگزین", "📞 تماس")


def test_a_bounce_reads_as_the_script_to_our_people(persian: Language) -> None:
    screen = a_notice("cheque_bounce_alert", persian)
    assert screen.text == "🔴 چک برگشتی — سالن نگین · ۸٬۰۰۰٬۰۰۰ · کسری موجودی · توقف اعتباری خودکار شد."


def a_card(cheque: Cheque, **more: object) -> ChequeCard:
    return ChequeCard(view=ChequeView(cheque=cheque), record=ChequeRecord(), **more)  # type: ignore[arg-type]


def moves_of(cheque: Cheque, persian: Language, **more: object) -> list[str]:
    screen = cheque_card.cheque_card(a_card(cheque, **more), persian)
    return [label for row in screen.labels[:-1] for label in row]


def test_the_card_offers_exactly_what_can_be_done(persian: Language) -> None:
    received = replace(SECOND, sayad_state=SayadState.REGISTERED)
    assert moves_of(received, persian) == [
        "✅ وصول شد", "↩️ عودت به مشتری", "صیاد: تأیید شد", "صیاد: رد شد", "✏️ مشخصات", "↶ پس گرفتن آخرین گام",
    ]  # fmt: skip
    confirmed = replace(SECOND, sayad_state=SayadState.CONFIRMED)
    assert moves_of(confirmed, persian)[0] == "🏦 واگذار به بانک"
    assert moves_of(FIRST, persian) == [
        "✅ وصول شد", "↩️ عودت از حساب", "🔴 برگشت خورد", "✏️ مشخصات", "↶ پس گرفتن آخرین گام",
    ]  # fmt: skip
    bounced = replace(FIRST, state=S.BOUNCED, bounce_reason=BounceReason.FUNDS, bounced_on=TODAY)
    assert moves_of(bounced, persian) == [
        "🏦 دوباره به بانک", "⚖️ اقدام حقوقی", "💵 تسویه نقدی", "📝 با چک جایگزین", "✏️ مشخصات",
        "↶ پس گرفتن آخرین گام",
    ]  # fmt: skip


def test_a_manager_only_agrees(persian: Language) -> None:
    announced = replace(SECOND, state=S.ANNOUNCED, colour=DrawerColour.YELLOW, moves=())
    waits = {"is_finance": False, "decision": DrawerDecision.MANAGER}
    assert moves_of(announced, persian, **waits) == ["✅ با صادرکننده موافقم"]
    assert moves_of(FIRST, persian, is_finance=False) == []


def test_the_card_tells_the_whole_story(persian: Language) -> None:
    undone = ChequeMove(
        was=S.BOUNCED,
        state=S.DEPOSITED,
        at=noon("1405/08/29"),
        by="خانم مرادی",
        reason="اشتباه",
        is_undo=True,
    )
    cheque = replace(
        FIRST,
        moves=(*FIRST.moves, a_move(S.DEPOSITED, S.BOUNCED, "1405/08/29"), undone),
        colour=DrawerColour.WHITE,
        drawer_name="سالن زیبایی نگین",
        place=ChequePlace.BANK,
    )
    record = ChequeRecord(
        cleared_count=14, cleared=of_toman(100_000_000), bounced_count=1, bounced=of_toman(5_000_000)
    )
    card = ChequeCard(view=ChequeView(cheque=cheque, paid=(EARLIER,)), record=record)
    text = cheque_card.cheque_card(card, persian).text.translate(ISOLATES)
    assert "چک ۷٬۵۰۰٬۰۰۰ تومان — سالن زیبایی نگین" in text
    assert "وضعیت: واگذار به بانک · محل: بانک" in text
    assert "رنگ اعتباری صادرکننده: ⚪️ سفید" in text
    assert "برگشتی ۱۲ ماه: ۶٫۶۷٪ (پرریسک)" in text
    assert "پس گرفته شد: برگشت — خانم مرادی (اشتباه)" in text


def test_the_desk_counts_and_sums(persian: Language) -> None:
    parts = {part: PartSum(0, ZERO) for part in DeskPart}
    parts[DeskPart.TODAY] = PartSum(4, of_toman(61_000_000))
    screen = cheque_desk.desk(parts, persian)
    assert "سررسید امروز: ۴ فقره · ۶۱٬۰۰۰٬۰۰۰" in screen.text
    assert screen.labels[0] == ("سررسید امروز (۴)",)
    assert "سررسید گذشته" not in screen.text


def test_a_part_lists_its_cheques_and_turns_pages(persian: Language) -> None:
    page = ChequePage(
        part=DeskPart.WEEK, cheques=(FIRST, SECOND), total=PartSum(10, of_toman(90_000_000)), page=1, pages=2
    )
    screen = cheque_desk.part(page, persian)
    assert screen.text.startswith(
        "سررسید این هفته — صفحه ۱ از ۲\n۱۰ فقره · ۹۰٬۰۰۰٬۰۰۰ تومان\nسالن زیبایی نگین — "
    )
    assert screen.labels[0] == ("۷٬۵۰۰٬۰۰۰ · ۵ آذر · سالن زیبایی نگین",)
    assert screen.labels[2] == ("◀️ بعدی",)


def test_the_colour_is_asked_with_the_message_to_copy(persian: Language) -> None:
    screen = cheque_desk.colour_question(replace(FIRST, state=S.ANNOUNCED), persian)
    assert "1*1*1234567890123456" in screen.text


def test_the_morning_list_names_only_what_is_there(persian: Language) -> None:
    screen = a_notice("cheque_digest", persian, day=TODAY.isoformat(), today=[4, 610_000_000], week=[0, 0])
    assert screen.text == "📝 چک‌های شنبه ۳۰ آبان\nسررسید امروز: ۴ فقره · ۶۱٬۰۰۰٬۰۰۰"
    assert screen.labels[0] == ("سررسید امروز (۴)",)


def test_an_amount_is_named_in_the_money_of_the_company(persian: Language) -> None:
    assert instruments.confirm_question(Money(1), TODAY, persian).text.startswith("۰ تومان")

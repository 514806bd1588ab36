"""Campaigns while they go out and after: words, bars, and amounts as people read them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from domain.campaign_effect import NOBODY
from domain.campaign_progress import filled, percent, seconds_left
from domain.campaign_reports import facts_of, report_of
from domain.campaigns import CampaignState
from domain.money import Money
from sandbox.gallery_campaign_results import (
    BLIND,
    BUYER_LINE,
    CAMPAIGN,
    CLICKER,
    DONE,
    EARLY,
    FREE,
    GAP,
    GOING,
    HARM,
    HELD_LINE,
    MIXED,
    NO_COSTS,
    ORDER,
    REPORT,
)
from screens import campaign_lists as lists
from screens import campaign_progress as going
from screens import campaign_results as results
from screens.language import Language
from screens.paper import Bars, Paper, Picture
from services.rendering import draw, drawing
from tests.builders.campaign_results import S5_11
from tests.conftest import NOW

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def said(text: str) -> str:
    return text.translate(ISOLATES)


@pytest.mark.parametrize(
    ("done", "total", "marks"),
    [(0, 324, 0), (1, 324, 1), (118, 324, 4), (323, 324, 9), (324, 324, 10), (0, 0, 10), (162, 324, 5)],
)
def test_the_bar_is_full_only_at_the_end_and_empty_only_at_the_beginning(
    done: int, total: int, marks: int
) -> None:
    assert filled(done, total, 10) == marks


def test_a_hundred_percent_is_said_only_of_what_is_done() -> None:
    assert (percent(118, 324), percent(323, 324), percent(324, 324), percent(0, 0)) == (36, 99, 100, 100)


def test_the_rest_takes_its_time_by_its_rate() -> None:
    assert (seconds_left(324, 60), seconds_left(206, 60), seconds_left(1, 60)) == (324, 206, 1)
    assert (seconds_left(324, None), seconds_left(0, None)) == (13, 0)


def test_s5_8_word_for_word(persian: Language) -> None:
    screen = going.progress(GOING, persian)
    assert screen.text == (
        "📣 «ضدآفتاب پاییزه» در حال ارسال\n"
        "▓▓▓▓░░░░░░ ۱۱۸ از ۳۲۴ (۳۶٪)\n"
        "موفق ۱۱۶ · ناموفق ۲ · مانده ۲۰۶ (حدود ۳ دقیقه و نیم)\n"
        "سفارش تا الان: ۳"
    )
    assert screen.labels[0] == ("⏸ توقف", "⏹ پایان")
    assert screen.live is not None


def test_what_is_neither_is_named_only_where_there_is_such_a_thing(persian: Language) -> None:
    text = going.progress(MIXED, persian).text
    assert "موفق ۱۱۰ · ناموفق ۳ · کنار گذاشته ۴ · نامعلوم ۱ · مانده ۲۰۶" in text


def test_s5_10_word_for_word(persian: Language) -> None:
    assert going.resumed(GOING, persian).text == "ادامه ارسال برای ۲۰۶ نفر ▶️"
    assert going.progress(DONE, persian).text == (
        "✅ تمام شد: ۳۱۹ تحویل · ۵ ناموفق (۵ نفر ربات را بسته‌اند)\nگزارش فروش تا ۷ روز به‌روز می‌شود."
    )
    assert going.ended(replace(DONE, blocked=0), persian).text.startswith("✅ تمام شد: ۳۱۹ تحویل\n")


def test_an_end_by_hand_says_who_got_nothing(persian: Language) -> None:
    ended = replace(GOING.campaign, state=CampaignState.CANCELLED)
    text = going.progress(replace(GOING, campaign=ended, left=0, skipped=206), persian).text
    assert text.startswith("⏹ ارسال پایان یافت: ۱۱۶ تحویل · ۲ ناموفق (۲ نفر ربات را بسته‌اند)\nبه ۲۰۶ نفر")


def test_what_looks_the_same_has_the_same_mark(persian: Language, english: Language) -> None:
    first = going.progress(GOING, persian)
    assert first.mark == going.progress(GOING, persian).mark
    assert first.mark != going.progress(replace(GOING, sent=117, left=205), persian).mark
    assert first.mark != going.progress(GOING, english).mark
    assert len(first.mark) <= 64


def test_s5_11_word_for_word(persian: Language) -> None:
    text = said(results.report(REPORT, persian).text)
    assert text == f"{S5_11}\nحاشیه سود کالاها (از قیمت خرید): ۱۸٪"
    assert said(results.report(report_of(facts_of(REPORT)), persian).text) == text


def test_without_a_holdout_no_effect_is_named(persian: Language) -> None:
    text = results.report(BLIND, persian).text
    assert "تا امروز (روز ۳)" in text
    assert "گروه شاهد نداشت؛ اثر خالص و بازده را نمی‌شود سنجید." in text
    assert "اثر خالص:" not in text
    assert "بازده:" not in text


def test_why_there_is_no_return_is_said(persian: Language) -> None:
    assert "قیمت خرید این کالاها ثبت نشده است" in results.report(NO_COSTS, persian).text
    assert "هزینه‌ای نداشت" in results.report(FREE, persian).text
    early = results.report(EARLY, persian).text
    assert "فروش: هنوز هیچ" in early
    assert "قیمت خرید" not in early


def test_harm_is_said_as_harm(persian: Language) -> None:
    text = said(results.report(HARM, persian).text)
    assert "اثر خالص: −۱۳٫۷ واحد ≈ −۴۴ سفارش" in text
    assert "بازده: −" in text
    assert "گروه شاهد کوچک" not in text
    assert "نرسیده ۵ (ربات بسته: ۳) · نامعلوم ۱" in text


def test_the_chart_is_a_picture(persian: Language) -> None:
    photo = results.chart(REPORT, persian).photo
    assert isinstance(photo, Picture)
    assert [bar.name for bar in photo.chart.bars] == [f"روز {digit}" for digit in "۱۲۳۴۵۶۷"]
    (first, *_others) = photo.chart.bars
    assert isinstance(first, Bars)
    assert first.labels == ("۴٫۱", "۰")
    assert photo.chart.note == "گروه شاهد کوچک است؛ عدد تقریبی است"
    drawn = drawing(photo.chart)
    assert drawn.startswith(b"\x89PNG")
    assert drawn == drawing(photo.chart)


def test_a_chart_of_nothing_can_be_drawn(persian: Language) -> None:
    nothing = replace(
        REPORT, by_day=(), effect=replace(REPORT.effect, told=NOBODY, holdout=NOBODY), name="<b>#x$"
    )
    picture = results.chart(nothing, persian).photo
    assert isinstance(picture, Picture)
    assert drawing(picture.chart).startswith(b"\x89PNG")


def test_the_workbook_holds_texts_never_formulas(persian: Language) -> None:
    evil = replace(BUYER_LINE, customer='=HYPERLINK("http://x","y")')
    paper = lists.buyers_file(REPORT, (evil, HELD_LINE), "پخش آرمان‌طب", NOW.date(), persian).document
    assert isinstance(paper, Paper)
    assert [cell.text for cell in paper.page.rows[1]][-2:] == ["خیر", "شاهد"]
    assert paper.page.totals[3].number == 11_858_537, "the holdout is not added to what the report names"
    with ZipFile(BytesIO(draw(paper.page, paper.form))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK" in words
    assert "گروه شاهد کوچک است؛ عدد تقریبی است" in words


def test_lists_name_who_and_when(persian: Language) -> None:
    page = lists.buyers(CAMPAIGN, (BUYER_LINE,), 1, False, persian)
    assert "• داروخانه دکتر رضایی — ۱۱٬۸۵۸٬۵۳۷ تومان · سفارش ۴۰۵۲۱ · ۱ آذر، ۱۰:۰۰" in page.text
    idle = lists.clickers(CAMPAIGN, (CLICKER, replace(CLICKER, visitor="")), 1, True, persian)
    assert "علی محمدی" in idle.text
    assert "بدون ویزیتور" in idle.text
    assert idle.labels[0] == ("◀️ بعدی",)
    asked = lists.work_question(ORDER, persian)
    assert asked.text.endswith("• علی محمدی: ۳۸\n• مریم کاظمی: ۱۲\n• بدون ویزیتور، برای هر کدام که برسد: ۵")
    silent = lists.contact_gaps((GAP, replace(GAP, last_at=None)), 1, False, NOW, persian)
    assert "هیچ‌وقت" in silent.text


def test_amounts_follow_the_companys_unit(persian: Language) -> None:
    line = replace(BUYER_LINE, discount=Money(7))
    paper = lists.buyers_file(REPORT, (line,), "پخش", NOW.date(), persian).document
    assert isinstance(paper, Paper)
    assert paper.page.rows[0][4].number == 1

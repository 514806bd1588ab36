"""S0: the main menu, plain texts, refusals that name who can help, settings."""

from __future__ import annotations

import pytest

import services.accounts
from domain.staff import Role
from sandbox.window import ChatWindow
from services.staff import invite
from tests.conftest import NOW
from tests.conversations.conftest import Story

MENU = "داروخانه دکتر رضایی\nچه کاری انجام بدهیم؟"
HOME = ["🏠 خانه"]


async def test_s0_1_home_and_s0_2_what_nobody_understands(world: Story) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    assert doctor.text == MENU
    assert doctor.labels == [
        ["🛒 سفارش جدید", "🔁 تکرار سفارش قبلی"],
        ["📦 پیگیری سفارش", "🧾 سوابق خرید"],
        ["💳 حساب من", "🎁 پیشنهادهای من"],
        ["💬 پشتیبانی و شکایت", "⚙️ تنظیمات"],
    ]
    await doctor.write("؟!")
    assert doctor.text == (
        "منظورتان را متوجه نشدم. می‌توانید سفارش را همین‌جا بنویسید، مثلاً:\n"
        "«۲ کارتن شامپو آوین ۲۵۰، ۱۰ بسته دستکش مدیوم»"
    )
    assert doctor.labels == [["🛒 سفارش جدید", "💳 حساب من", "💬 گفتگو با پشتیبان"], HOME]
    await doctor.write("/help")
    assert doctor.text.startswith("اینجا می‌توانید:")


async def test_s0_3_an_old_button_leads_home(world: Story) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    await doctor.tap("a.button.of.long.ago:7", force=True)
    assert doctor.text == "این پیام قدیمی است و اطلاعاتش عوض شده. نسخه تازه را ببینید."
    assert doctor.labels == [["🔄 نمایش تازه"]]
    await doctor.tap("🔄 نمایش تازه")
    assert doctor.text == MENU


async def test_s0_5_who_may_not_see_the_account_is_told_who_can_help(world: Story) -> None:
    assistant = world.assistant
    await assistant.write("/start")
    await assistant.tap("💳 حساب من")
    refused = "دیدن مانده‌حساب برای شماره شما فعال نیست. مدیر مرکز (آقای دکتر رضایی) می‌تواند آن را فعال کند."
    assert assistant.toast == refused
    await assistant.write("مانده حسابم چقدره؟")
    assert assistant.text == refused
    doctor = world.pharmacy
    await doctor.write("/start")
    await doctor.tap("⚙️ تنظیمات")
    await doctor.tap("👥 همکاران")
    name = next(label for row in doctor.labels for label in row if label.startswith("⬜️ حساب"))
    await doctor.tap(name)
    await assistant.write("حسابم")
    assert assistant.text.startswith("💳 حساب «داروخانه دکتر رضایی» — ۳۰ آبان، ۰۰:۳۰\nمانده بدهی: ")


async def test_s0_6_settings(world: Story) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    await doctor.tap("⚙️ تنظیمات")
    assert doctor.text == (
        "چه پیام‌هایی برایتان بفرستیم؟\n"
        "✅ وضعیت سفارش (همیشه روشن)\n"
        "✅ یادآوری سررسید\n"
        "✅ پیشنهاد و تخفیف\n"
        "⬜️ نظرسنجی بعد از هر تحویل\n"
        "ساعت دریافت: ۹ تا ۱۳ و ۱۶ تا ۲۰"
    )
    assert doctor.labels[0] == ["پیشنهادها: خاموش", "ساعت دریافت", "دسته‌های مورد علاقه"]
    await doctor.tap("پیشنهادها: خاموش")
    assert "⬜️ پیشنهاد و تخفیف" in doctor.text
    await doctor.tap("ساعت دریافت")
    await doctor.tap("✅ ۹ تا ۱۳")
    await doctor.tap("✅ ۱۶ تا ۲۰")
    assert doctor.toast == "دست‌کم یک بازه ساعت باید روشن بماند."
    await doctor.tap("⬅️ بازگشت")
    await doctor.tap("دسته‌های مورد علاقه")
    await doctor.tap("⬜️ مراقبت مو")
    assert ["✅ مراقبت مو"] in doctor.labels
    await doctor.tap("◀️ بعدی")
    await doctor.tap("▶️ قبلی")
    assert ["✅ مراقبت مو"] in doctor.labels


async def test_somebody_speaks_for_another_of_their_centres(world: Story) -> None:
    somebody = world.two_centres
    await somebody.write("/start")
    first = somebody.text
    await somebody.tap("⚙️ تنظیمات")
    await somebody.tap("🏬 مرکزهای من")
    other = next(label for row in somebody.labels for label in row if label.startswith("⬜️"))
    await somebody.tap(other)
    assert somebody.text.endswith("چه کاری انجام بدهیم؟")
    assert somebody.text != first
    assert other.removeprefix("⬜️ ")[:10] in somebody.text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("سفارشم کجاست؟", "سفارش"),
        ("همون قبلی", "آخرین سفارش"),
        ("تکرار", "آخرین سفارش"),
        ("سوابق خرید", "سوابق"),
        ("سبد", "سبد"),
        ("کاتالوگ", "از کجا شروع کنیم؟"),
        ("راهنما", "اینجا می‌توانید"),
        ("شکایت", "سؤال یا شکایت‌تان را"),
        ("خراب بود", "سؤال یا شکایت‌تان را"),
        ("آدم", "سؤال یا شکایت‌تان را"),
        ("تنظیمات", "چه پیام‌هایی"),
        ("بی‌خیال", MENU),
        ("سلام", MENU),
        ("سلام، خسته نباشید", MENU),
        ("ممنون", "خواهش می‌کنیم"),
        ("سفارش ۹۹۹۹۹۹", "چنین موردی پیدا نشد."),
        ("شامپو", "شامپو"),
    ],
)
async def test_plain_texts_are_understood(world: Story, text: str, answer: str) -> None:
    await world.pharmacy.write(text)
    assert answer in world.pharmacy.text


async def test_a_question_is_left_by_saying_so(world: Story) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    await doctor.tap("💬 پشتیبانی و شکایت")
    await doctor.write("انصراف")
    assert doctor.text == MENU
    await doctor.write("شامپو")
    assert "شامپو" in doctor.text
    assert not await support_was_told(world.support)


async def support_was_told(desk: ChatWindow) -> bool:
    await desk.refresh()
    return any("پیام تازه" in each["text"] for each in desk.messages)


async def test_a_person_answers(world: Story) -> None:
    doctor, desk = world.pharmacy, world.support
    await desk.write("/start")
    await doctor.write("دو تا از شامپوها شکسته بود")
    assert doctor.text == "پیام شما به پشتیبانی رسید ✅ جواب را همین‌جا می‌فرستیم."
    await desk.expect("دو تا از شامپوها شکسته بود")
    await desk.tap("💬 جواب")
    await desk.write("فردا جایگزین می‌فرستیم.")
    assert desk.text == "جواب فرستاده شد ✅"
    await doctor.expect("💬 جواب پشتیبانی:\nفردا جایگزین می‌فرستیم.")
    await doctor.tap("💬 پیام دیگر")
    await doctor.write("ممنون")
    await desk.expect("ممنون")


async def test_each_of_our_people_has_a_home(world: Story) -> None:
    for window, role in (
        (world.manager, "مدیر"),
        (world.warehouse, "انبار"),
        (world.support, "پشتیبانی"),
        (world.finance, "مالی"),
        (world.visitor, "ویزیتور"),
    ):
        await window.write("/start")
        assert f"({role})" in window.text
        assert window.labels[-1] == HOME
    await world.warehouse.tap("📦 میز انبار")
    assert world.warehouse.text.startswith("📦")


async def test_who_blocks_us_and_comes_back_is_at_home(world: Story) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    await world.client.block(doctor.user_id)
    await world.client.unblock(doctor.user_id)
    await doctor.write("/start")
    assert doctor.text == MENU


async def test_s0_4_what_failed_is_tried_again_when_asked(
    world: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    world.app.processing._delays = (0.01, 0.01, 0.01, 0.01)

    async def broken(*_: object) -> None:
        raise RuntimeError("the account is broken")

    with monkeypatch.context() as patch:
        patch.setattr(services.accounts, "open_balance", broken)
        await doctor.tap("💳 حساب من", wait=False)
        fault = await doctor.expect("الان مشکلی پیش آمد و کاری ثبت نشد. کد پیگیری: E-")
    labels = [[each["label"] for each in row] for row in fault["buttons"]]
    assert labels == [["🔄 دوباره", "💬 پشتیبانی"], HOME]
    await doctor.tap("🔄 دوباره", wait=False)
    await doctor.expect("💳 حساب «داروخانه دکتر رضایی»")
    await doctor.expect("🔄 دوباره امتحان می‌شود…")


async def test_nobody_tries_the_update_of_somebody_else_again(world: Story) -> None:
    await world.pharmacy.write("/start")
    await world.stranger.write("/start")
    await world.stranger.tap("again:1", force=True)
    assert world.stranger.text.startswith("این پیام قدیمی است")


async def test_a_link_makes_a_member_of_staff_once(world: Story) -> None:
    async with world.store.unit_of_work() as uow:
        token = await invite(uow, Role.WAREHOUSE, NOW)
    stranger, other = world.stranger, world.known_stranger
    await stranger.write(f"/start inv_{token}")
    assert stranger.text.endswith("خوش آمدید. به‌عنوان انبار عضو شدید ✅")
    await stranger.tap("🏠 خانه")
    assert "(انبار)" in stranger.text
    await stranger.write(f"/start inv_{token}")
    assert "(انبار)" in stranger.text
    for refused in (token, token[:-1] + "A", "x"):
        await other.write(f"/start inv_{refused}")
        assert other.text == "این پیوند دعوت قابل استفاده نیست. لطفاً از مدیرتان پیوند تازه بگیرید."


async def test_whoever_has_no_readable_name_is_asked_for_it(world: Story) -> None:
    nameless = world.chat((await world.client.add_user(first_name="。"))["id"])
    async with world.store.unit_of_work() as uow:
        token = await invite(uow, Role.SUPPORT, NOW)
    await nameless.write(f"/start inv_{token}")
    assert nameless.text == "نام شما، همان‌طور که همکاران ببینند؟"
    await nameless.write("!")
    await nameless.write("زهرا")
    assert nameless.text == "زهرا، خوش آمدید. به‌عنوان پشتیبانی عضو شدید ✅"

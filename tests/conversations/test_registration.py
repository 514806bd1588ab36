"""S1.1 to S1.10, word for word: a pharmacy joins, and a manager decides."""

from __future__ import annotations

from sandbox.window import ChatWindow
from tests.conversations.conftest import Story
from tests.patience import until
from tests.sandbox.support import png

A_PHOTO = png(40, 40)
WELCOME = (
    "سلام، به ربات سفارش «پخش آرمان‌طب» خوش آمدید 🌿\n"
    "اینجا شبانه‌روزی سفارش می‌دهید، مانده‌حساب و چک‌هایتان را می‌بینید و از طرح‌ها باخبر می‌شوید.\n"
    "برای شروع، شماره موبایل‌تان را بفرستید."
)
CARD = (
    "🆕 درخواست عضویت ۲۲۸\n"
    "داروخانه دکتر رضایی · داروخانه\n"
    "تهران، سعادت‌آباد · 📍 دارد · پروانه: دارد\n"
    "مشابه در سیستم: ندارد\n"
    "مسیر پیشنهادی: غرب ۳ (علی محمدی)"
)
RECORDED = (
    "ممنون دکتر. درخواست شما ثبت شد (کد ۲۲۸).\n"
    "معمولاً در ساعت کاری کمتر از یک ساعت تأیید می‌شود و همین‌جا خبر می‌دهیم."
)
HOME = ["🏠 خانه"]


async def answer_up_to_the_licence(doctor: ChatWindow) -> None:
    """S1.1 to S1.7, as the story answers them."""
    await doctor.write("/start")
    await doctor.press("📱 ارسال شماره من")
    await doctor.write("داروخانه دکتر رضایی")
    await doctor.tap("💊 داروخانه")
    await doctor.write("تهران، سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲")
    await doctor.share_location(35.78, 51.37)
    await doctor.tap("رد شدن")


async def apply(doctor: ChatWindow) -> None:
    await answer_up_to_the_licence(doctor)
    await doctor.send_photo(A_PHOTO)


async def test_a_pharmacy_joins_as_the_story_tells(world_before: Story) -> None:
    doctor, manager = world_before.pharmacy, world_before.manager
    await manager.write("/start")
    await doctor.write("/start")
    assert doctor.text == WELCOME
    assert doctor.keyboard == [["📱 ارسال شماره من"], ["👀 اول کاتالوگ را ببینم"]]

    await doctor.press("📱 ارسال شماره من")
    assert doctor.text == (
        "این شماره در سیستم ما نیست. با چند سؤال کوتاه ثبت می‌شود (حدود یک دقیقه).\nنام مرکز شما؟"
    )
    assert doctor.keyboard == []

    await doctor.write("داروخانه دکتر رضایی")
    assert doctor.text == "نوع فعالیت؟"
    assert doctor.labels == [
        ["💊 داروخانه", "💇 سالن زیبایی"],
        ["🏬 فروشگاه / زنجیره‌ای", "🛍 فروشگاه آنلاین"],
        ["👤 مصرف شخصی"],
        HOME,
    ]

    await doctor.tap("💊 داروخانه")
    assert doctor.text == "شهر و نشانی را در یک پیام بنویسید."

    await doctor.write("تهران، سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲")
    assert doctor.text == "موقعیت مرکز را هم بفرستید تا پخش راحت‌تر پیدا کند."
    assert doctor.keyboard == [["📍 ارسال موقعیت", "بعداً"]]

    await doctor.share_location(35.78, 51.37)
    assert doctor.text == "برای فاکتور رسمی، شناسه ملی یا کد اقتصادی را بفرستید (اختیاری)."
    assert doctor.labels == [["رد شدن"], HOME]

    await doctor.tap("رد شدن")
    assert doctor.text == "عکس پروانه یا جواز را بفرستید (اختیاری؛ تأیید را سریع‌تر می‌کند)."

    await doctor.send_photo(A_PHOTO)
    assert doctor.text == RECORDED
    assert doctor.labels == [["👀 دیدن کاتالوگ"], HOME]

    await manager.expect(CARD)
    assert manager.text == CARD
    assert manager.labels[:2] == [["✅ تأیید", "❓ سؤال", "❌ رد"], ["🖼 پروانه"]]

    await manager.tap("✅ تأیید")
    assert manager.text == f"{CARD}\n✅ تأیید شد و به مشتری خبر دادیم."
    await doctor.expect("عضویت شما تأیید شد ✅")
    assert doctor.text == (
        "عضویت شما تأیید شد ✅\nروزهای پخش مسیر شما: شنبه، دوشنبه، چهارشنبه\nویزیتور شما: علی محمدی"
    )
    assert doctor.labels == [["🛒 شروع سفارش"], HOME]

    await doctor.tap("🏠 خانه")
    assert doctor.text == "داروخانه دکتر رضایی\nچه کاری انجام بدهیم؟"


async def test_a_known_mobile_is_at_home_in_two_taps(world: Story) -> None:
    somebody = world.known_stranger
    await somebody.write("/start")
    await somebody.press("📱 ارسال شماره من")
    assert somebody.text == "شما را شناختیم: «داروخانه دکتر رضایی – سعادت‌آباد»\nدرست است؟"
    assert somebody.labels == [["✅ بله، خودم هستم", "❌ نه، مرکز دیگری دارم"], HOME]
    await somebody.tap("✅ بله، خودم هستم")
    assert somebody.text == "داروخانه دکتر رضایی\nچه کاری انجام بدهیم؟"
    assert somebody.labels == [
        ["🛒 سفارش جدید", "🔁 تکرار سفارش قبلی"],
        ["📦 پیگیری سفارش", "🧾 سوابق خرید"],
        ["💳 حساب من", "🎁 پیشنهادهای من"],
        ["💬 پشتیبانی و شکایت", "⚙️ تنظیمات"],
    ]


async def test_another_centre_of_a_known_person_is_registered(world: Story) -> None:
    somebody = world.known_stranger
    await somebody.write("/start")
    await somebody.press("📱 ارسال شماره من")
    await somebody.tap("❌ نه، مرکز دیگری دارم")
    assert somebody.text == "مرکز دیگرتان با چند سؤال کوتاه ثبت می‌شود (حدود یک دقیقه).\nنام مرکز شما؟"


async def test_the_card_of_somebody_else_is_refused(world: Story) -> None:
    stranger = world.stranger
    await stranger.write("/start")
    phone = next(each["phone"] for each in await world.client.users() if each["id"] == world.pharmacy.user_id)
    await stranger.share_contact(phone, own=False)
    assert stranger.text.startswith("این مخاطب شماره خودتان نیست")
    assert stranger.keyboard[0] == ["📱 ارسال شماره من"]
    await stranger.write(phone)
    assert stranger.text.startswith("برای این‌که مطمئن شویم شماره خودتان است")


async def test_nonsense_may_be_typed_again(world: Story) -> None:
    stranger = world.stranger
    await stranger.write("/start")
    await stranger.press("📱 ارسال شماره من")
    await stranger.write("؟!")
    assert "۱۰۰" in stranger.text
    await stranger.write("آ")
    assert stranger.text == "لطفاً دست‌کم دو حرف بنویسید."
    await stranger.write("آرایشگاه مهتاب")
    await stranger.write("چه فرقی دارد؟")
    assert stranger.text == "نوع فعالیت؟"
    await stranger.write("سالن")
    assert stranger.text == "شهر و نشانی را در یک پیام بنویسید."
    await stranger.write("شیراز")
    assert stranger.text.startswith("شهر و نشانی را با هم بنویسید")
    await stranger.write("شیراز، خیابان زند")
    await stranger.write("کجا؟")
    assert stranger.keyboard == [["📍 ارسال موقعیت", "بعداً"]]
    await stranger.press("بعداً")
    await stranger.write("۱۲۳۴۵")
    assert stranger.text == "شناسه ملی یا کد اقتصادی درست نیست. لطفاً بررسی کنید و دوباره بفرستید."
    await stranger.write("۰۴۹۹۳۷۰۸۹۹")
    await stranger.write("این هم از این")
    assert (stranger.text, stranger.labels) == ("لطفاً عکس بفرستید.", [["رد شدن"], HOME])
    await stranger.tap("رد شدن")
    await stranger.expect("ممنون. درخواست شما ثبت شد (کد ۲۲۸).")


async def test_what_is_optional_may_be_left_out_in_words(world: Story) -> None:
    stranger = world.stranger
    await stranger.write("/start")
    await stranger.press("📱 ارسال شماره من")
    await stranger.write("آرایشگاه مهتاب")
    await stranger.write("سالن زیبایی")
    await stranger.write("شیراز، خیابان زند")
    await stranger.write("بعدا")
    await stranger.write("۱۲۳۴۵")
    assert stranger.labels == [["رد شدن"], HOME]
    await stranger.write("ندارم")
    assert stranger.text.startswith("عکس پروانه")
    await stranger.write("ندارم")
    assert stranger.text.startswith("ممنون. درخواست شما ثبت شد (کد ۲۲۸).")


async def test_who_writes_again_sees_the_state_of_the_request(world_before: Story) -> None:
    doctor = world_before.pharmacy
    await apply(doctor)
    for text in ("/start", "چی شد؟", "شامپو"):
        await doctor.write(text)
        assert doctor.text.startswith("درخواست شما (کد ۲۲۸) در حال بررسی است."), text
    await doctor.press("📱 ارسال شماره من") if doctor.keyboard else None
    await doctor.tap("👀 دیدن کاتالوگ")
    assert doctor.text == "از کجا شروع کنیم؟"


async def test_a_rejected_pharmacy_is_told_why_and_may_apply_again(world_before: Story) -> None:
    doctor, manager = world_before.pharmacy, world_before.manager
    await manager.write("/start")
    await apply(doctor)
    await manager.expect("درخواست عضویت ۲۲۸")
    await manager.tap("❌ رد")
    await manager.write("پروانه خوانا نیست")
    assert manager.text.endswith("❌ رد شد و به مشتری خبر دادیم.")
    await doctor.expect("دلیل: پروانه خوانا نیست")
    await apply(doctor)
    assert "کد ۲۲۹" in doctor.text


async def test_the_second_manager_is_told_that_it_was_decided(world_before: Story) -> None:
    doctor, manager = world_before.pharmacy, world_before.manager
    await manager.write("/start")
    await apply(doctor)
    card = await manager.expect("درخواست عضویت ۲۲۸")
    data = card["buttons"][0][0]["data"]
    await manager.tap("✅ تأیید")
    await manager.tap(data, force=True, message_id=card["message_id"])
    assert manager.toast == "درباره این درخواست قبلاً تصمیم گرفته شده است."


async def test_a_manager_asks_and_is_answered(world_before: Story) -> None:
    doctor, manager = world_before.pharmacy, world_before.manager
    await manager.write("/start")
    await apply(doctor)
    await manager.expect("درخواست عضویت ۲۲۸")
    await manager.tap("❓ سؤال")
    await manager.write("پلاک درست است؟")
    await doctor.expect("❓ سؤالی درباره درخواست عضویت شما (کد ۲۲۸):\nپلاک درست است؟")
    await doctor.write("بله، ۴۲ است")
    assert doctor.text == "ممنون. جواب شما فرستاده شد (درخواست ۲۲۸)."
    await manager.expect("بله، ۴۲ است")
    await manager.tap("📄 دیدن درخواست")
    assert manager.text == CARD


async def test_the_catalogue_is_open_to_strangers_without_prices(world: Story) -> None:
    stranger = world.stranger
    await stranger.write("/start")
    await stranger.press("👀 اول کاتالوگ را ببینم")
    assert stranger.text == "از کجا شروع کنیم؟"
    await stranger.tap("🧴 مراقبت مو (۸۴)")
    assert "شامپو ضدشوره آوین ۲۵۰ میل" in stranger.text
    assert "۱۴۸٬۰۰۰" not in stranger.text


async def test_a_card_that_proves_nothing_is_refused_whatever_it_says(world: Story) -> None:
    """F-6 through the door: cards as a changed app could send them."""
    stranger, victim = world.stranger, world.pharmacy.user_id
    users = {each["id"]: each for each in await world.client.users()}
    phone = users[victim]["phone"]
    await stranger.write("/start")
    sender = {"id": stranger.user_id, "is_bot": False, "first_name": "x"}
    bot = {"id": 77, "is_bot": True, "first_name": "b", "username": "some_bot"}
    elsewhere = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
    own = stranger.user_id
    cards: list[tuple[dict[str, object], dict[str, object]]] = [
        ({}, {}),
        ({"user_id": victim}, {}),
        ({"user_id": own + 1}, {}),
        ({"user_id": own}, {"forward_origin": elsewhere}),
        ({"user_id": own}, {"via_bot": bot}),
    ]
    for number, (owner, more) in enumerate(cards):
        contact = {"phone_number": phone, "first_name": "x", **owner}
        message = {
            "message_id": 9_000 + number,
            "date": 1,
            "chat": {"id": stranger.user_id, "type": "private", "first_name": "x"},
            "from": sender,
            "contact": contact,
            **more,
        }
        await world.client.update({"message": message})

    async def all_refused() -> bool:
        await stranger.refresh()
        refused = [each for each in stranger.messages if each["text"].startswith("این مخاطب شماره خودتان")]
        return len(refused) == len(cards)

    await until(all_refused, "every card is refused")
    await stranger.write("/start")
    assert stranger.text == WELCOME


async def test_buttons_of_earlier_questions_ask_the_present_one_again(world: Story) -> None:
    stranger = world.stranger
    await stranger.write("/start")
    await stranger.tap("reg.other", force=True)
    assert stranger.text.startswith("این پیام قدیمی است")
    await stranger.press("📱 ارسال شماره من")
    await stranger.tap("reg.kind:salon", force=True)
    assert stranger.text.endswith("نام مرکز شما؟")
    await stranger.write("آرایشگاه مهتاب")
    await stranger.tap("reg.skip", force=True)
    assert stranger.text == "نوع فعالیت؟"
    await stranger.tap("💇 سالن زیبایی")
    await stranger.tap("reg.kind:chain", force=True)
    assert stranger.text == "شهر و نشانی را در یک پیام بنویسید."
    await stranger.write("شیراز، خیابان زند")
    await stranger.tap("reg.kind:chain", force=True)
    assert stranger.keyboard == [["📍 ارسال موقعیت", "بعداً"]]
    await stranger.write("بعداً")
    await stranger.tap("reg.other", force=True)
    assert stranger.text.startswith("برای فاکتور رسمی")
    await stranger.write("رد شدن")
    await stranger.tap("reg.other", force=True)
    assert stranger.text.startswith("عکس پروانه")
    await stranger.write("رد شدن")
    assert stranger.text.startswith("ممنون. درخواست شما ثبت شد")


async def test_a_known_person_answers_with_words_or_taps_twice(world: Story) -> None:
    somebody = world.known_stranger
    await somebody.write("/start")
    await somebody.press("📱 ارسال شماره من")
    question = somebody.text
    await somebody.write("نمی‌دانم")
    assert somebody.text == question
    data = somebody.buttons[0][0]["data"]
    await somebody.tap("✅ بله، خودم هستم")
    await somebody.tap(data, force=True)
    assert somebody.text == "داروخانه دکتر رضایی\nچه کاری انجام بدهیم؟"
    await somebody.share_contact()
    assert somebody.text == "داروخانه دکتر رضایی\nچه کاری انجام بدهیم؟"


async def test_a_forged_confirmation_links_nobody(world: Story) -> None:
    stranger = world.stranger
    await stranger.write("/start")
    for contact_id in (1, 2, 2**63 - 1):
        await stranger.tap(f"reg.yes:{contact_id}", force=True)
        assert stranger.toast == "چنین موردی پیدا نشد."
    await stranger.write("/start")
    assert stranger.text == WELCOME


async def test_the_key_for_looking_is_no_name_of_a_centre(world: Story) -> None:
    stranger = world.stranger
    await stranger.write("/start")
    await stranger.press("📱 ارسال شماره من")
    await stranger.write("👀 اول کاتالوگ را ببینم")
    assert stranger.text == "از کجا شروع کنیم؟"


async def test_a_manager_looks_at_the_licence_and_rejects_without_a_reason(world_before: Story) -> None:
    doctor, manager = world_before.pharmacy, world_before.manager
    await manager.write("/start")
    await apply(doctor)
    await manager.expect(CARD)
    await manager.write("/start")
    await manager.tap("📥 درخواست‌های عضویت (۱)")
    await manager.tap("۲۲۸ · داروخانه دکتر رضایی")
    assert manager.text == CARD
    await manager.tap("🖼 پروانه")
    assert manager.text == "پروانه یا جواز"
    assert manager.message["photo"]
    await manager.tap("⬅️ بازگشت")
    await manager.tap("❌ رد")
    await manager.tap("❌ رد بدون دلیل")
    assert manager.text.endswith("❌ رد شد و به مشتری خبر دادیم.")
    await doctor.expect("پذیرفته نشد")
    await manager.tap("📥 همه درخواست‌ها")
    assert manager.text == "درخواست عضویتی در انتظار نیست."


async def test_a_way_home_loses_no_answer(world_before: Story) -> None:
    doctor = world_before.pharmacy
    await doctor.write("/start")
    await doctor.press("📱 ارسال شماره من")
    await doctor.write("داروخانه دکتر رضایی")
    await doctor.tap("💊 داروخانه")
    await doctor.tap("🏠 خانه")
    assert doctor.text == "ثبت‌نام شما هنوز تمام نشده است. پاسخ‌هایی که داده‌اید نگه داشته شده‌اند."
    assert doctor.labels == [
        ["▶️ ادامه ثبت‌نام"],
        ["🔄 شروع از نو", "👀 دیدن کاتالوگ"],
        ["💬 گفتگو با پشتیبان"],
    ]
    await doctor.write("/start")
    await doctor.tap("▶️ ادامه ثبت‌نام")
    assert doctor.text == "شهر و نشانی را در یک پیام بنویسید."
    await doctor.write("تهران، سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲")
    await doctor.share_location(35.78, 51.37)
    await doctor.tap("رد شدن")
    await doctor.tap("🏠 خانه")
    await doctor.tap("▶️ ادامه ثبت‌نام")
    await doctor.tap("رد شدن")
    assert doctor.text == RECORDED
    await doctor.tap("🏠 خانه")
    assert doctor.text.startswith("درخواست شما (کد ۲۲۸)")


async def test_a_registration_can_be_started_over(world_before: Story) -> None:
    doctor = world_before.pharmacy
    await doctor.write("/start")
    await doctor.press("📱 ارسال شماره من")
    await doctor.write("داروخانه دکتر رضایی")
    await doctor.tap("🏠 خانه")
    await doctor.tap("🔄 شروع از نو")
    assert doctor.text == WELCOME
    await doctor.write("/start")
    assert doctor.text == WELCOME

"""S4.1 to S4.3: the salon orders again what it ordered ten days ago."""

from __future__ import annotations

from sandbox.window import ChatWindow
from tests.conversations.conftest import Story


def screen(window: ChatWindow) -> str:
    """What stands there, without the marks that keep Latin letters in their place."""
    return "".join(each for each in window.text if each not in "\u2066\u2067\u2068\u2069")


async def last_number(world: Story) -> str:
    async with world.store.reading() as uow:
        order = await uow.history.last_purchase(2)
    assert order is not None
    assert order.number is not None
    return str(order.number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


async def test_the_salon_repeats_its_last_order(world: Story) -> None:
    salon = world.salon
    await salon.write("/start")
    await salon.tap("🔁 تکرار سفارش قبلی")
    assert screen(salon) == (
        "آخرین سفارش: ۲۰ آبان، فاکتور ۲۱۳۱۰ — ۵٬۸۲۱٬۲۰۰ تومان\n"
        "۱. رنگ مو رویال‌کالر ۶/۱ × ۱۲\n"
        "۲. رنگ مو رویال‌کالر ۷/۳ × ۱۲   🎁 ۲۴+۳\n"
        "۳. اکسیدان ۶٪ سالن‌پرو × ۱۲\n"
        "همین را بچینم؟"
    )
    assert salon.labels == [["✅ بله", "سفارش‌های قبل‌تر", "⭐️ سبدهای ذخیره‌شده"], ["🏠 خانه"]]

    await salon.tap("✅ بله")
    assert screen(salon) == (
        "دو چیز عوض شده:\n"
        "🔺 اکسیدان ۶٪: ۱۸۵٬۰۰۰ ← ۱۹۲٬۰۰۰ تومان\n"
        "🟡 رنگ ۷/۳: فقط ۸ عدد موجود است\n"
        "برای رنگ ۷/۳ چه کنیم؟"
    )
    assert salon.labels[0] == ["۸ الان، ۴ بعداً", "فقط ۸ عدد", "۴ عدد ۷/۳۱ جایگزین"]

    await salon.tap("۸ الان، ۴ بعداً")
    assert screen(salon) == (
        "🧾 سفارش شما\n"
        "رنگ مو × ۲۴ (۴ عدد ۷/۳ با ارسال بعدی): ۳٬۰۷۲٬۰۰۰   🎁 ۳ عدد\n"
        "اکسیدان × ۱۲: ۲٬۳۰۴٬۰۰۰\n"
        "جمع ۵٬۳۷۶٬۰۰۰ · مالیات ۵۳۷٬۶۰۰\n"
        "قابل پرداخت: ۵٬۹۱۳٬۶۰۰ تومان (دفعه قبل ۵٬۸۲۱٬۲۰۰)\n"
        "تسویه: حساب باز ۲۱ روزه · تحویل: دوشنبه ۲ آذر\n"
        "اعتبار بعد از ثبت: ۱۱٬۹۳۰٬۸۰۰\n"
        "💡 مشتریان مشابه همراه رنگ، «محافظ مو» هم می‌برند."
    )
    assert salon.labels == [["✅ ثبت نهایی", "✏️ ویرایش", "➕ محافظ مو"], ["🏠 خانه"]]

    await salon.tap("✅ ثبت نهایی")
    assert screen(salon) == "سفارش ۴۰۵۲۱ ثبت شد ✅\nمی‌خواهید همین سبد را ذخیره کنید؟"
    assert salon.labels[0] == ["💾 ذخیره با نام «ماهانه»", "نه"]
    await salon.tap("نه")
    assert screen(salon) == (
        "سفارش ۴۰۵۲۱ ثبت و تأیید شد ✅\nتحویل: دوشنبه ۲ آذر\nتا یکشنبه ساعت ۱۷ می‌توانید تغییرش بدهید."
    )


async def test_the_missing_shade_is_replaced_by_the_nearest_one(world: Story) -> None:
    salon = world.salon
    await salon.write("همون قبلی")
    await salon.tap("✅ بله")
    await salon.tap("۴ عدد ۷/۳۱ جایگزین")
    assert "رنگ مو × ۲۴: ۳٬۰۷۲٬۰۰۰" in screen(salon)
    assert "با ارسال بعدی" not in screen(salon)
    await salon.tap("✏️ ویرایش")
    assert [row[0] for row in salon.labels[:4]] == [
        "رنگ مو رویال‌کالر ۶/۱ — ۱۲ عدد",
        "رنگ مو رویال‌کالر ۷/۳ — ۸ عدد",
        "اکسیدان ۶٪ سالن‌پرو — ۱۲ عدد",
        "رنگ مو رویال‌کالر ۷/۳۱ — ۴ عدد",
    ]


async def test_a_basket_in_the_way_is_kept_until_it_may_go(world: Story) -> None:
    salon = world.salon
    await salon.write("1452")
    await salon.tap("۱ کارتن = ۱۲")
    await salon.write("تکرار")
    await salon.tap("✅ بله")
    assert "به‌جای آن بچینم؟" in screen(salon)
    assert salon.labels[0] == ["✅ بله، جایگزین شود", "🛒 سبد (۱ قلم)"]
    await salon.tap("✅ بله، جایگزین شود")
    assert screen(salon).startswith("دو چیز عوض شده:")


async def test_tapping_yes_twice_fills_the_basket_once(world: Story) -> None:
    salon = world.salon
    await salon.write("تکرار")
    await salon.tap("✅ بله", times=2, concurrent=True)
    await salon.expect("برای رنگ ۷/۳ چه کنیم؟")
    await salon.tap("فقط ۸ عدد")
    assert "رنگ مو × ۲۰: ۲٬۵۶۰٬۰۰۰" in screen(salon)


async def test_an_earlier_order_is_found_in_the_history(world: Story) -> None:
    salon = world.salon
    await salon.write("/start")
    await salon.tap("🧾 سوابق خرید")
    number = await last_number(world)
    first = screen(salon).partition("\n۱. ")[2].partition("\n۲. ")[0]
    for part in ("۲۰ آبان ۱۴۰۵", f"سفارش {number}", "۵٬۸۲۱٬۲۰۰", "تحویل شد"):
        assert part in first
    await salon.tap("۱")
    assert "قابل پرداخت: ۵٬۸۲۱٬۲۰۰ تومان" in screen(salon)
    await salon.tap("🔁 تکرار همین سفارش")
    assert screen(salon).startswith(f"سفارش {number}، ۲۰ آبان ۱۴۰۵ — ۵٬۸۲۱٬۲۰۰ تومان")
    assert salon.labels[0][0] == "✅ بله"


async def test_an_order_further_back_is_chosen_from_the_earlier_ones(world: Story) -> None:
    salon = world.salon
    await salon.write("تکرار سفارش قبلی")
    await salon.tap("سفارش‌های قبل‌تر")
    assert screen(salon) == "کدام سفارش را تکرار کنیم؟"
    newest = salon.labels[0][0]
    assert newest == f"۲۰ آبان ۱۴۰۵ · {await last_number(world)} · ۵٬۸۲۱٬۲۰۰"
    await salon.tap("◀️ بعدی")
    assert salon.labels[0][0] != newest
    await salon.tap("▶️ قبلی")
    await salon.tap(salon.labels[1][0])
    assert screen(salon).endswith("همین را بچینم؟")
    await salon.tap("✅ بله")
    assert "قابل پرداخت:" in screen(salon) or "چه کنیم؟" in screen(salon)


async def test_the_history_is_looked_at_by_spans_of_time(world: Story) -> None:
    salon = world.salon
    await salon.write("سوابق خرید")
    assert screen(salon).startswith("🧾 سوابق خرید: همه\n")
    await salon.tap("◀️ بعدی")
    assert "\n۱۱. " in screen(salon)
    await salon.tap("این ماه")
    assert screen(salon).splitlines()[0] == "🧾 سوابق خرید: این ماه"
    assert screen(salon).splitlines()[1].startswith("۲ خرید · جمع ")
    await salon.tap("همه")
    assert screen(salon).startswith("🧾 سوابق خرید: همه\n")

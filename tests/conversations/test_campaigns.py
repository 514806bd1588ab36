"""A manager builds a campaign in chat, schedules it, and stops it on its way (S5.1 to S5.7, S5.9).

The town is smaller than the script's: shops join it until the numbers are those of the script.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from domain.actors import Actor
from domain.campaigns import Campaign, CampaignKind
from domain.money import Rate
from domain.promotion_rules import PromotionStep, Scope, Tier
from domain.promotions import Promotion
from domain.push_rules import PREFIX
from domain.staff import Role
from sandbox import town_people
from sandbox.window import ChatWindow
from services import campaigns as wishes
from storage.tables.audit import audit
from storage.tables.campaigns import campaign_recipients, campaigns, segments
from storage.tables.people import customers, outlets
from storage.tables.pricing import promotions
from storage.unit_of_work import UnitOfWork
from tests.bot.kit import PLATFORM
from tests.builders.campaigns import opted_out, shops, told_before
from tests.builders.catalogue import a_product
from tests.conftest import NOW
from tests.conversations.conftest import Story
from tests.conversations.test_credit import ISOLATES
from tests.sandbox.support import png

PHARMACIES = 29
"""Of the town; the others of the script's 412 join it."""
PHOTO = 2
TEXT = (
    "دکتر عزیز، طرح پاییزه ضدآفتاب شروع شد.\n"
    "{نام_مرکز} با خرید ۱۲ عدد به بالا ۷٪ تخفیف دارد.\n"
    "قیمت شما: {قیمت_شما}"
)
MESSAGE = (
    "دکتر عزیز، طرح پاییزه ضدآفتاب شروع شد.\n"
    "داروخانه دکتر رضایی با خرید ۱۲ عدد به بالا ۷٪ تخفیف دارد.\n"
    "قیمت شما: ۳۱۲٬۰۰۰ تومان\n"
    "تا ۱۰ آذر یا اتمام موجودی."
)
UNDER = "\n———\nاین نمونه با داده «داروخانه دکتر رضایی» است. ۳۲۴ گیرنده، موجودی فعلی ۱٬۴۴۰ عدد."
MORNING = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
"""یکشنبه ۱ آذر, 10:00 in Tehran."""


def said(window: ChatWindow) -> str:
    return window.text.translate(ISOLATES)


def labels(window: ChatWindow) -> list[list[str]]:
    return [[label.translate(ISOLATES) for label in row] for row in window.labels]


async def the_manager(uow: UnitOfWork, world: Story) -> Actor:
    user_id = world.town.user_id(town_people.MANAGER)
    found = await uow.customers.by_messenger(PLATFORM, 0, user_id, user_id)
    assert found is not None
    return found[0]


async def the_promotion(uow: UnitOfWork) -> None:
    """On the sunscreen, which nobody has bought yet: 7 percent from 12 pieces on, until 10 Azar."""
    # The town has one on a whole shelf; the script's is on one product.
    shelf = update(promotions).where(promotions.c.name == "ضدآفتاب پاییزه")
    await uow.connection.execute(shelf.values(state="ended"))
    sunscreen = await a_product(uow, "ضدآفتاب", toman=312_000, on_hand=1_440, photo_id=PHOTO)
    promotion = Promotion(
        id=0,
        name="ضدآفتاب پاییزه",
        rule=Tier(steps=(PromotionStep(at=12, rate=Rate(700)),)),
        scope=Scope(product_ids=frozenset({sunscreen.id})),
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 12, 1),
    )
    await uow.promotions.create(promotion, NOW)


async def as_in_the_script(world: Story) -> None:
    """412 pharmacies of Tehran in groups A and B: 23 not connected, 9 opted out, 14 at the cap, 6 gone."""
    async with world.store.unit_of_work() as uow:
        manager = await the_manager(uow, world)
        await the_promotion(uow)
        connected = await shops(uow, 412 - PHARMACIES - 23 - 6)
        away = (*await shops(uow, 23, is_connected=False), *await shops(uow, 6, is_blocked=True))
        for customer_id in connected[:9]:
            await opted_out(uow, customer_id)
        for customer_id in connected[9:23]:
            await told_before(uow, customer_id, 2, manager.staff_id or 0, NOW - timedelta(days=2))
        where = {"name": "مرکزی", "city": "تهران", "address": "تهران، ونک", "short_address": "ونک"}
        await uow.connection.execute(
            insert(outlets), [{"customer_id": each, **where} for each in (*connected, *away)]
        )
        pharmacies = customers.c.kind == "pharmacy"
        await uow.connection.execute(update(customers).where(pharmacies).values(segment="A"))
        await uow.connection.execute(
            update(customers).where(pharmacies, customers.c.id % 3 == 0).values(segment="B")
        )
        theirs = select(customers.c.id).where(pharmacies)
        await uow.connection.execute(
            update(outlets).where(outlets.c.customer_id.in_(theirs)).values(city="تهران")
        )
        for _draft in range(2 - (await wishes.tally(uow, manager)).drafts):
            await wishes.make_draft(uow, manager, CampaignKind.ANNOUNCEMENT, NOW)


async def audience_of_the_script(manager: ChatWindow) -> None:
    """S5.3, tap by tap."""
    await manager.tap("نوع")
    assert said(manager) == "کدام نوع مشتری؟"
    await manager.tap("داروخانه")
    await manager.tap("✅ همین‌ها خوب است")
    await manager.tap("گروه")
    await manager.tap(manager.labels[0][0])
    await manager.tap(manager.labels[0][1])
    assert labels(manager)[0] == ["A ✅", "B ✅"]
    await manager.tap("✅ همین‌ها خوب است")
    await manager.tap("شهر")
    await manager.tap("تهران")
    await manager.tap("✅ همین‌ها خوب است")
    await manager.tap("نخریده")
    await manager.tap("📦 ضدآفتاب")
    await manager.tap("✅ همین‌ها خوب است")


async def up_to_the_preview(world: Story) -> None:
    manager = world.manager
    await manager.write("/start")
    await manager.tap("📣 ارسال گروهی")
    await manager.tap("🎁 طرح / تخفیف")
    await manager.tap("ضدآفتاب: ۱۲ عدد به بالا ۷٪ — تا ۱۰ آذر")
    await audience_of_the_script(manager)
    await manager.tap("🔢 شمارش")
    await manager.tap("✅ بله، ۳۲۴ نفر")
    await manager.write(TEXT)
    await manager.tap("🖼 عکس کالا")
    await manager.tap("🛒 خرید همین کالا")


async def kept(world: Story) -> Campaign:
    """The newest campaign."""
    async with world.store.reading() as uow:
        newest = await uow.connection.scalar(select(campaigns.c.id).order_by(campaigns.c.id.desc()))
        assert newest is not None
        return await uow.campaigns.get(newest)


async def test_the_script_from_the_kinds_to_the_schedule(world: Story) -> None:
    await as_in_the_script(world)
    manager = world.manager
    await manager.write("/start")
    await manager.tap("📣 ارسال گروهی")
    assert said(manager) == "چه پیامی؟"
    assert labels(manager)[:2] == [
        ["🎁 طرح / تخفیف", "🆕 کالای جدید", "📢 اطلاعیه"],
        ["📋 پیش‌نویس‌ها (۲)", "📊 گزارش ارسال‌ها"],
    ]
    await manager.tap("🎁 طرح / تخفیف")
    assert said(manager) == "کدام طرح؟"
    assert labels(manager)[0] == ["ضدآفتاب: ۱۲ عدد به بالا ۷٪ — تا ۱۰ آذر"]
    assert labels(manager)[-2] == ["بدون طرح، فقط پیام"]
    await manager.tap("ضدآفتاب: ۱۲ عدد به بالا ۷٪ — تا ۱۰ آذر")
    assert said(manager) == "برای چه کسانی؟ (قابل ترکیب)"
    await audience_of_the_script(manager)
    assert labels(manager)[:6] == [
        ["نوع: داروخانه ✅", "گروه: A و B ✅"],
        ["شهر: تهران ✅", "مسیر"],
        ["نخریده: ضدآفتاب در ۳۰ روز ✅"],
        ["بدهی سررسیدگذشته"],
        ["علاقه‌مندی", "لیست ذخیره‌شده"],
        ["🔢 شمارش"],
    ]
    await manager.tap("🔢 شمارش")
    assert said(manager) == (
        "۴۱۲ مشتری با این شرایط\n"
        "− ۲۳ هنوز به ربات وصل نیستند\n"
        "− ۹ پیام تبلیغاتی را خاموش کرده‌اند\n"
        "− ۱۴ به سقف ۲ پیام در هفته رسیده‌اند\n"
        "− ۶ ربات را بسته‌اند\n"
        "= ۳۶۰ قابل ارسال\n"
        "۱۰٪ گروه شاهد (۳۶) کنار گذاشته شود تا اثر واقعی را بسنجیم؟"
    )
    assert labels(manager)[0] == ["✅ بله، ۳۲۴ نفر", "نه، ۳۶۰ نفر"]
    await manager.tap("✅ بله، ۳۲۴ نفر")
    assert said(manager) == "متن را بفرستید. متغیرها: {نام_مرکز} {قیمت_شما} {ویزیتور}"
    await manager.write(TEXT)
    assert said(manager) == "عکس هم داریم؟"
    assert labels(manager)[0] == ["🖼 عکس کالا", "📤 عکس دیگر", "بدون عکس"]
    await manager.tap("🖼 عکس کالا")
    assert said(manager) == "دکمه زیر پیام؟"
    assert labels(manager)[0] == ["🛒 خرید همین کالا", "📋 دیدن طرح", "هر دو"]
    await manager.tap("🛒 خرید همین کالا")
    assert said(manager) == MESSAGE + UNDER
    assert manager.message["photo"]
    assert labels(manager)[0] == ["🛒 سفارش می‌دهم", "🔕 این پیام‌ها را نفرست"]
    flat = [label for row in labels(manager)[1:] for label in row]
    assert {"👀 نمونه دیگر", "📤 ارسال آزمایشی به خودم", "✏️ ویرایش", "▶️ ارسال الان", "🕘 زمان‌بندی"} <= set(
        flat
    )
    await manager.tap("🕘 زمان‌بندی")
    assert said(manager) == "چه زمانی؟"
    assert labels(manager)[0] == ["امروز ۱۷:۰۰", "فردا ۱۰:۰۰", "زمان دیگر"]
    await manager.tap("فردا ۱۰:۰۰")
    assert said(manager) == "سرعت ارسال؟"
    assert labels(manager)[0] == ["معمولی (چند ثانیه)", "تدریجی ۶۰ در دقیقه"]
    await manager.tap("تدریجی ۶۰ در دقیقه")
    assert said(manager) == "ثبت شد: یکشنبه ۱ آذر، ۱۰:۰۰ — ۳۲۴ گیرنده، حدود ۵ دقیقه و نیم."
    assert labels(manager)[0] == ["✏️ ویرایش", "❌ لغو"]
    assert labels(manager)[1][0] == "📋 همه زمان‌بندی‌ها"
    campaign = await kept(world)
    assert (campaign.start_at, campaign.per_minute, campaign.quantity) == (MORNING, 60, 12)


async def test_a_preview_shows_any_customer_and_a_test_comes_to_oneself(world: Story) -> None:
    await as_in_the_script(world)
    await up_to_the_preview(world)
    manager = world.manager
    await manager.tap("🛒 سفارش می‌دهم")
    assert manager.toast == "نزد مشتری، این دکمه کالا را در سبد می‌گذارد."
    await manager.tap("📤 ارسال آزمایشی به خودم")
    assert said(manager) == MESSAGE
    assert labels(manager) == [["🛒 سفارش می‌دهم", "🔕 این پیام‌ها را نفرست"]]
    await manager.tap("🔎 مشتری دلخواه")
    await manager.write("هیچ‌کس")
    assert manager.text == "چیزی به این نام پیدا نشد. لطفاً طور دیگری بنویسید."
    await manager.write("c-1002")
    assert "سالن زیبایی نگین با خرید ۱۲ عدد" in said(manager), "anybody, also who is not of the audience"
    await manager.tap("👀 نمونه دیگر")
    assert "این نمونه با داده «سالن زیبایی نگین»" not in said(manager)


async def test_what_is_typed_wrongly_loses_nothing(world: Story) -> None:
    await as_in_the_script(world)
    await up_to_the_preview(world)
    manager = world.manager
    await manager.tap("✏️ ویرایش")
    await manager.tap("✏️ متن")
    assert TEXT.split("\n")[0] in said(manager), "the text so far stands there to be copied"
    await manager.write("سلام {تلفن}")
    assert said(manager) == "{تلفن} را نمی‌شناسم؛ مشتری همین را می‌بیند."
    await manager.write("م" * (1_024 + 87 - 40))
    assert said(manager) == "متن با عکس حداکثر ۱٬۰۲۴ نویسه است؛ ۸۷ نویسه کم کنید"
    await manager.write(TEXT)
    assert said(manager) == MESSAGE + UNDER
    await manager.tap("🕘 زمان‌بندی")
    await manager.tap("زمان دیگر")
    await manager.write("هر وقت شد")
    assert said(manager) == "روز و ساعت را بنویسید، مثلاً «۳ آذر ۱۰:۳۰»."
    await manager.write("امروز ۲۲:۳۰")
    assert said(manager) == "۲۲:۳۰ ساعت آرام است؛ فردا ۹:۰۰ بفرستم؟"
    await manager.tap("✅ بله")
    await manager.tap("سرعت دیگر")
    await manager.write("تند")
    await manager.write("۱۲۰")
    assert said(manager) == "ثبت شد: یکشنبه ۱ آذر، ۹:۰۰ — ۳۲۴ گیرنده، حدود ۲ دقیقه و نیم."
    await manager.tap("❌ لغو")
    await manager.tap("❌ بله، لغو شود")
    await manager.tap("✏️ ویرایش")
    await manager.tap("👁 پیش‌نمایش")
    await manager.tap("▶️ ارسال الان")
    assert said(manager) == "۰:۳۰ ساعت آرام است؛ امروز ۹:۰۰ بفرستم؟", "it is half past midnight"


async def test_every_part_can_be_said_anew(world: Story) -> None:
    await as_in_the_script(world)
    await up_to_the_preview(world)
    manager = world.manager
    await manager.tap("✏️ ویرایش")
    await manager.tap("🔢 تعداد در سبد")
    await manager.write("نمی‌دانم")
    await manager.write("۲۴ تا")
    await manager.tap("✏️ ویرایش")
    await manager.tap("📅 روز پایان")
    await manager.write("۱۵ آذر")
    assert "تا ۱۵ آذر یا اتمام موجودی." in said(manager)
    await manager.tap("✏️ ویرایش")
    await manager.tap("🏷 نام")
    await manager.write("ضدآفتاب آذر")
    await manager.tap("✏️ ویرایش")
    await manager.tap("🖼 عکس")
    await manager.tap("📤 عکس دیگر")
    await manager.write("عکس ندارم")
    assert said(manager) == "لطفاً عکس (JPG یا PNG) بفرستید؛ یا «بدون عکس» را بزنید."
    await manager.send_photo(png(40, 40))
    campaign = await kept(world)
    assert (campaign.quantity, campaign.ends_on, campaign.name) == (24, date(2026, 12, 6), "ضدآفتاب آذر")
    assert campaign.photo_file_id not in (None, PHOTO)
    assert campaign.text == TEXT, "what was said before is still there"


async def test_groups_opposites_and_lists(world: Story) -> None:
    """And, or, not: pharmacies, or whoever is not in Tehran; kept as a list and used again."""
    manager = world.manager
    await manager.write("/start")
    await manager.tap("📣 ارسال گروهی")
    await manager.tap("📢 اطلاعیه")
    await manager.tap("نوع")
    await manager.tap("داروخانه")
    await manager.tap("✅ همین‌ها خوب است")
    await manager.tap("➕ شرط‌های دیگر")
    await manager.tap("➕ یا دسته‌ای دیگر هم")
    await manager.tap("شهر")
    await manager.write("تهر")
    assert labels(manager)[0] == ["تهران"]
    await manager.tap("تهران")
    await manager.tap("🚫 به‌جز این‌ها")
    await manager.tap("✅ همین‌ها خوب است")
    assert "۱. نوع: داروخانه\n۲. شهر: به‌جز تهران" in said(manager)
    await manager.tap("➕ شرط‌های دیگر")
    await manager.tap("💾 ذخیره این مخاطب به نام لیست")
    await manager.write("داروخانه‌ها و شهرستان")
    assert said(manager).startswith("لیست «داروخانه‌ها و شهرستان» ذخیره شد ✅")
    await manager.tap("🔢 شمارش")
    counted = said(manager).split("\n")[0]
    await manager.tap("⬅️ بازگشت")
    await manager.tap("⬅️ بازگشت")
    await manager.tap("📢 اطلاعیه")
    await manager.tap("لیست ذخیره‌شده")
    await manager.tap("داروخانه‌ها و شهرستان")
    await manager.tap("✅ همین‌ها خوب است")
    await manager.tap("🔢 شمارش")
    assert said(manager).split("\n")[0] == counted
    await manager.tap("⬅️ بازگشت")
    await manager.tap(manager.labels[4][1])
    await manager.tap(manager.labels[-2][0])
    await manager.tap("🗑 بله، حذف شود")
    async with world.store.reading() as uow:
        lists = select(segments.c.name).where(segments.c.name == "داروخانه‌ها و شهرستان")
        assert await uow.connection.scalar(lists) is None


async def test_more_than_a_thousand_need_a_second_manager(world: Story) -> None:
    await as_in_the_script(world)
    second = world.stranger
    await second.write("/start")
    async with world.store.unit_of_work() as uow:
        await uow.company.decide(f"{PREFIX}second_manager_above", 300, NOW)
        identity_id = await uow.customers.identity_id(PLATFORM, world.town.user_id(town_people.STRANGER))
        colleague = await uow.staff.put("مهندس نادری", Role.MANAGER, None)
        await uow.customers.link(identity_id or 0, staff_id=colleague)
    await up_to_the_preview(world)
    manager = world.manager
    assert said(manager).endswith("\n👥 برای این تعداد، مدیر دوم هم باید تأیید کند.")
    await manager.tap("🕘 زمان‌بندی")
    await manager.tap("فردا ۱۰:۰۰")
    await manager.tap("تدریجی ۶۰ در دقیقه")
    assert said(manager).endswith("\n👥 منتظر تأیید مدیر دوم است؛ به او خبر دادیم.")
    assert (await kept(world)).approved_by is None
    await second.expect("«ضدآفتاب پاییزه»")
    await second.refresh()
    await second.tap("👁 پیش‌نمایش")
    assert said(second).startswith(MESSAGE)
    await second.tap("🕘 زمان‌بندی آن")
    await second.tap("✅ موافقم")
    assert said(second) == "«ضدآفتاب پاییزه» را تأیید کردید ✅"
    assert (await kept(world)).approved_by == colleague
    async with world.store.reading() as uow:
        actions = await uow.connection.scalars(select(audit.c.action).where(audit.c.staff_id == colleague))
        assert "campaign.approved" in list(actions)


async def stopped_after_118(world: Story) -> str:
    """It goes out gradually, and is stopped at once; then the rows say what the script says."""
    await as_in_the_script(world)
    await up_to_the_preview(world)
    campaign = await kept(world)
    async with world.store.unit_of_work() as uow:
        await uow.connection.execute(
            update(campaigns).where(campaigns.c.id == campaign.id).values(per_minute=1)
        )
    world.clock.set(MORNING)
    manager = world.manager
    await manager.tap("▶️ ارسال الان")
    assert said(manager).startswith("📣 «ضدآفتاب پاییزه» در حال ارسال")
    await manager.tap("⏸ توقف")
    rows = campaign_recipients.c
    async with world.store.unit_of_work() as uow:
        told = select(rows.id).where(rows.campaign_id == campaign.id, rows.is_holdout.is_(False))
        first = list(await uow.connection.scalars(told.order_by(rows.id).limit(118)))
        theirs = update(campaign_recipients).where(rows.campaign_id == campaign.id)
        await uow.connection.execute(theirs.values(state="new", lease=None, leased_until=None))
        await uow.connection.execute(theirs.where(rows.is_holdout).values(state="held"))
        await uow.connection.execute(theirs.where(rows.id.in_(first)).values(state="sent", sent_at=MORNING))
    return f"cm.hold:{campaign.id}"


async def test_it_is_stopped_corrected_and_goes_on(world: Story) -> None:
    hold, manager = await stopped_after_118(world), world.manager
    await manager.tap(hold, force=True)
    assert said(manager) == "متوقف شد. ۱۱۸ نفر پیام را گرفته‌اند، ۲۰۶ نفر مانده.\nدلیل؟"
    assert labels(manager)[0] == ["اشتباه در متن", "موجودی کم", "دلیل دیگر"]
    await manager.tap("اشتباه در متن")
    assert said(manager) == (
        "متن برای ۲۰۶ نفر باقی‌مانده اصلاح شود؟ (برای ۱۱۸ نفر قبلی هم می‌توانید پیام را ویرایش کنید)"
    )
    assert labels(manager)[:2] == [
        ["✏️ اصلاح برای مانده‌ها", "✏️ اصلاح برای همه"],
        ["▶️ ادامه بدون تغییر", "⏹ پایان"],
    ]
    await manager.tap("✏️ اصلاح برای مانده‌ها")
    await manager.write("سلام {نامرکز}")
    assert "را نمی‌شناسم" in said(manager)
    await manager.write("{نام_مرکز}، طرح ضدآفتاب با ۷٪ تخفیف.")
    assert said(manager).startswith("برای ۲۰۶ نفر باقی‌مانده این‌طور می‌رود:\n\n")
    campaign = await kept(world)
    assert (campaign.text_version, campaign.corrects_sent, campaign.state) == (1, False, "paused")
    await manager.tap("▶️ ادامه")
    assert said(manager) == "ادامه ارسال برای ۲۰۶ نفر ▶️"
    assert (await kept(world)).state == "running"


@pytest.mark.parametrize(("reason", "words"), [("موجودی کم", "ثبت شد. ۲۰۶ نفر مانده؛ با آن‌ها چه کنیم؟")])
async def test_the_rest_may_get_nothing(world: Story, reason: str, words: str) -> None:
    hold, manager = await stopped_after_118(world), world.manager
    await manager.tap(hold, force=True)
    await manager.tap(reason)
    assert said(manager) == words
    await manager.tap("⏹ پایان")
    assert said(manager) == "«ضدآفتاب پاییزه» پایان یابد؟ ۲۰۶ نفر باقی‌مانده پیامی نمی‌گیرند."
    await manager.tap("⏹ بله، پایان")
    assert said(manager).startswith("⏹ ارسال پایان یافت: ۱۱۸ تحویل")
    assert (await kept(world)).state == "cancelled"


async def test_drafts_are_opened_copied_and_deleted(world: Story) -> None:
    await as_in_the_script(world)
    await up_to_the_preview(world)
    manager = world.manager
    await manager.tap("⬅️ بازگشت")
    assert labels(manager)[1][0] == "📋 پیش‌نویس‌ها (۳)"
    await manager.tap("📋 پیش‌نویس‌ها (۳)")
    await manager.tap("📝 ضدآفتاب پاییزه")
    assert said(manager) == MESSAGE + UNDER, "it goes on where it was left"
    await manager.tap("✏️ ویرایش")
    await manager.tap("📄 پیش‌نویسی مثل این")
    assert said(manager).startswith("پیش‌نویس تازه، مثل «ضدآفتاب پاییزه»:\n\n" + MESSAGE)
    await manager.tap("✏️ ویرایش")
    await manager.tap("🗑 حذف پیش‌نویس")
    await manager.tap("🗑 بله، حذف شود")
    assert said(manager) == "«ضدآفتاب پاییزه» حذف شد."
    await manager.tap("⬅️ بازگشت")
    assert labels(manager)[1][0] == "📋 پیش‌نویس‌ها (۳)", "the copy is gone, the draft is not"


async def test_nobody_else_sees_campaigns(world: Story) -> None:
    for window in (world.finance, world.visitor, world.support, world.pharmacy):
        await window.write("/start")
        assert not any("📣 ارسال گروهی" in row for row in window.labels)
        await window.tap("cm", force=True)
        assert "چه پیامی؟" not in window.text

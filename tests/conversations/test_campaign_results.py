"""S5.8 to S5.11 as the scripts read, and what recipients tap, on the turned clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from domain.actors import Actor
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignState
from domain.money import of_toman
from sandbox import town_people
from sandbox.window import ChatWindow
from screens.callbacks.campaigns import BuyFromCampaign, CampaignProgress, CampaignReport, OpenCampaignReports
from storage.tables.calendar import routes
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import products
from storage.tables.claims import tasks
from storage.tables.messages import files
from storage.tables.people import customers
from storage.unit_of_work import UnitOfWork
from tests.bot.kit import PLATFORM
from tests.builders.campaign_results import (
    S5_11,
    a_campaign,
    a_recipient,
    an_order_at,
    many_shops,
    recipients,
    the_example,
)
from tests.builders.catalogue import a_price
from tests.conftest import NOW
from tests.conversations.conftest import Story
from tests.conversations.test_ordering import ISOLATES, to_summary
from tests.conversations.test_surveys import move_to_delivered
from tests.patience import until

MORNING = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
"""یکشنبه ۱ آذر, 10:00 in Tehran."""
GOING = (
    "📣 «ضدآفتاب پاییزه» در حال ارسال\n"
    "▓▓▓▓░░░░░░ ۱۱۸ از ۳۲۴ (۳۶٪)\n"
    "موفق ۱۱۶ · ناموفق ۲ · مانده ۲۰۶ (حدود ۳ دقیقه و نیم)\n"
    "سفارش تا الان: ۳"
)
DONE = "✅ تمام شد: ۳۱۹ تحویل · ۵ ناموفق (۵ نفر ربات را بسته‌اند)\nگزارش فروش تا ۷ روز به‌روز می‌شود."
BASKET = "۱. ضدآفتاب رنگی تیره — ۱۲ عدد\n   ۳٬۷۴۴٬۰۰۰ − ۲۶۲٬۰۸۰ (ضدآفتاب پاییزه ۷٪) = ۳٬۴۸۱٬۹۲۰"
"""At the shop's own price, with what the town's promotion takes off."""
STOPPING = ["⏸ توقف", "⏹ پایان"]


def said(window: ChatWindow) -> str:
    return window.text.translate(ISOLATES)


async def actor(uow: UnitOfWork, world: Story, who: str) -> Actor:
    user_id = world.town.user_id(who)
    found = await uow.customers.by_messenger(PLATFORM, 0, user_id, user_id)
    assert found is not None
    return found[0]


async def halfway(world: Story) -> Campaign:
    """As S5.8 finds it: of 324 people 116 have the message and two have closed the bot."""
    async with world.store.unit_of_work() as uow:
        campaign = await a_campaign(uow, await actor(uow, world, town_people.MANAGER), per_minute=60)
        told = await many_shops(uow, 116)
        await recipients(uow, campaign, told)
        await recipients(uow, campaign, await many_shops(uow, 2), state="blocked", sent_at=None)
        await recipients(uow, campaign, await many_shops(uow, 206), state="new", sent_at=None)
        for shop in told[:3]:
            await an_order_at(uow, shop, NOW, of_toman(1_000_000))
    return campaign


async def rest_is_told(world: Story, sent: int, blocked: int) -> None:
    """So many more have ended so."""
    async with world.store.unit_of_work() as uow:
        new = select(campaign_recipients.c.id).where(campaign_recipients.c.state == "new")
        ids = (await uow.connection.scalars(new.order_by(campaign_recipients.c.id))).all()
        for state, some in (("sent", ids[:sent]), ("blocked", ids[sent : sent + blocked])):
            await uow.connection.execute(
                update(campaign_recipients)
                .where(campaign_recipients.c.id.in_(some))
                .values(state=state, sent_at=NOW if state == "sent" else None)
            )


async def watching(world: Story) -> tuple[ChatWindow, Campaign]:
    """The manager looks at it; at night nothing goes out by itself."""
    campaign = await halfway(world)
    manager = world.manager
    await manager.write("/start")
    await manager.tap(CampaignProgress(campaign_id=campaign.id or 0).pack(), force=True)
    return manager, campaign


async def test_s5_8_and_s5_10_one_message_from_the_middle_to_the_end(world: Story) -> None:
    manager, _campaign = await watching(world)
    assert said(manager) == GOING
    assert manager.labels == [STOPPING, ["📊 همه ارسال‌ها", "🏠 خانه"]]
    message_id = manager.message["message_id"]
    await rest_is_told(world, 100, 0)
    await manager.expect("▓▓▓▓▓▓▓░░░ ۲۱۸ از ۳۲۴ (۶۷٪)")
    assert manager.message["message_id"] == message_id
    assert "موفق ۲۱۶ · ناموفق ۲ · مانده ۱۰۶ (حدود ۲ دقیقه)" in said(manager)
    await rest_is_told(world, 103, 3)
    world.clock.set(NOW + timedelta(minutes=1))
    await manager.expect(DONE)
    done = next(each for each in manager.messages if each["message_id"] == message_id)
    assert done["text"] == DONE


async def test_s5_9_the_question_why_is_not_overwritten(world: Story) -> None:
    manager, campaign = await watching(world)
    await manager.tap("⏸ توقف")
    paused = said(manager)
    assert paused.startswith("متوقف شد. ۱۱۸ نفر پیام را گرفته‌اند، ۲۰۶ نفر مانده.")
    await rest_is_told(world, 1, 0)
    async with world.store.reading() as uow:
        assert await uow.live.subjects() == ()
        assert (await uow.campaigns.get(campaign.id or 0)).state is CampaignState.PAUSED
    await world.app.keeper.look()
    await manager.refresh()
    assert said(manager) == paused


async def test_s5_10_going_on_is_live_again(world: Story) -> None:
    manager, campaign = await watching(world)
    await manager.tap("⏸ توقف")
    await manager.tap("دلیل دیگر")
    await manager.tap("▶️ ادامه بدون تغییر")
    assert said(manager) == "ادامه ارسال برای ۲۰۶ نفر ▶️"
    await rest_is_told(world, 6, 0)
    await manager.expect("۱۲۴ از ۳۲۴ (۳۸٪)")
    async with world.store.reading() as uow:
        assert (await uow.campaigns.get(campaign.id or 0)).state is CampaignState.RUNNING


async def test_s5_11_on_the_seventh_day(world: Story) -> None:
    manager, visitor = world.manager, world.visitor
    for window in (manager, visitor):
        await window.write("/start")
    async with world.store.unit_of_work() as uow:
        by = await actor(uow, world, town_people.MANAGER)
        campaign = await the_example(uow, by)
        kept = await uow.campaigns.get(campaign.id or 0)
        ended = {each: getattr(kept, each) for each in kept.__slots__}
        await uow.campaigns.save(Campaign(**{**ended, "state": CampaignState.FINISHED, "ended_at": NOW}))
    await manager.tap(OpenCampaignReports(page=1).pack(), force=True)
    assert manager.text == "📊 گزارش ارسال‌ها"
    assert manager.labels[0] == ["✅ ضدآفتاب پاییزه · ۳۱۹ · ۳۰ آبان"]
    world.clock.set(NOW + timedelta(days=7, minutes=11))
    await manager.expect("📊 «ضدآفتاب پاییزه» — ۷ روز")
    assert said(manager).startswith(S5_11)
    assert manager.labels == [
        ["👥 چه کسانی خریدند"],
        ["😴 کلیک بدون خرید (۵۵)"],
        ["📋 دستور کار به ویزیتورها"],
        ["📎 اکسل", "📈 نمودار"],
        ["📄 پیش‌نویسی مثل این"],
        ["⬅️ بازگشت", "🏠 خانه"],
    ]
    await manager.tap("👥 چه کسانی خریدند")
    assert said(manager).startswith("👥 خریداران پس از «ضدآفتاب پاییزه» — صفحه ۱ از ۲\n• داروخانه")
    await manager.tap("◀️ بعدی")
    await manager.tap("⬅️ بازگشت")
    await manager.tap("😴 کلیک بدون خرید (۵۵)")
    assert said(manager).startswith("😴 کلیک بدون خرید، پس از «ضدآفتاب پاییزه» — صفحه ۱ از ۲")
    await manager.tap("📋 دستور کار به ویزیتورها")
    assert said(manager).startswith("📋 ۵۵ مشتری کلیک کرده‌اند و نخریده‌اند.")
    await manager.tap("✅ بله، به ویزیتورها بگو")
    assert said(manager).startswith("۵۵ کار گذاشته شد ✅")
    async with world.store.reading() as uow:
        made = (await uow.connection.scalars(select(tasks.c.kind))).all()
    assert made.count("campaign_visit") == 55
    await manager.tap("⬅️ بازگشت")
    await manager.tap("📈 نمودار")
    await manager.expect("📈 سفارش از هر ۱۰۰ مشتری")
    await manager.tap("⬅️ بازگشت")
    await manager.tap("📎 اکسل")
    await manager.expect("📎 خریداران پس از «ضدآفتاب پاییزه»: ۴۳ سفارش")
    async with world.store.reading() as uow:
        names = (await uow.connection.scalars(select(files.c.name).order_by(files.c.id))).all()
    assert names[-2:] == ["نمودار.png", "خریداران پس از «ضدآفتاب پاییزه».xlsx"]


async def test_visitors_find_the_shops_among_their_tasks(world: Story) -> None:
    visitor, manager = world.visitor, world.manager
    for window in (visitor, manager):
        await window.write("/start")
    async with world.store.unit_of_work() as uow:
        by = await actor(uow, world, town_people.MANAGER)
        campaign = await a_campaign(uow, by, state=CampaignState.FINISHED, ended_at=NOW)
        who = await actor(uow, world, town_people.PHARMACY)
        await a_recipient(uow, campaign, who, sent_at=NOW, clicked_at=NOW)
        ali = (await actor(uow, world, town_people.VISITOR)).staff_id
        await uow.connection.execute(update(routes).values(visitor_id=ali))
    await manager.tap(CampaignReport(campaign_id=campaign.id or 0).pack(), force=True)
    await manager.tap("📋 دستور کار به ویزیتورها")
    assert "• علی محمدی: ۱" in said(manager)
    await manager.tap("✅ بله، به ویزیتورها بگو")
    await visitor.expect("📋 ۱ مشتری مسیر شما «ضدآفتاب پاییزه» را دیده‌اند و نخریده‌اند.")
    await visitor.tap("📌 کارهای من")
    assert "ویزیت: «ضدآفتاب پاییزه» را دید و نخرید — داروخانه دکتر رضایی" in said(visitor)
    await manager.tap("⬅️ بازگشت")
    await manager.tap("📋 دستور کار به ویزیتورها")
    assert said(manager).startswith("کسی برای ویزیت نیست")


async def offered(world: Story, **facts: object) -> tuple[Campaign, int]:
    """A campaign that goes out to the pharmacy by itself: 12 of the sun cream at its own price."""
    async with world.store.unit_of_work() as uow:
        by = await actor(uow, world, town_people.MANAGER)
        sun = await uow.connection.scalar(select(products.c.id).where(products.c.label == "ضدآفتاب تیره"))
        assert sun is not None
        who = await actor(uow, world, town_people.PHARMACY)
        if "name" not in facts:
            await a_price(uow, sun, 312_000, customer_id=who.customer_id)
        campaign = await a_campaign(
            uow,
            by,
            **{
                "kind": CampaignKind.PRODUCT,
                "product_id": sun,
                "quantity": 12,
                "buttons": CampaignButtons.BOTH,
                "text": "طرح پاییزه. قیمت شما: {قیمت_شما}",
                **facts,
            },
        )
        recipient = await a_recipient(uow, campaign, who, state="new", sent_at=None)
    return campaign, recipient


async def test_a_recipient_orders_looks_and_leaves(world: Story) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    _campaign, recipient = await offered(world)
    world.clock.set(MORNING)
    message = await doctor.expect("طرح پاییزه. قیمت شما: ۳۱۲٬۰۰۰ تومان")
    await doctor.tap("🛒 سفارش می‌دهم", message_id=message["message_id"])
    assert said(doctor).startswith("🛒 سبد شما")
    assert BASKET in said(doctor)
    there = next(each for each in doctor.messages if each["message_id"] == message["message_id"])
    assert not there["deleted"]
    assert there["text"].startswith("طرح پاییزه"), "the message itself stays"
    await doctor.tap("🛒 سفارش می‌دهم", message_id=message["message_id"], times=2, concurrent=True)
    assert BASKET in said(doctor), "whoever taps again has not ordered again"
    await doctor.tap("📦 دیدن کالا", message_id=message["message_id"])
    assert "قیمت شما: ۳۱۲٬۰۰۰ تومان" in said(doctor)
    await doctor.tap("🔕 این پیام‌ها را نفرست", message_id=message["message_id"])
    assert said(doctor).startswith("دیگر نمی‌فرستیم ✅")
    async with world.store.reading() as uow:
        row = (
            await uow.connection.execute(
                select(campaign_recipients).where(campaign_recipients.c.id == recipient)
            )
        ).one()
        assert row.clicked_at is not None
        assert row.opted_out_at is not None
        assert not (await uow.settings.preferences(row.contact_id)).promotions
    await doctor.tap("↩️ اشتباه شد، بفرستید")
    assert said(doctor) == "باشد؛ پیشنهادها باز هم می‌رسند ✅"
    async with world.store.reading() as uow:
        assert (await uow.settings.preferences(row.contact_id)).promotions


async def is_skipped(world: Story, recipient: int) -> bool:
    async with world.store.reading() as uow:
        state = select(campaign_recipients.c.state).where(campaign_recipients.c.id == recipient)
        return await uow.connection.scalar(state) == "skipped"


async def test_whoever_left_is_skipped_at_once_and_hears_of_orders_all_the_same(world: Story) -> None:
    doctor = world.pharmacy
    await doctor.write("/start")
    _first, _recipient = await offered(world)
    world.clock.set(MORNING)
    message = await doctor.expect("طرح پاییزه")
    await doctor.tap("🔕 این پیام‌ها را نفرست", message_id=message["message_id"])
    _second, skipped = await offered(world, name="دوم", text="پیشنهاد دوم")
    world.clock.set(MORNING + timedelta(minutes=1))
    await until(lambda: is_skipped(world, skipped), "who left is not skipped")
    await to_summary(doctor)
    await doctor.tap("✅ ثبت نهایی")
    await move_to_delivered(world)
    await doctor.expect("همه‌چیز درست بود؟")
    assert all("پیشنهاد دوم" not in (each["text"] or "") for each in doctor.messages if each["from_bot"])


async def test_an_offer_that_has_ended_and_a_forged_button(world: Story) -> None:
    doctor, salon = world.pharmacy, world.salon
    for window in (doctor, salon):
        await window.write("/start")
    _campaign, recipient = await offered(world, ends_on=MORNING.date())
    world.clock.set(MORNING)
    message = await doctor.expect("طرح پاییزه")
    world.clock.set(MORNING + timedelta(days=2))
    await doctor.tap("🛒 سفارش می‌دهم", message_id=message["message_id"])
    assert said(doctor).startswith("این پیشنهاد تا ۱ آذر بود و تمام شده است.")
    await salon.tap(BuyFromCampaign(recipient_id=recipient).pack(), force=True)
    assert salon.toast == "چنین موردی پیدا نشد."


async def test_good_customers_who_heard_nothing(world: Story) -> None:
    manager = world.manager
    await manager.write("/start")
    async with world.store.unit_of_work() as uow:
        (shop,) = await many_shops(uow, 1)
        await uow.connection.execute(
            update(customers).where(customers.c.id == shop[0]).values(segment="A", name="داروخانه شفا")
        )
        await an_order_at(uow, shop, NOW - timedelta(days=12), of_toman(1))
    await manager.tap(OpenCampaignReports(page=1).pack(), force=True)
    await manager.tap("☎️ گروه A بدون تماس")
    assert "• داروخانه شفا — ۱۲ روز · بدون ویزیتور" in said(manager)
    await manager.tap("💳 داروخانه شفا")
    assert "داروخانه شفا" in said(manager)

"""S7.1 to S7.7: a delivery is asked about, an unhappy answer becomes a ticket, and the loop is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from domain.actors import Actor
from domain.orders import OrderStatus
from domain.settling import Payment
from domain.surveys import SurveyReason, SurveyState
from domain.tickets import MARGIN_DAYS, SERIES
from jobs.referrals import sweep_referrals
from sandbox.window import ChatWindow
from screens.callbacks.settings import OpenSettings
from screens.callbacks.surveys import AddPhoto, GiveReason, JudgeAgain, Rate
from screens.callbacks.tickets import OpenTicket
from services.fulfilment import move_order
from services.ledger import receive_payment
from storage.tables.catalogue import products
from storage.tables.orders import order_lines, orders
from storage.tables.people import customers, identities
from storage.tables.surveys import surveys, tickets
from storage.unit_of_work import UnitOfWork
from tests.bot.kit import PLATFORM
from tests.builders.ledger import an_invoice
from tests.conversations.conftest import Story
from tests.conversations.test_ordering import ISOLATES, to_summary
from tests.patience import until
from tests.sandbox.support import png

TICKET = 1_187
NPS = "\u2066NPS\u2069"
"""Latin letters are kept apart, so that the line begins on the right."""
HOME = ["🏠 خانه"]
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""دوشنبه ۲ آذر, 11:00 in Tehran: order 40521 is delivered."""
TUESDAY = MONDAY + timedelta(days=1)
QUESTION = "سفارش ۴۰۵۲۱ دیروز تحویل شد. چقدر احتمال دارد ما را به یک همکار معرفی کنید؟\n۰ = اصلاً · ۱۰ = حتماً"
SCORES = [["۰", "۱", "۲", "۳", "۴", "۵"], ["۶", "۷", "۸", "۹", "۱۰"], ["الان نه"], HOME]
UNHAPPY = "متأسفیم که راضی نبودید. مشکل چه بود؟"
OPENED = "تیکت ۱۱۸۷ باز شد. مسئول رسیدگی، خانم صادقی، تا پنج‌شنبه ساعت ۱۱ با شما تماس می‌گیرد."
ALERT = (
    "🔴 NPS ۴ — داروخانه دکتر رضایی\n"
    "سفارش ۴۰۵۲۱ · آسیب دیده · حاشیه سود ماهانه ۱۵ میلیون\n"
    "تیکت ۱۱۸۷ · مهلت پنج‌شنبه ۵ آذر ۱۱:۰۰"
)
DONE = "۲ شامپوی آسیب‌دیده بستانکار شد و به انبار گفتیم شیشه‌ها را جدا بسته‌بندی کنند"
ASKED_AGAIN = f"دکتر، درباره سفارش ۴۰۵۲۱: {DONE}. حالا نظرتان چیست؟"
TOO_LATE = "مهلت تغییر نظر تمام شده است."
NOT_THERE = "چنین موردی پیدا نشد."


def said(window: ChatWindow) -> str:
    return window.text.translate(ISOLATES)


async def actor(uow: UnitOfWork, window: ChatWindow) -> Actor:
    found = await uow.customers.by_messenger(PLATFORM, 0, window.user_id, window.user_id)
    assert found is not None
    return found[0]


async def delivered(world: Story) -> int:
    """Order 40521 as S1 placed it, delivered on Monday; the id of its survey."""
    doctor = world.pharmacy
    await to_summary(doctor)
    await doctor.tap("✅ ثبت نهایی")
    assert "۴۰۵۲۱" in doctor.text
    async with world.store.unit_of_work() as uow:
        await uow.audit.set_counter(SERIES, TICKET - 1)
    world.clock.set(MONDAY)
    # A cheque of theirs falls due this week: they are reminded of it first, so that nothing comes in between.
    await doctor.expect("سررسید می‌شود")
    await move_to_delivered(world)
    await doctor.expect("همه‌چیز درست بود؟")
    async with world.store.reading() as uow:
        found = await uow.connection.scalar(select(surveys.c.id))
        assert found is not None
        return int(found)


async def move_to_delivered(world: Story) -> None:
    for step in (OrderStatus.PICKING, OrderStatus.LOADED, OrderStatus.DELIVERED):
        async with world.store.unit_of_work() as uow:
            row = (
                await uow.connection.execute(
                    select(orders.c.id, orders.c.version).where(orders.c.number == 40_521)
                )
            ).one()
            await move_order(uow, await actor(uow, world.warehouse), row.id, step, row.version, world.clock())


async def asked(world: Story) -> int:
    """S7.1 stands in the doctor's chat."""
    survey_id = await delivered(world)
    world.clock.set(TUESDAY)
    await world.pharmacy.expect("چقدر احتمال دارد")
    return survey_id


async def earns_fifteen_million(world: Story) -> None:
    """What the pharmacy's goods cost us, so that it earns us fifteen million toman a month."""
    async with world.store.unit_of_work() as uow:
        await uow.connection.execute(update(products).values(cost_rials=0))
        customer_id = await uow.connection.scalar(
            select(customers.c.id).where(customers.c.name == "داروخانه دکتر رضایی")
        )
        since = TUESDAY - timedelta(days=MARGIN_DAYS)
        earned = await uow.tickets.earned(customer_id or 0, since)
        assert earned is not None
        days = min(MARGIN_DAYS, max(30, (TUESDAY - earned.since).days + 1))
        product_id, quantity = (
            await uow.connection.execute(
                select(order_lines.c.product_id, order_lines.c.quantity)
                .join(orders, orders.c.id == order_lines.c.order_id)
                .where(orders.c.number == 40_521, order_lines.c.bonus_of.is_(None))
                .limit(1)
            )
        ).one()
        sold = await _sold(uow, customer_id or 0, product_id, since)
        assert quantity <= sold
        cost = (earned.margin.rials - 150_000_000 * days // 30) // sold
        await uow.connection.execute(
            update(products).where(products.c.id == product_id).values(cost_rials=cost)
        )


async def _sold(uow: UnitOfWork, customer_id: int, product_id: int, since: datetime) -> int:
    lines = (
        select(order_lines.c.quantity, order_lines.c.later)
        .join(orders, orders.c.id == order_lines.c.order_id)
        .where(
            orders.c.customer_id == customer_id,
            order_lines.c.product_id == product_id,
            orders.c.placed_at >= since,
            orders.c.status.in_(("delivered", "part_delivered")),
        )
    )
    return sum(quantity - later for quantity, later in await uow.connection.execute(lines))


async def state_of(world: Story, survey_id: int) -> tuple[str, int | None]:
    async with world.store.reading() as uow:
        survey = await uow.surveys.get(survey_id)
        return survey.state.value, survey.score


async def test_s7_1_a_delivery_is_asked_about_a_day_later(world: Story) -> None:
    survey_id = await delivered(world)
    world.clock.set(TUESDAY - timedelta(minutes=1))
    assert await state_of(world, survey_id) == (SurveyState.DUE.value, None)
    world.clock.set(TUESDAY)
    await world.pharmacy.expect("چقدر احتمال دارد")
    assert (said(world.pharmacy), world.pharmacy.labels) == (QUESTION, SCORES)
    await world.pharmacy.tap("الان نه")
    assert world.pharmacy.labels == [["⭐️ جواب می‌دهم", "🔕 دیگر نپرسید"], HOME]
    await world.pharmacy.tap("⭐️ جواب می‌دهم")
    assert (said(world.pharmacy), world.pharmacy.labels) == (QUESTION, SCORES)


async def sends_a_colleague(world: Story) -> None:
    """The colleague follows the link, registers, buys and pays: both have their gift in their account."""
    doctor, colleague, manager = world.pharmacy, world.stranger, world.manager
    await doctor.tap("🎁 لینک معرفی من")
    link = said(doctor).partition("https://")[2].partition("</code>")[0].split()[0]
    assert link.startswith("t.me/")
    payload = link.partition("start=")[2]
    await doctor.write(f"/start {payload}")
    assert said(doctor).startswith("این لینک خود شماست.")
    await colleague.write(f"/start {payload}")
    assert said(colleague).endswith(
        "همکارتان شما را معرفی کرده است: با اولین خریدتان ۵۰۰٬۰۰۰ تومان اعتبار هدیه می‌گیرید."
    )
    await colleague.press("📱 ارسال شماره من")
    await colleague.write("داروخانه مهر")
    await colleague.tap("💊 داروخانه")
    await colleague.write("تهران، ونک، خیابان ملاصدرا، پلاک ۱۰")
    await colleague.press("بعداً")
    await colleague.tap("رد شدن")
    await colleague.send_photo(png(40, 40))
    await manager.expect("درخواست عضویت")
    await manager.tap("✅ تأیید")
    await colleague.expect("تأیید شد")
    async with world.store.unit_of_work() as uow:
        buyer = await actor(uow, colleague)
        bought = await an_invoice(uow, buyer, 20_000_000, world.clock().date(), number=990_001)
        paid = Payment(
            id=0, customer_id=buyer.customer_id or 0, amount=bought.total, paid_on=bought.due_on,
            method="card",
        )  # fmt: skip
        await receive_payment(uow, await actor(uow, world.finance), paid, world.clock())
    assert await sweep_referrals(world.store, world.clock()) == 1
    await colleague.expect("برای اولین خریدتان ۵۰۰٬۰۰۰ تومان اعتبار هدیه در حساب شما ثبت شد")
    await doctor.expect("همکاری که معرفی کرده بودید خرید کرد")
    for each in (doctor, colleague):
        await each.write("/start")
        await each.tap("💳 حساب من")
        await each.tap("📄 گردش حساب")
        await each.tap(each.labels[0][0])
        assert "اعتبار هدیه" in said(each)


async def test_s7_2_a_promoter(world: Story) -> None:
    survey_id = await asked(world)
    doctor = world.pharmacy
    await doctor.tap("۱۰")
    assert said(doctor) == (
        "ممنونیم دکتر 🌿 چه چیزی بهتر از همه بود؟\n\n"
        "اگر همکاری را معرفی کنید، با اولین خریدش برای هر دو نفر ۵۰۰٬۰۰۰ تومان اعتبار هدیه ثبت می‌شود."
    )
    assert doctor.labels == [
        ["تحویل به‌موقع", "قیمت و طرح"],
        ["برخورد پخش", "سفارش آسان"],
        ["✍️ می‌نویسم"],
        ["🎁 لینک معرفی من"],
        HOME,
    ]
    await sends_a_colleague(world)
    on_time = GiveReason(survey_id=survey_id, reason=SurveyReason.ON_TIME)
    await doctor.tap(on_time.pack(), force=True)
    assert said(doctor) == "ممنون، ثبت شد 🌿"
    async with world.store.reading() as uow:
        survey = await uow.surveys.get(survey_id)
        assert (survey.score, survey.reason) == (10, "on_time")
        assert await uow.connection.scalar(select(tickets.c.id)) is None


async def test_s7_3_a_passive_one_may_pass_over_the_reason_or_write_it(world: Story) -> None:
    survey_id = await asked(world)
    doctor = world.pharmacy
    await doctor.tap("۷")
    assert said(doctor) == "ممنون. چه چیزی را بهتر کنیم؟"
    assert doctor.labels == [
        ["زمان تحویل", "موجودی کالا"],
        ["قیمت", "بسته‌بندی"],
        ["✍️ می‌نویسم", "رد شدن"],
        HOME,
    ]
    await doctor.tap("✍️ می‌نویسم")
    await doctor.write("کارتن‌ها را محکم‌تر ببندید")
    assert said(doctor) == "ممنون، ثبت شد 🌿"
    async with world.store.reading() as uow:
        survey = await uow.surveys.get(survey_id)
        assert (survey.reason, survey.comment) == ("other", "کارتن‌ها را محکم‌تر ببندید")


async def test_s7_4_to_s7_6_an_unhappy_answer_is_put_right(world: Story) -> None:
    await asked(world)
    await earns_fifteen_million(world)
    doctor, desk, manager = world.pharmacy, world.support, world.manager
    await doctor.tap("۴")
    assert said(doctor) == UNHAPPY
    assert doctor.labels == [
        ["دیر رسید", "کم‌وکسری"],
        ["آسیب دیده", "فاکتور اشتباه"],
        ["برخورد نامناسب", "قیمت"],
        ["✍️ می‌نویسم"],
        HOME,
    ]
    await doctor.tap("آسیب دیده")
    assert said(doctor) == OPENED
    assert doctor.labels == [["📷 ارسال عکس", "📞 زودتر تماس بگیرید"], HOME]
    for window in (desk, manager):
        await window.expect(f"{NPS} ۴")
        assert said(window) == ALERT
        assert window.labels[:2] == [["📞 تماس", "👤 ارجاع"], ["🧾 سفارش", "🕓 تاریخچه"]]
    await desk.tap("📞 تماس")
    assert "دکتر رضایی" in said(desk)
    assert "0900000" in said(desk)
    await desk.tap("⬅️ بازگشت")
    assert "مهلت: پنج‌شنبه ۵ آذر ۱۱:۰۰" in said(desk)
    await desk.tap("✅ حل شد")
    await desk.write(DONE)
    assert "تیکت ۱۱۸۷ حل شد ✅" in said(desk)
    await doctor.expect("حالا نظرتان چیست؟")
    assert said(doctor) == ASKED_AGAIN
    assert doctor.labels == [["🙂 راضی شدم", "😐 بد نبود", "🙁 هنوز نه"], HOME]
    await doctor.tap("🙂 راضی شدم")
    assert said(doctor) == "خوشحالیم 🌿 ممنون که گفتید."
    async with world.store.reading() as uow:
        row = (await uow.connection.execute(select(tickets.c.state, tickets.c.number))).one()
        assert tuple(row) == ("closed", TICKET)


async def test_s7_4_a_photo_and_the_wish_to_be_called_sooner_reach_the_owner(world: Story) -> None:
    await asked(world)
    doctor, desk = world.pharmacy, world.support
    await doctor.tap("۴")
    await doctor.tap("آسیب دیده")
    await desk.expect(f"{NPS} ۴")
    await doctor.tap("📷 ارسال عکس")
    await doctor.send_photo(png(40, 40))
    assert said(doctor) == "عکس به تیکت ۱۱۸۷ اضافه شد ✅"
    await desk.expect("عکس فرستاد")
    await desk.tap("🖼 عکس")
    assert desk.message["photo"]
    await doctor.tap("📞 زودتر تماس بگیرید", times=2, concurrent=True)
    await desk.expect("زودتر تماس بگیریم")
    assert said(doctor) == "به خانم صادقی گفتیم زودتر تماس بگیرد. (تیکت ۱۱۸۷)"
    async with world.store.reading() as uow:
        notes = await uow.tickets.list_notes(1, 20)
        assert [each.facts["step"] for each in notes] == ["said", "photo", "hurried"]


async def test_s7_6_not_yet_opens_the_ticket_again_and_is_asked_only_once(world: Story) -> None:
    survey_id = await asked(world)
    doctor, desk = world.pharmacy, world.support
    await doctor.tap("۲")
    await doctor.tap("✍️ می‌نویسم")
    await doctor.write("سه روز دیر آمد و جواب تلفن هم ندادید")
    assert said(doctor) == OPENED
    await desk.expect("سه روز دیر آمد")
    await desk.tap("🎫 تیکت")
    await desk.tap("✅ حل شد")
    await desk.write("از این به بعد زودتر می‌آییم.")
    await doctor.expect("حالا نظرتان چیست؟")
    assert said(doctor) == "دکتر، درباره سفارش ۴۰۵۲۱: از این به بعد زودتر می‌آییم. حالا نظرتان چیست؟"
    await doctor.tap("🙁 هنوز نه")
    assert "دوباره بازش کردیم" in said(doctor)
    await desk.expect("هنوز راضی نیست")
    await doctor.tap(JudgeAgain(survey_id=survey_id, again="glad").pack(), force=True)
    assert doctor.toast == "نظر شما ثبت شده است ✅"
    await desk.tap("🎫 تیکت")
    await desk.tap("✅ حل شد")
    await desk.write("تخفیف سفارش بعد ثبت شد")
    await doctor.expect("تخفیف سفارش بعد")
    assert said(doctor) == "دکتر، درباره سفارش ۴۰۵۲۱: تخفیف سفارش بعد ثبت شد."
    assert doctor.labels == [["💬 گفتگو با پشتیبان", "🏠 خانه"]]


async def test_s7_7_an_answer_is_changed_for_a_day_on_the_same_message(world: Story) -> None:
    await asked(world)
    doctor = world.pharmacy
    question = doctor.message["message_id"]
    await doctor.tap("۴")
    await doctor.tap("آسیب دیده")
    await doctor.tap("۹", message_id=question)
    assert said(doctor) == "نظر شما از ۴ به ۹ تغییر کرد. ممنون."
    await doctor.tap("۹", message_id=question)
    assert doctor.toast == "نمره ۹ شما ثبت است ✅"
    async with world.store.reading() as uow:
        assert await uow.connection.scalar(select(tickets.c.state)) == "open", "it is not closed by that"
    world.clock.set(TUESDAY + timedelta(hours=24))
    await doctor.tap("۱۰", message_id=question)
    assert doctor.toast == TOO_LATE


async def test_s7_7_a_good_answer_that_becomes_a_bad_one_opens_a_ticket(world: Story) -> None:
    await asked(world)
    doctor = world.pharmacy
    question = doctor.message["message_id"]
    await doctor.tap("۹")
    await doctor.tap("۳", message_id=question)
    assert said(doctor) == f"نظر شما از ۹ به ۳ تغییر کرد. ممنون.\n{UNHAPPY}"
    await doctor.tap("دیر رسید")
    assert said(doctor) == OPENED
    await world.support.expect(f"{NPS} ۳")


async def test_an_unhappy_answer_without_a_reason_is_heard_of_all_the_same(world: Story) -> None:
    await asked(world)
    await world.pharmacy.tap("۰")
    world.clock.set(TUESDAY + timedelta(minutes=11))
    await world.support.expect(f"{NPS} ۰")
    assert "هنوز دلیل نگفته" in said(world.support)


async def test_tapping_two_scores_at_once_keeps_one(world: Story) -> None:
    survey_id = await asked(world)
    await world.pharmacy.tap("۴", times=5, concurrent=True)
    assert await state_of(world, survey_id) == ("answered", 4)
    async with world.store.reading() as uow:
        assert len((await uow.connection.execute(select(tickets.c.id))).all()) == 1


async def test_another_contacts_survey_is_not_there(world: Story) -> None:
    survey_id = await asked(world)
    for window in (world.assistant, world.salon, world.manager):
        await window.write("/start")
        await window.tap(Rate(survey_id=survey_id, score=10).pack(), force=True)
        assert window.toast == NOT_THERE
        await window.tap(AddPhoto(ticket_id=1).pack(), force=True)
        assert window.toast == NOT_THERE
        if window is not world.manager:
            await window.tap(OpenTicket(ticket_id=1).pack(), force=True)
            assert window.toast == NOT_THERE
    assert await state_of(world, survey_id) == ("asked", None)


async def test_a_score_that_was_never_offered_is_refused(world: Story) -> None:
    survey_id = await asked(world)
    await world.pharmacy.tap(Rate(survey_id=survey_id, score=11).pack(), force=True)
    assert world.pharmacy.toast == NOT_THERE
    assert await state_of(world, survey_id) == ("asked", None)


async def test_after_three_days_there_is_nothing_to_answer(world: Story) -> None:
    survey_id = await asked(world)
    world.clock.set(TUESDAY + timedelta(hours=72))
    await world.pharmacy.tap("۱۰")
    assert world.pharmacy.toast == "مهلت پاسخ به این نظرسنجی تمام شده است."
    assert (await state_of(world, survey_id))[1] is None


async def test_whoever_wants_no_surveys_is_asked_no_more(world: Story) -> None:
    await asked(world)
    doctor = world.pharmacy
    await doctor.tap("الان نه")
    await doctor.tap("🔕 دیگر نپرسید")
    assert "دیگر نمی‌پرسیم" in said(doctor)
    await doctor.tap(OpenSettings().pack(), force=True)
    shown = await doctor.expect("🔕 نظرسنجی برایتان نمی‌فرستیم.")
    await doctor.tap("🔔 دوباره نظرسنجی بفرستید", message_id=shown["message_id"])
    again = await doctor.expect("چه پیام‌هایی")
    assert "🔕" not in again["text"]


async def test_a_contact_who_has_blocked_us_is_not_asked(world: Story) -> None:
    survey_id = await delivered(world)
    async with world.store.unit_of_work() as uow:
        wanted = select(identities.c.id).where(identities.c.user_id == world.pharmacy.user_id)
        assert await uow.connection.scalar(wanted)
        await uow.customers.mark_blocked(PLATFORM, world.app.bot.id, world.pharmacy.user_id, world.clock())
    world.clock.set(TUESDAY)

    async def is_skipped() -> bool:
        return (await state_of(world, survey_id))[0] == SurveyState.SKIPPED.value

    await until(is_skipped, "nobody is asked")

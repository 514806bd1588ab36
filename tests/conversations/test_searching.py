"""Searching, leafing through what was found, and coming back to it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from jobs.housekeeping import prune_searches
from storage.tables.catalogue import products
from tests.conftest import NOW
from tests.conversations.conftest import Story
from tests.conversations.test_browsing import at_front

FORGOTTEN = "این جستجو دیگر در خاطر ما نیست. لطفاً دوباره بنویسید دنبال چه هستید."


async def test_a_search_finds_turns_pages_and_is_asked_again(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.tap("🔎 جستجو")
    await window.write("قققق ژژژژ")
    assert window.text.startswith("«قققق ژژژژ» را پیدا نکردم.")
    await window.write("شامپو")
    first = window.text
    assert first.startswith("🔎 «شامپو» — صفحه ۱ از ")
    await window.tap("◀️ بعدی")
    assert window.text.startswith("🔎 «شامپو» — صفحه ۲ از ")
    await window.tap("▶️ قبلی")
    assert window.text == first


async def test_a_product_that_was_found_leads_back_to_its_page_of_the_results(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.write("شامپو")
    await window.tap("◀️ بعدی")
    second = window.text
    assert second.startswith("🔎 «شامپو» — صفحه ۲ از ")
    await window.tap("۲")
    assert "کد " in window.text
    await window.tap("⬅️ بازگشت")
    assert window.text == second
    await window.tap("◀️ بعدی")
    assert window.text.startswith("🔎 «شامپو» — صفحه ۳ از ")


async def test_results_can_be_leafed_through_after_other_things_and_other_searches(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.write("شامپو")
    results = window.message["message_id"]
    await window.write("دستکش")
    await window.write("/start")
    await window.tap("💬 پشتیبانی و شکایت")
    await window.tap("◀️ بعدی", message_id=results)
    left = next(each for each in window.messages if each["message_id"] == results)
    assert left["text"].startswith("🔎 «شامپو» — صفحه ۲ از ")
    await window.tap("search.page:1", force=True)
    assert window.text.startswith("🔎 «دستکش»")


async def test_an_order_that_was_written_down_is_come_back_to(world: Story) -> None:
    """Of somebody who may not order: what was written is looked for."""
    window = world.stranger
    await window.write("۲ کارتن شامپو آوین ۲۵۰، ۱۰ بسته دستکش مدیوم")
    found = window.text
    await window.tap("۲")
    await window.tap("⬅️ بازگشت")
    assert window.text == found


async def test_a_search_is_forgotten_in_time_and_never_anybody_elses(world: Story) -> None:
    window, other = await at_front(world.pharmacy), await at_front(world.salon)
    await window.tap("search.page:2", force=True)
    assert window.text == FORGOTTEN
    await window.write("شامپو")
    page, product = window.buttons[1][0]["data"], window.buttons[0][0]["data"]
    for data in (page, product):
        await other.tap(data, force=True)
        assert other.text == FORGOTTEN
        await other.write("/start")
    assert await prune_searches(world.store, NOW + timedelta(days=29)) == 0
    assert await prune_searches(world.store, NOW + timedelta(days=31)) == 1
    await window.tap("◀️ بعدی")
    assert (window.text, window.labels) == (FORGOTTEN, [["🔎 جستجو", "🏠 خانه"]])


async def test_results_that_are_sold_no_more_are_not_found(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.write("شامپو")
    async with world.store.unit_of_work() as uow:
        await uow.connection.execute(update(products).values(is_active=False))
    await window.tap("◀️ بعدی")
    assert window.text.startswith("«شامپو» را پیدا نکردم.")

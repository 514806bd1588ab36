"""A complaint with a picture reaches our support, words and picture both."""

from __future__ import annotations

from tests.conversations.conftest import Story
from tests.sandbox.support import png

PASSED_ON = "پیام شما به پشتیبانی رسید ✅ جواب را همین‌جا می‌فرستیم."


async def test_a_photo_with_words_needs_no_question(world: Story) -> None:
    doctor, desk = world.pharmacy, world.support
    await desk.write("/start")
    await doctor.send_photo(png(40, 40), "دو تا از شامپوها شکسته بود")
    assert doctor.text == PASSED_ON
    await desk.expect("دو تا از شامپوها شکسته بود")
    assert desk.labels[0] == ["💬 جواب", "🖼 دیدن عکس"]
    await desk.tap("🖼 دیدن عکس")
    assert desk.message["photo"]
    await desk.tap("💬 جواب")
    assert "دو تا از شامپوها شکسته بود" in desk.text
    assert ["🖼 دیدن عکس"] in desk.labels
    await desk.write("فردا عوض می‌کنیم.")
    await doctor.expect("فردا عوض می‌کنیم.")


async def test_a_photo_that_answers_the_question_is_kept_too(world: Story) -> None:
    doctor, desk = world.pharmacy, world.support
    await desk.write("/start")
    await doctor.write("شکایت")
    await doctor.send_photo(png(40, 40), "کارتن خیس بود")
    assert doctor.text == PASSED_ON
    await desk.expect("کارتن خیس بود")
    assert desk.labels[0] == ["💬 جواب", "🖼 دیدن عکس"]
    await doctor.write("خراب بود، پول خودم را می‌خواهم")
    await desk.expect("پول خودم")
    assert desk.labels[0] == ["💬 جواب"]


async def test_a_stranger_may_show_something_and_our_own_people_do_not_complain(world_before: Story) -> None:
    doctor, manager = world_before.pharmacy, world_before.manager
    await doctor.send_photo(png(40, 40), "این کالا را دارید؟")
    assert doctor.text == PASSED_ON
    await manager.send_photo(png(40, 40), "این چیست؟")
    assert manager.text != PASSED_ON

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.client import ChatWindow, SandboxClient, SandboxError
from sandbox.state import Sandbox
from tests.sandbox.echo import Echo
from tests.sandbox.support import Api, png


@pytest.fixture
async def echo(api: Api) -> AsyncIterator[Echo]:
    echo = Echo(api)
    running = asyncio.ensure_future(echo.run())
    yield echo
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def window(client: SandboxClient, ali: int, echo: Echo) -> ChatWindow:
    return ChatWindow(client, ali)


async def test_a_window_shows_what_the_bot_did(window: ChatWindow) -> None:
    await window.write("/start")
    assert window.text == "«/start»"
    assert window.labels == [["دوباره", "پاک"]]
    assert window.buttons[0][0] == {"label": "دوباره", "data": "again"}
    await window.tap("دوباره")
    assert window.text == "ویرایش شد"
    assert window.message["edited"]
    await window.tap("toast")
    assert (window.toast, window.toast_is_alert) == ("آگاهی", True)
    assert window.message["toasts"] == []
    await window.refresh()
    assert window.message["toasts"] == [{"text": "آگاهی", "alert": True}]
    assert [message["text"] for message in window.messages] == ["/start", "ویرایش شد"]


async def test_a_deleted_message_no_longer_stands(window: ChatWindow) -> None:
    await window.write("یک")
    await window.write("دو")
    await window.tap("پاک")
    assert window.text == "«یک»"
    assert [message["deleted"] for message in window.messages] == [False, False, False, True]


async def test_a_window_can_do_without_waiting_and_expect_later(window: ChatWindow) -> None:
    await window.write("یک", wait=False)
    message = await window.expect("یک")
    assert message["from_bot"]
    with pytest.raises(AssertionError, match="no message with 'سه' came"):
        await window.expect("سه", timeout=0.1)


async def test_what_a_refresh_has_shown_can_still_be_expected(
    window: ChatWindow, client: SandboxClient
) -> None:
    await window.write("یک", wait=False)
    await client.wait(window.user_id, since=0, kinds="message")
    await window.refresh()
    assert (await window.expect("«یک»"))["message_id"] == window.message["message_id"]


async def test_what_came_before_the_first_look_can_be_expected(
    window: ChatWindow, client: SandboxClient
) -> None:
    await client.message(window.user_id, "یک")
    await client.wait(window.user_id, since=0, kinds="message")
    assert (await window.expect("«یک»"))["from_bot"]


async def test_a_bot_that_does_nothing_is_not_waited_for_for_ever(client: SandboxClient, ali: int) -> None:
    window = ChatWindow(client, ali, deadline=0.1)
    with pytest.raises(TimeoutError, match=r"wrote nothing within 0\.1 s"):
        await window.write("سلام")


async def test_a_reply_keyboard_asks_for_the_number_and_the_place(window: ChatWindow, api: Api) -> None:
    await window.write("بپرس")
    assert window.keyboard == [["شماره من"], ["جای من", "نه"]]
    assert window.message["keyboard"] == {
        "rows": [
            [{"label": "شماره من", "request": "contact"}],
            [{"label": "جای من", "request": "location"}, {"label": "نه", "request": None}],
        ],
        "one_time": True,
        "resize": True,
        "placeholder": "انتخاب کنید",
    }
    await window.press("شماره من")
    assert window.text == "«contact»"
    assert window.keyboard == []
    assert window.messages[-2]["contact"] == {
        "phone_number": "+989121234567",
        "first_name": "علی",
        "user_id": window.user_id,
    }
    with pytest.raises(SandboxError, match="no such button"):
        await window.press("نه")
    await window.write("بپرس")
    await window.press("جای من")
    assert window.messages[-2]["location"]["latitude"] > 35
    await window.write("بپرس")
    await window.press("نه")
    assert window.text == "«نه»"
    await api("sendMessage", chat_id=window.user_id, text="x", reply_markup={"remove_keyboard": True})
    await window.refresh()
    assert window.message["keyboard"] == {"remove": True}


async def test_a_forwarded_card_names_its_owner_not_its_sender(
    window: ChatWindow, box: Sandbox, sara: int
) -> None:
    await window.share_contact("+989351234567", own=False)
    assert window.messages[-2]["contact"]["user_id"] == sara
    await window.share_contact("+982100000000", own=False)
    assert "user_id" not in window.messages[-2]["contact"]


async def test_pictures_files_voices_and_places_arrive(window: ChatWindow, client: SandboxClient) -> None:
    await window.send_photo(png(200, 100), "عکس #یک")
    assert window.text == "«عکس #یک»"
    photo = window.messages[-2]["photo"]
    assert (photo["width"], photo["height"]) == (200, 100)
    assert await client.file(photo["file_id"]) == png(200, 100)
    await window.send_document("فهرست قیمت.xlsx", b"12345")
    document = window.messages[-2]["document"]
    assert (document["file_name"], document["size"]) == ("فهرست قیمت.xlsx", 5)
    await window.send_voice(b"OggS")
    assert window.text == "«voice»"
    await window.share_location(32.6, 51.6, forwarded=True, live_period=900)
    assert window.messages[-2]["location"] == {"latitude": 32.6, "longitude": 51.6, "live_period": 900}
    with pytest.raises(SandboxError, match="no such file"):
        await client.file("nonsense")


async def test_people_edit_and_reply(window: ChatWindow, client: SandboxClient) -> None:
    await window.write("سلم")
    mine = window.messages[0]["message_id"]
    await window.edit(mine, "سلام")
    assert window.text == "«سلام»"
    assert window.messages[0]["edited"]
    await window.write("پاسخ", reply_to=mine)
    assert window.messages[-2]["reply_to_message_id"] == mine
    with pytest.raises(SandboxError, match="no own message"):
        await window.edit(window.message["message_id"], "x")


async def test_a_double_tap_is_two_queries_in_one_breath(window: ChatWindow, client: SandboxClient) -> None:
    await window.write("سلام")
    await window.tap("دوباره", times=3, concurrent=True)
    answers = await client.calls("answerCallbackQuery")
    assert len({call["params"]["callback_query_id"] for call in answers}) == 3
    edits = [call["status"] for call in await client.calls("editMessageText")]
    assert edits == [200, 400, 400]
    await window.write("باز هم")
    await window.tap("دوباره", times=2)
    assert window.text == "ویرایش شد"


async def test_forged_and_stale_taps_are_possible_when_forced(
    window: ChatWindow, client: SandboxClient
) -> None:
    await window.write("سلام")
    first = window.message["message_id"]
    with pytest.raises(SandboxError, match="no such button"):
        await window.tap("نیست")
    await window.tap("toast", force=True)
    assert window.toast == "آگاهی"
    await window.write("دوباره سلام")
    await window.tap("دوباره", message_id=first)
    assert window.messages[1]["text"] == "ویرایش شد"
    await window.tap("delete", message_id=first, force=True)
    await window.tap("toast", message_id=first, force=True)
    call = (await client.calls("deleteMessage"))[-1]
    assert call["params"]["message_id"] == first


async def test_a_group_has_a_window_of_its_own(client: SandboxClient, ali: int, echo: Echo) -> None:
    window = ChatWindow(client, ali, chat_id=-1001)
    await window.write("سلام به همه")
    assert window.text == "«سلام به همه»"
    await window.tap("دوباره")
    assert window.text == "ویرایش شد"
    assert await client.chat(ali) == []


async def test_blocking_is_told_to_the_bot_and_can_be_undone(
    api: Api, client: SandboxClient, ali: int
) -> None:
    await client.block(ali)
    await client.block(ali)
    [update] = await api.updates()
    member = update["my_chat_member"]
    assert (member["old_chat_member"]["status"], member["new_chat_member"]["status"]) == ("member", "kicked")
    assert (await api("sendMessage", chat_id=ali, text="x")).status == 403
    with pytest.raises(SandboxError, match="has blocked the bot"):
        await client.message(ali, "سلام")
    assert [user["blocked"] for user in await client.users()] == [True]
    await client.unblock(ali)
    [update] = await api.updates(update["update_id"] + 1)
    assert update["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (await api("sendMessage", chat_id=ali, text="x")).status == 200


async def test_users_are_listed_with_role_phone_and_customer(client: SandboxClient, box: Sandbox) -> None:
    box.add_user(first_name="ناصری", phone="+98912", role="manager", customer={"id": 7})
    added = await client.add_user(first_name="زهرا", id=2**40, username="zahra")
    assert added["id"] == 2**40
    users = await client.users()
    assert [(user["first_name"], user["role"], user["phone"], user["customer"]) for user in users] == [
        ("ناصری", "manager", "+98912", {"id": 7}),
        ("زهرا", None, None, None),
    ]


async def test_wrong_requests_get_an_error_and_do_nothing(client: SandboxClient, ali: int) -> None:
    for path, body, status in (
        ("message", {"user_id": 1, "text": "x"}, 404),
        ("message", {"user_id": ali, "text": " "}, 400),
        ("message", {"user_id": ali}, 400),
        ("message", {"user_id": ali, "text": "x", "reply_to_message_id": 9}, 404),
        ("message", {"user_id": ali, "text": "x", "chat_id": 5}, 400),
        ("redeliver", {"update_id": 1}, 404),
        ("update", {}, 400),
        ("photo", {"user_id": ali}, 400),
        ("nonsense", {}, 404),
    ):
        with pytest.raises(SandboxError) as refused:
            await client.post(path, **body)
        assert refused.value.status == status
    assert await client.chat(ali) == []

"""One row for each refusal that is about a message, a tap or a file that is there already."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.state import Sandbox
from tests.sandbox.support import Answer, Api, inline, png

BAD = "Bad Request: "


async def test_only_what_is_there_can_be_edited_deleted_answered_or_passed_on(api: Api, ali: int) -> None:
    async def refused(method: str, **params: Any) -> str:
        answer = await api(method, chat_id=ali, **params)
        assert answer.status == 400
        return answer.description

    there = {"from_chat_id": ali, "message_id": 99}
    assert await refused("editMessageText", message_id=99, text="x") == BAD + "message to edit not found"
    assert await refused("deleteMessage", message_id=99) == BAD + "message to delete not found"
    assert await refused("deleteMessage") == BAD + "message identifier is not specified"
    assert await refused("copyMessage", **there) == BAD + "message to copy not found"
    assert await refused("forwardMessage", **there) == BAD + "message to forward not found"
    reply = {"text": "x", "reply_parameters": {"message_id": 99}}
    assert await refused("sendMessage", **reply) == BAD + "message to be replied not found"
    reply["reply_parameters"] = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in (await api("sendMessage", chat_id=ali, **reply)).result


async def test_a_message_is_edited_only_by_its_author_and_only_to_something_new(
    api: Api, client: SandboxClient, ali: int
) -> None:
    said = await client.message(ali, "سلام")
    answer = await api("editMessageText", chat_id=ali, message_id=said["message_id"], text="x")
    assert answer.description == BAD + "message can't be edited"

    keyboard = {"keyboard": [["x"]]}
    sent = (await api("sendMessage", chat_id=ali, text="x", reply_markup=keyboard)).result
    answer = await api("editMessageText", chat_id=ali, message_id=sent["message_id"], text="y")
    assert answer.description == BAD + "message can't be edited"

    same = {"text": "<b>یک</b>", "parse_mode": "HTML", "reply_markup": inline([("a", "b")])}
    sent = (await api("sendMessage", chat_id=ali, **same)).result
    answer = await api("editMessageText", chat_id=ali, message_id=sent["message_id"], **same)
    assert (answer.status, answer.description) == (
        400,
        BAD + "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message",
    )
    same["text"] = "یک"
    assert (await api("editMessageText", chat_id=ali, message_id=sent["message_id"], **same)).result["text"]


async def test_texts_and_captions_are_not_mixed_up(api: Api, ali: int) -> None:
    photo = (await api("sendPhoto", {"photo": ("a.png", png())}, chat_id=str(ali))).result
    answer = await api("editMessageText", chat_id=ali, message_id=photo["message_id"], text="x")
    assert answer.description == BAD + "there is no text in the message to edit"
    text = (await api("sendMessage", chat_id=ali, text="x")).result
    answer = await api("editMessageCaption", chat_id=ali, message_id=text["message_id"], caption="x")
    assert answer.description == BAD + "there is no caption in the message to edit"


async def test_after_48_hours_and_in_groups_others_messages_cannot_be_deleted(
    api: Api, client: SandboxClient, clock: Clock, ali: int
) -> None:
    sent = (await api("sendMessage", chat_id=ali, text="x")).result
    clock.advance(48 * 3600 + 1)
    answer = await api("deleteMessage", chat_id=ali, message_id=sent["message_id"])
    assert answer.description == BAD + "message can't be deleted"
    said = await client.message(ali, "سلام", chat_id=-1001)
    answer = await api("deleteMessage", chat_id=-1001, message_id=said["message_id"])
    assert answer.description == BAD + "message can't be deleted"


async def test_a_tap_must_be_known_fresh_and_answered_briefly(
    api: Api, client: SandboxClient, ali: int
) -> None:
    too_old = BAD + "query is too old and response timeout expired or query ID is invalid"
    assert (await api("answerCallbackQuery", callback_query_id="1")).description == too_old
    await api("sendMessage", chat_id=ali, text="x", reply_markup=inline([("a", "b")]))
    query_id = (await client.tap(ali, label="a"))["callback_query_ids"][0]
    long = await api("answerCallbackQuery", callback_query_id=query_id, text="ب" * 201)
    assert (long.status, long.description) == (400, BAD + "MESSAGE_TOO_LONG")
    await client.limits(callback_ttl_s=5)
    await client.set_clock(advance_s=6)
    late = await api("answerCallbackQuery", callback_query_id=query_id)
    assert (late.status, late.description) == (400, too_old)


async def test_a_wrong_file_is_refused(api: Api, box: Sandbox, ali: int) -> None:
    async def sent(method: str, name: str, data: bytes) -> Answer:
        return await api(method, {name: ("a.bin", data)}, chat_id=str(ali))

    async def refused(made: Awaitable[Answer]) -> tuple[int, str]:
        answer = await made
        return answer.status, answer.description

    photo = (await sent("sendPhoto", "photo", png(200, 100))).result["photo"]
    unique = photo[-1]["file_unique_id"]
    assert await refused(api("sendPhoto", chat_id=ali)) == (400, BAD + "there is no photo in the request")
    assert await refused(api("sendDocument", chat_id=ali)) == (
        400,
        BAD + "there is no document in the request",
    )
    for wrong in ("nonsense", unique):
        assert await refused(api("sendPhoto", chat_id=ali, photo=wrong)) == (
            400,
            BAD + "wrong file identifier/HTTP URL specified",
        )
    assert await refused(api("getFile", file_id=unique)) == (
        400,
        BAD + "wrong file_id or the file is temporarily unavailable",
    )
    assert await refused(sent("sendPhoto", "photo", b"no picture")) == (400, BAD + "IMAGE_PROCESS_FAILED")
    assert await refused(sent("sendPhoto", "photo", png(9_000, 1_001))) == (
        400,
        BAD + "PHOTO_INVALID_DIMENSIONS",
    )
    large = png(padding=10 * 1024 * 1024)
    assert await refused(sent("sendPhoto", "photo", large)) == (413, "Request Entity Too Large")
    album = [{"type": "photo", "media": photo[-1]["file_id"]}] * 11
    assert await refused(api("sendMediaGroup", chat_id=ali, media=album)) == (
        400,
        BAD + "too many messages to send as an album",
    )


async def test_files_have_two_limits_one_for_sending_and_one_for_fetching(api: Api, ali: int) -> None:
    middling = bytes(20 * 1024 * 1024 + 1)
    sent = (await api("sendDocument", {"document": ("a.bin", middling)}, chat_id=str(ali))).result
    answer = await api("getFile", file_id=sent["document"]["file_id"])
    assert (answer.status, answer.description) == (400, BAD + "file is too big")
    large = bytes(50 * 1024 * 1024 + 1)
    answer = await api("sendDocument", {"document": ("a.bin", large)}, chat_id=str(ali))
    assert (answer.status, answer.description) == (413, "Request Entity Too Large")

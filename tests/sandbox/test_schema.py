"""Every answer and every update is what the Bot API describes, and what aiogram's own models take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import aiogram.methods
import pytest
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter

from sandbox.client import SandboxClient
from sandbox.methods.register import METHODS, SLOW_METHODS
from sandbox.state import Sandbox
from tests.sandbox import schema
from tests.sandbox.support import Api, inline, png

Rows = list[tuple[str, Any]]


class Play:
    """Uses everything there is, once at least, and keeps what came back."""

    def __init__(self, api: Api, client: SandboxClient, ali: int, sara: int) -> None:
        self._api, self._client, self._ali, self._sara = api, client, ali, sara
        self.answers: Rows = []
        self.updates: list[dict[str, Any]] = []

    async def call(self, method: str, files: Any = None, **params: Any) -> Any:
        result = (await self._api(method, files, **params)).result
        self.answers.append((method, result))
        return result

    async def send(self, method: str, files: Any = None, **params: Any) -> Any:
        return await self.call(method, files, chat_id=str(self._ali), **params)

    async def everything(self) -> None:
        await self.people()
        await self.texts()
        await self.media()
        await self.other()
        await self.profile()
        self.updates = await self.call("getUpdates", limit=100)
        await self.webhook()

    async def people(self) -> None:
        client, ali = self._client, self._ali
        said = await client.message(
            ali, "/start inv_1 به @ali_a با +98 912 123 4567 #سلام a@b.com https://a.ir"
        )
        await client.message(ali, "پاسخ", reply_to_message_id=said["message_id"])
        await client.edit(ali, said["message_id"], "ویرایش")
        await client.photo(ali, png(300, 200), "عکس")
        await client.document(ali, "الف.pdf", b"%PDF")
        await client.voice(ali, b"OggS")
        await client.contact(ali)
        await client.contact(ali, "+989351234567", own=False)
        await client.location(ali, 35.7, 51.4, horizontal_accuracy=10, live_period=900)
        await client.location(ali, 35.7, 51.4, forwarded=True)
        for group in (-1001, -1_001_234_567_890):
            await client.message(self._sara, "سلام به همه", chat_id=group)
            await client.block(self._sara, chat_id=group)
            await client.unblock(self._sara, chat_id=group)
        await client.block(ali)
        await client.unblock(ali)

    async def texts(self) -> None:
        markup = inline([("یک", "1"), ("دو", "2")])
        markup["inline_keyboard"].append([{"text": "نشانی", "url": "https://example.com"}])
        html = (
            "<b>پررنگ</b> <i>کج</i> <u>خط</u> "
            "<s>خط</s> <code>x</code> <pre>y</pre> <tg-spoiler>z</tg-spoiler> "
            '<a href="https://example.com">پیوند</a> <blockquote>نقل</blockquote> '
            '<a href="tg://user?id=%d">او</a>'
        )
        text = await self.send("sendMessage", text=html % self._ali, parse_mode="HTML", reply_markup=markup)
        await self._client.tap(self._ali, label="یک")
        await self._client.tap(self._ali, data="forged", force=True, message_id=text["message_id"])
        reply = {"reply_parameters": {"message_id": text["message_id"]}, "protect_content": True}
        sent = await self.send("sendMessage", text="پاسخ", **reply)
        place = {"message_id": text["message_id"]}
        await self.send("editMessageText", text="تازه", link_preview_options={"is_disabled": True}, **place)
        await self.send("editMessageReplyMarkup", reply_markup=markup, **place)
        await self.send("pinChatMessage", **place)
        await self.send("getChat")
        await self.send("unpinChatMessage")
        source = {"from_chat_id": self._ali, "message_id": sent["message_id"]}
        await self.send("copyMessage", **source)
        forwarded = await self.send("forwardMessage", **source)
        await self.send("forwardMessage", from_chat_id=self._ali, message_id=forwarded["message_id"])
        await self.send("sendMessage", text="x", reply_markup={"keyboard": [["a"]]})
        await self.send("sendMessage", text="x", reply_markup={"remove_keyboard": True})
        await self.send("deleteMessage", message_id=sent["message_id"])
        await self._client.tap(self._ali, data="x", force=True, message_id=sent["message_id"])
        await self.send("deleteMessages", message_ids=[forwarded["message_id"], 999])
        query = (await self._client.tap(self._ali, label="دو"))["callback_query_ids"][0]
        await self.call("answerCallbackQuery", callback_query_id=query, text="باشه")

    async def media(self) -> None:
        photo = await self.send(
            "sendPhoto",
            {"photo": ("a.png", png(300, 200))},
            caption="<b>عکس</b>",
            parse_mode="HTML",
            has_spoiler=True,
            show_caption_above_media=True,
        )
        file_id = photo["photo"][-1]["file_id"]
        await self.send("sendPhoto", photo=file_id)
        await self.send("editMessageCaption", message_id=photo["message_id"], caption="تازه")
        document = await self.send("sendDocument", {"document": ("فهرست.xlsx", b"PK")}, caption="فهرست")
        await self.send(
            "editMessageMedia",
            {"new": ("b.png", png())},
            message_id=document["message_id"],
            media={"type": "photo", "media": "attach://new", "caption": "جای فهرست"},
        )
        await self.send(
            "sendMediaGroup",
            {"one": ("c.png", png())},
            media=[
                {"type": "photo", "media": "attach://one", "caption": "آلبوم"},
                {"type": "photo", "media": file_id},
            ],
        )
        await self.call("getFile", file_id=document["document"]["file_id"])

    async def other(self) -> None:
        await self.send("sendLocation", latitude=35.7, longitude=51.4, horizontal_accuracy=5, live_period=60)
        await self.send("sendVenue", latitude=35.7, longitude=51.4, title="انبار", address="تهران")
        await self.send("sendContact", phone_number="+98", first_name="علی", last_name="احمدی")
        await self.send("sendChatAction", action="typing")
        await self.send("getChatMember", user_id=self._ali)
        await self.send("getChatMember", user_id=42)
        for group in (-1001, -1_001_234_567_890):
            await self.call("getChat", chat_id=group)
        await self.send(
            "sendInvoice",
            title="سفارش",
            description="ده قلم",
            payload="1",
            currency="IRR",
            prices=[{"label": "جمع", "amount": 1000}],
        )
        sender = {"id": self._ali, "is_bot": False, "first_name": "علی"}
        question = {"id": "7", "from": sender, "currency": "IRR", "total_amount": 1, "invoice_payload": "1"}
        await self._client.update({"pre_checkout_query": question})
        await self.call("answerPreCheckoutQuery", pre_checkout_query_id="7", ok=True)
        await self._client.update({"inline_query": {"id": "8", "from": sender, "query": "x", "offset": ""}})
        await self.call("answerInlineQuery", inline_query_id="8", results=[])

    async def profile(self) -> None:
        commands = [{"command": "start", "description": "آغاز"}]
        scope = {"type": "chat", "chat_id": self._ali}
        await self.call("setMyCommands", commands=commands, scope=scope, language_code="fa")
        assert await self.call("getMyCommands", scope=scope, language_code="fa") == commands
        await self.call("deleteMyCommands", scope=scope, language_code="fa")
        assert await self.call("getMyCommands", scope=scope, language_code="fa") == []
        await self.call("setChatMenuButton", menu_button={"type": "commands"})
        await self.call("getChatMenuButton")
        for name in ("Name", "Description", "ShortDescription"):
            key = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}[
                name
            ]
            await self.call(f"setMy{name}", **{key: "بونک"})
            assert (await self.call(f"getMy{name}"))[key] == "بونک"
        for method in ("getMe", "logOut", "close"):
            await self.call(method)

    async def webhook(self) -> None:
        await self.call("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])
        await self.call("getWebhookInfo")
        await self.call("deleteWebhook")


@pytest.fixture
async def play(api: Api, client: SandboxClient, ali: int, sara: int) -> Play:
    play = Play(api, client, ali, sara)
    await play.everything()
    return play


async def test_everything_is_played(play: Play, box: Sandbox) -> None:
    """The two tests below look at nothing that is not played."""
    implemented = {name for name, _ in [*METHODS.values(), *SLOW_METHODS.values()]}
    assert {method for method, _ in play.answers} == implemented
    kinds = {key for update in play.updates for key in update if key != "update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "pre_checkout_query",
        "inline_query",
    }
    assert [row for row in box.calls.find() if "unknown_params" in row] == []


@pytest.mark.skipif(not schema.FILE.exists(), reason=f"{schema.FILE.name} is not beside this repository")
async def test_answers_and_updates_are_as_the_bot_api_describes_them(play: Play) -> None:
    described = schema.Schema.read()
    faults = [fault for method, result in play.answers for fault in described.check_result(method, result)]
    faults += [fault for update in play.updates for fault in described.check_update(update)]
    assert faults == []


async def test_aiograms_models_take_all_of_it_and_know_every_field(play: Play) -> None:
    faults: list[str] = []
    for method, result in play.answers:
        model = getattr(aiogram.methods, method[0].upper() + method[1:])
        parsed = TypeAdapter(model.__returning__).validate_python(result)
        faults += [f"{method}: {fault}" for fault in unknown_fields(parsed)]
    for update in play.updates:
        parsed = Update.model_validate(update)
        faults += [f"update: {fault}" for fault in unknown_fields(parsed)]
    assert faults == []


def unknown_fields(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{type(value).__name__}.{name}"
        for name in type(value).model_fields:
            yield from unknown_fields(getattr(value, name))
    elif isinstance(value, list):
        for one in value:
            yield from unknown_fields(one)


def test_the_check_itself_sees_what_is_missing_unknown_or_wrong() -> None:
    """A check that never complains would prove nothing."""
    user = {
        "name": "User",
        "fields": [
            {"name": "id", "types": ["Integer"], "required": True},
            {"name": "first_name", "types": ["String"], "required": False},
        ],
    }
    methods = {"getMe": {"returns": ["User"]}, "getAll": {"returns": ["Array of User"]}}
    described = schema.Schema({"types": {"User": user}, "methods": methods})
    assert described.check_result("getMe", {"id": 1}) == []
    assert described.check_result("getMe", {}) == ["getMe.id is missing"]
    assert described.check_result("getMe", {"id": True}) == ["getMe.id is no Integer: True"]
    assert described.check_result("getAll", [{"id": 1, "x": 2}]) == ["getAll[0].x is unknown to User"]
    assert described.check_result("getAll", {"id": 1}) == ["getAll is not an array"]

from __future__ import annotations

from typing import Any

from tests.sandbox.support import Api, inline

ASK = {
    "keyboard": [
        [{"text": "شماره من", "request_contact": True}],
        [{"text": "جای من", "request_location": True}, "نه"],
    ],
    "one_time_keyboard": True,
    "resize_keyboard": True,
    "input_field_placeholder": "انتخاب کنید",
}


class Echo:
    """A small bot: it says what it got, and does what the words of a tap say."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self._api.updates(offset, timeout=30):
                offset = update["update_id"] + 1
                await self.answer(update)

    async def answer(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            return await self.answer_tap(update["callback_query"])
        message = update.get("message") or update.get("edited_message")
        if message is None:
            return None
        text = message.get("text") or message.get("caption") or next(iter(set(message) - COMMON), "")
        markup = ASK if text == "بپرس" else inline([("دوباره", "again"), ("پاک", "delete")])
        await self._api("sendMessage", chat_id=message["chat"]["id"], text=f"«{text}»", reply_markup=markup)
        return None

    async def answer_tap(self, query: dict[str, Any]) -> None:
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        if query["data"] == "again":
            await self._api(
                "editMessageText", text="ویرایش شد", reply_markup=inline([("خبر", "toast")]), **place
            )
        elif query["data"] == "delete":
            await self._api("deleteMessage", **place)
        words = {"text": "آگاهی", "show_alert": True} if query["data"] == "toast" else {}
        await self._api("answerCallbackQuery", callback_query_id=query["id"], **words)


COMMON = {"message_id", "from", "chat", "date"}

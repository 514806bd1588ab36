"""One person's chat with the bot: write, tap, and read what is on the screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.client import SandboxClient

DEADLINE = 30.0

Message = dict[str, Any]


class ChatWindow:
    """Every action waits until the bot has reacted, unless told not to; reading costs no request.

    A tap has been reacted to when it was answered, anything else when the bot sent or edited a message.
    What the window shows is as new as the last action, `refresh` or `expect`.
    """

    def __init__(
        self,
        client: SandboxClient,
        user_id: int,
        *,
        chat_id: int | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self.client = client
        self.user_id = user_id
        # The person's own chat with the bot, unless the window looks at a group.
        self.chat_id = chat_id if chat_id is not None else user_id
        self.deadline = deadline
        self.toast: str | None = None
        self.toast_is_alert = False
        self._messages: dict[int, Message] = {}
        # All events up to here are in the window already; None before the first look.
        self._seen: int | None = None
        # Where the last action began.
        self._acted = 0
        self._changed: dict[int, Message] = {}

    async def write(self, text: str, *, wait: bool = True, reply_to: int | None = None) -> None:
        group = self.chat_id if self.chat_id != self.user_id else None
        waiting = await self._waiting(wait)
        self._take(await self.client.message(self.user_id, text, reply_to, group, **waiting), wait)

    async def tap(
        self,
        label_or_data: str,
        *,
        times: int = 1,
        concurrent: bool = False,
        message_id: int | None = None,
        force: bool = False,
        wait: bool = True,
    ) -> None:
        """Tap a button by its label, or by its data where no label fits; `force` sends data no button has."""
        wish: dict[str, Any] = {"data" if force else "label": label_or_data}
        if self.chat_id != self.user_id:
            wish["chat_id"] = self.chat_id
        if times != 1:
            wish.update(times=times, concurrent=concurrent)
        if message_id is not None:
            wish["message_id"] = message_id
        if force:
            wish["force"] = True
        waiting = await self._waiting(wait)
        self._take(await self.client.tap(self.user_id, **wish, **waiting), wait, "did not answer the tap")

    async def press(self, label: str, *, wait: bool = True) -> None:
        waiting = await self._waiting(wait)
        self._take(await self.client.press(self.user_id, label, **waiting), wait)

    async def share_contact(self, phone: str | None = None, own: bool = True, *, wait: bool = True) -> None:
        waiting = await self._waiting(wait)
        self._take(await self.client.contact(self.user_id, phone, own, **waiting), wait)

    async def share_location(self, lat: float, lon: float, *, wait: bool = True, **more: Any) -> None:
        waiting = await self._waiting(wait)
        self._take(await self.client.location(self.user_id, lat, lon, **more, **waiting), wait)

    async def edit(self, message_id: int, text: str, *, wait: bool = True) -> None:
        waiting = await self._waiting(wait)
        self._take(await self.client.edit(self.user_id, message_id, text, **waiting), wait)

    async def send_photo(self, data: bytes, caption: str | None = None, *, wait: bool = True) -> None:
        await self._look_first()
        await self._sent(await self.client.photo(self.user_id, data, caption), wait)

    async def send_document(
        self, name: str, data: bytes, caption: str | None = None, *, wait: bool = True
    ) -> None:
        await self._look_first()
        await self._sent(await self.client.document(self.user_id, name, data, caption), wait)

    async def send_voice(self, data: bytes, *, wait: bool = True) -> None:
        await self._look_first()
        await self._sent(await self.client.voice(self.user_id, data), wait)

    async def refresh(self) -> None:
        """Show the chat as it stands now."""
        if self._seen is not None:
            # What came since the last action must go on counting as new for `expect`.
            await self._follow(0, "message,edited")
        state = await self.client.state()
        self._messages = {m["message_id"]: m for m in await self.client.chat(self.chat_id)}
        self._seen = state["seq"]

    async def expect(self, text_fragment: str, timeout: float = DEADLINE) -> Message:
        """Wait for a bot message, new or changed since the last action, that contains the fragment."""
        await self._look_first()
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            for message in reversed(self._changed.values()):
                if not message["deleted"] and text_fragment in _words(message):
                    return message
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self._follow(left, "message,edited"):
                raise AssertionError(
                    f"no message with {text_fragment!r} came; since the last action the bot wrote "
                    f"{[_words(m) for m in self._changed.values()]}, and the newest is {self.text!r}"
                )

    @property
    def messages(self) -> list[Message]:
        """All messages of the chat, deleted ones too, oldest first."""
        return list(self._messages.values())

    @property
    def message(self) -> Message:
        """The newest message of the bot that still stands; an empty dict where there is none."""
        for message in reversed(self._messages.values()):
            if message["from_bot"] and not message["deleted"]:
                return message
        return {}

    @property
    def text(self) -> str:
        return _words(self.message)

    @property
    def labels(self) -> list[list[str]]:
        return [[button["label"] for button in row] for row in self.buttons]

    @property
    def buttons(self) -> list[list[dict[str, str]]]:
        return list(self.message.get("buttons", []))

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard under the input field, [] when there is none."""
        used: list[Message] = []
        for message in reversed(self._messages.values()):
            if not message["from_bot"]:
                used.append(message)
            elif (keyboard := message["keyboard"]) is not None:
                if keyboard.get("remove") or (keyboard["one_time"] and _uses(used, keyboard)):
                    return []
                return [[button["label"] for button in row] for row in keyboard["rows"]]
        return []

    async def _look_first(self) -> None:
        if self._seen is None:
            await self.refresh()
            # There was no action yet: whatever the bot has written came since.
            self._changed = {key: each for key, each in self._messages.items() if each["from_bot"]}

    async def _waiting(self, wait: bool) -> dict[str, Any]:
        """Return what an action has to say so that its answer brings the bot's reaction along."""
        await self._look_first()
        return {"wait_s": self.deadline, "since": self._seen} if wait else {}

    def _begin(self, done: dict[str, Any]) -> None:
        """Start to count what the bot does from here on."""
        self._acted = done["seq"]
        self._changed.clear()

    def _take(self, done: dict[str, Any], wait: bool, complaint: str = "wrote nothing") -> None:
        """Take in what the answer to an action brought along."""
        self._begin(done)
        if not wait:
            return
        for event in done["events"]:
            self._take_in(event)
        self._seen = done["until"]
        if not done["reacted"]:
            raise TimeoutError(f"the bot {complaint} within {self.deadline:g} s; it shows {self.text!r}")

    async def _sent(self, done: dict[str, Any], wait: bool) -> None:
        """Wait for the reaction to a file, whose upload cannot ask for it."""
        self._begin(done)
        deadline = asyncio.get_running_loop().time() + self.deadline
        while wait and not self._changed:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self._follow(left, "message,edited"):
                raise TimeoutError(f"the bot wrote nothing within {self.deadline:g} s")

    async def _follow(self, timeout: float, kinds: str) -> bool:
        """Take in what happened, waiting for one of `kinds`; False when nothing came in time."""
        answer = await self.client.wait(self.chat_id, self._seen, timeout, kinds)
        for event in answer["events"]:
            self._take_in(event)
        self._seen = answer["seq"]
        return bool(answer["events"])

    def _take_in(self, event: dict[str, Any]) -> None:
        kind, after_action = event["kind"], event["seq"] > self._acted
        if kind in ("message", "edited"):
            message = event["message"]
            self._messages[message["message_id"]] = message
            if after_action and message["from_bot"]:
                self._changed[message["message_id"]] = message
        elif kind == "deleted":
            for known in (self._messages, self._changed):
                if (gone := known.get(event["message_id"])) is not None:
                    gone["deleted"] = True
        elif kind == "toast":
            self.toast, self.toast_is_alert = event["text"], event["alert"]


def _words(message: Message) -> str:
    return message.get("text") or message.get("caption") or ""


def _uses(sent: list[Message], keyboard: dict[str, Any]) -> bool:
    """Say whether one of these messages of the person came from that keyboard."""
    labels = {button["label"] for row in keyboard["rows"] for button in row}
    return any(m["contact"] or m["location"] or m["text"] in labels for m in sent)

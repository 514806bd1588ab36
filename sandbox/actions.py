"""What a person does in the messenger, and the update the bot gets for it."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox.chats import Chat, Message, as_seen
from sandbox.entities import find_entities
from sandbox.errors import ControlError
from sandbox.methods.target import without_reply
from sandbox.people import Person, Wire
from sandbox.state import Sandbox

TAP_PATIENCE = 2.0


class Actions:
    """Every action returns what `/sim` answers; refusals are those of the person's own app."""

    def __init__(self, box: Sandbox) -> None:
        self._box = box

    def write(
        self, user_id: int, text: str, reply_to: int | None = None, chat_id: int | None = None
    ) -> dict[str, Any]:
        if not text.strip():
            raise ControlError("the text is empty")
        content: Wire = {"text": text}
        if entities := find_entities(text, []):
            content["entities"] = entities
        return self.say(user_id, content, chat_id, reply_to)

    def say(
        self, user_id: int, content: Wire, chat_id: int | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """Put a message of a person into a chat (their own when none is given) and tell the bot."""
        box, person = self._box, self._box.person(user_id)
        chat = self._chat(person, chat_id)
        fields: Wire = {}
        if reply_to is not None:
            replied = chat.standing(reply_to)
            if replied is None:
                raise ControlError(f"no message {reply_to} to reply to", 404)
            fields["reply_to_message"] = without_reply(replied.wire)
        seq = box.events.seq
        chat.use_keyboard(content)
        message = box.add_message(chat, {**fields, **content}, sender=person.wire())
        update_id = box.updates.push({"message": message.wire})
        return {"message_id": message.id, "update_id": update_id, "seq": seq}

    def edit(self, user_id: int, message_id: int, text: str) -> dict[str, Any]:
        box, chat = self._box, self._chat(self._box.person(user_id), None)
        message = chat.standing(message_id)
        if message is None or message.from_bot:
            raise ControlError(f"no own message {message_id}", 404)
        name = "text" if "text" in message.wire else "caption"
        drop = (name, "entities", "caption_entities")
        wire = {key: value for key, value in message.wire.items() if key not in drop}
        wire[name] = text
        if entities := find_entities(text, []):
            wire["entities" if name == "text" else "caption_entities"] = entities
        seq = box.events.seq
        box.change_message(chat, message, wire)
        update_id = box.updates.push({"edited_message": wire})
        return {"message_id": message_id, "update_id": update_id, "seq": seq}

    async def tap(self, wish: dict[str, Any]) -> dict[str, Any]:
        """Press an inline button, once or several times; "concurrent" presses do not wait for answers."""
        box, person = self._box, self._box.person(wish["user_id"])
        chat = self._chat(person, wish.get("chat_id"))
        message, data = self._button(chat, wish)
        seq = box.events.seq
        query_ids: list[str] = []
        update_ids: list[int | None] = []
        for number in range(int(wish.get("times") or 1)):
            if number and not wish.get("concurrent"):
                await self._answered(query_ids[-1], chat.id)
            query_id, update_id = self._press(person, chat, message, data)
            query_ids.append(query_id)
            update_ids.append(update_id)
        return {"callback_query_ids": query_ids, "update_ids": update_ids, "seq": seq}

    def press(self, user_id: int, label: str) -> dict[str, Any]:
        """Press a button of the reply keyboard."""
        person = self._box.person(user_id)
        chat = self._chat(person, None)
        rows = chat.keyboard["rows"] if chat.keyboard else []
        seen = as_seen(label)
        button = next((button for row in rows for button in row if as_seen(button["label"]) == seen), None)
        if button is None:
            raise ControlError(f"no such button on the keyboard: {label}", 404)
        if button["request"] == "contact":
            return self.share_contact(user_id, person.phone or "", own=True)
        if button["request"] == "location":
            return self.share_location(user_id, {"latitude": 35.6997, "longitude": 51.3380})
        return self.write(user_id, button["label"])

    def share_contact(
        self, user_id: int, phone: str, *, own: bool, first_name: str | None = None
    ) -> dict[str, Any]:
        """Share one's own number, or forward the card of somebody else."""
        person = self._box.person(user_id)
        phone = phone or (person.phone or "") if own else phone
        if not phone:
            raise ControlError("this person has no phone number")
        contact: Wire = {"phone_number": phone, "first_name": first_name or person.first_name}
        if own:
            contact["user_id"] = user_id
        else:
            owner = next((other for other in self._box.people.values() if other.phone == phone), None)
            if owner is not None:
                contact.update(first_name=first_name or owner.first_name, user_id=owner.id)
        return self.say(user_id, {"contact": contact})

    def share_location(
        self, user_id: int, place: dict[str, Any], *, forwarded: bool = False
    ) -> dict[str, Any]:
        location: Wire = {"latitude": float(place["latitude"]), "longitude": float(place["longitude"])}
        for name in ("horizontal_accuracy", "live_period"):
            if place.get(name) is not None:
                location[name] = place[name]
        content: Wire = {"location": location}
        if forwarded:
            date = int(self._box.clock.seconds()) - 3600
            content["forward_origin"] = {"type": "hidden_user", "sender_user_name": "Somebody", "date": date}
        return self.say(user_id, content)

    def block(self, user_id: int, *, blocked: bool, chat_id: int | None = None) -> dict[str, Any]:
        """Block the bot, or let it in again; in a group, remove it or take it back."""
        box, person = self._box, self._box.person(user_id)
        chat = box.chat_of(user_id) if chat_id is None else box.group(chat_id)
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        seq = box.events.seq
        if chat.left == blocked:
            return {"update_id": None, "seq": seq}
        chat.left = blocked
        member: Wire = {
            "chat": chat.wire,
            "from": person.wire(),
            "date": int(box.clock.seconds()),
            "old_chat_member": self._membership(old),
            "new_chat_member": self._membership(new),
        }
        box.events.add("user", user_id, user=box.view_of(person))
        return {"update_id": box.updates.push({"my_chat_member": member}), "seq": seq}

    def _membership(self, status: str) -> Wire:
        member: Wire = {"user": self._box.bot_user, "status": status}
        return {**member, "until_date": 0} if status == "kicked" else member

    def _chat(self, person: Person, chat_id: int | None) -> Chat:
        if chat_id is not None and chat_id != person.id:
            chat = self._box.group(chat_id)
            person.met = True
        else:
            chat = self._box.chat_of(person.id)
            if chat.left:
                raise ControlError("this person has blocked the bot")
            chat.started = True
        return chat

    def _button(self, chat: Chat, wish: dict[str, Any]) -> tuple[Message | None, str]:
        """Find the message and the data of the button that is meant, or forge them where forced to."""
        label, data, message_id = wish.get("label"), wish.get("data"), wish.get("message_id")
        if wish.get("force"):
            forged = chat.messages.get(message_id) if message_id else next(chat.newest_first(), None)
            return forged, str(data if data is not None else label)
        found = chat.find_button(label, data, message_id)
        if found is None:
            raise ControlError(f"no such button: {label if label is not None else data}", 404)
        message, button = found
        if "callback_data" not in button:
            raise ControlError("this button opens a link and tells the bot nothing")
        return message, str(button["callback_data"])

    def _press(
        self, person: Person, chat: Chat, message: Message | None, data: str
    ) -> tuple[str, int | None]:
        query_id = self._box.new_callback_query(person.id, chat.id, message)
        if message is None or message.deleted:
            message_id = message.id if message is not None else max(chat.last_id, 1)
            shown: Wire = {"chat": chat.wire, "message_id": message_id, "date": 0}
        else:
            shown = message.wire
        query: Wire = {
            "id": query_id,
            "from": person.wire(),
            "message": shown,
            "chat_instance": str(chat.id * 7_919 + self._box.bot["id"]),
            "data": data,
        }
        return query_id, self._box.updates.push({"callback_query": query})

    async def _answered(self, query_id: str, chat_id: int) -> None:
        """Wait until the bot has answered this tap, but not for ever."""
        deadline = asyncio.get_running_loop().time() + TAP_PATIENCE
        query = self._box.callbacks.get(query_id)
        while query is not None and not query.answered:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self._box.events.change(chat_id, left):
                return

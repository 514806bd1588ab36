"""Everything the sandbox knows: one object, in memory, gone with the process."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from sandbox.calls import Calls
from sandbox.chats import Chat, Message
from sandbox.clock import Clock
from sandbox.errors import ControlError
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.limits import Limits
from sandbox.people import Person, Wire, make_bot
from sandbox.updates import Updates
from sandbox.webhooks import Webhooks

BOT_ID = 42
TOKEN = f"{BOT_ID}:SANDBOX-TOKEN-AAGk3fQ9bW1rX0pLm5nVtYs2U"
DEFAULT_CALLBACK_TTL = 60.0
CALLBACKS_KEPT = 20_000


@dataclass(slots=True)
class CallbackQuery:
    """A tap the bot may still answer."""

    user_id: int
    chat_id: int
    message: Message | None
    asked_at: float
    answered: bool = False


@dataclass(slots=True)
class Profile:
    """What the bot has said about itself: commands by scope and language, menu buttons, names."""

    commands: dict[tuple[str, str], list[Wire]] = field(default_factory=dict)
    menu_buttons: dict[int, Wire] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)


class Sandbox:
    """A messenger with one bot. The same `seed` gives the same ids in the same order of events.

    One that `forgets` refuses and counts as ever, and keeps nothing of what the bot sends: for benchmarks,
    which would measure the messenger's memory otherwise.
    """

    def __init__(
        self,
        clock: Clock,
        token: str = TOKEN,
        username: str = "bonak_sandbox_bot",
        seed: int = 0,
        forgets: bool = False,
    ) -> None:
        self.clock = clock
        self.forgets = forgets
        self.token = token
        self.random = random.Random(seed)
        self.bot = make_bot(int(token.partition(":")[0]), username)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, CallbackQuery] = {}
        self.callback_ttl = DEFAULT_CALLBACK_TTL
        self.events = Events(clock)
        self.calls = Calls(self.events, forgets)
        self.updates = Updates(clock, first_id=self.random.randrange(100_000_000, 900_000_000))
        self.files = Files(self.random)
        self.faults = Faults(self.random)
        self.webhooks = Webhooks(clock, self.updates, self.random, self.faults)
        self.limits = Limits(clock)
        self.profile = Profile()
        # What may be sent again by its file id: the kind, and the wire form of a photo or a document.
        self.media: dict[str, tuple[str, Any]] = {}
        self.pinned: dict[int, int] = {}
        # A real server wants HTTPS; one on the same machine may do without, as in its local mode.
        self.webhooks_on_loopback = True
        self.next_webhook_change = float("-inf")
        # The bot has asked for updates or set a webhook, so what people do will reach it.
        self.ready = False
        self._last_message_ids: dict[int, int] = {}
        clock.listeners.append(self._tell_the_time)

    @property
    def bot_user(self) -> Wire:
        """Return the bot as the sender of a message."""
        return {key: self.bot[key] for key in ("id", "is_bot", "first_name", "username")}

    def add_user(
        self,
        *,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "fa",
        phone: str | None = None,
        id: int | None = None,  # noqa: A002 - the name the control API uses.
        role: str | None = None,
        customer: Any = None,
        started: bool = False,
    ) -> dict[str, Any]:
        """Add somebody, or change them where the id is known already; `started` lets the bot write first."""
        user_id = id if id is not None else self._fresh_user_id()
        person = Person(user_id, first_name, last_name, username, language_code, phone, role, customer)
        self.people[user_id] = person
        chat = self.chat_of(user_id)
        chat.wire = person.chat_wire()
        chat.started = chat.started or started
        if not self.forgets:
            self.events.add("user", user_id, user=self.view_of(person))
        return self.view_of(person)

    def person(self, user_id: int) -> Person:
        try:
            return self.people[user_id]
        except KeyError:
            raise ControlError(f"no user {user_id}", 404) from None

    def view_of(self, person: Person) -> dict[str, Any]:
        chat = self.chats.get(person.id)
        return {
            **person.view(),
            "blocked": bool(chat and chat.left),
            "started": bool(chat and chat.started),
            "deactivated": person.deactivated,
        }

    def chat_of(self, user_id: int) -> Chat:
        """Return the private chat of a person, made when it is first needed."""
        chat = self.chats.get(user_id)
        if chat is None:
            last_id = self._last_message_ids.get(user_id, 0)
            chat = self.chats[user_id] = Chat(self.person(user_id).chat_wire(), last_id)
        return chat

    def group(self, chat_id: int, title: str | None = None) -> Chat:
        """Return a group, made when somebody first speaks in it."""
        if chat_id >= 0:
            raise ControlError("the id of a group is negative")
        chat = self.chats.get(chat_id)
        if chat is None:
            kind = "supergroup" if chat_id < -1_000_000_000_000 else "group"
            wire: Wire = {"id": chat_id, "title": title or f"Group {-chat_id}", "type": kind}
            chat = self.chats[chat_id] = Chat(wire, self._last_message_ids.get(chat_id, 0))
            chat.started = True
        return chat

    def add_message(
        self, chat: Chat, fields: Wire, sender: Wire | None = None, keyboard: Wire | None = None
    ) -> Message:
        """Put a message into a chat and tell everybody who watches; `sender` is the bot when absent."""
        wire: Wire = {
            "message_id": chat.next_id(),
            "from": sender if sender is not None else self.bot_user,
            "chat": chat.wire,
            "date": int(self.clock.seconds()),
            **fields,
        }
        message = Message(wire, from_bot=sender is None, keyboard=keyboard)
        if self.forgets and sender is None:
            return message
        chat.messages[chat.last_id] = message
        self._last_message_ids[chat.id] = chat.last_id
        if keyboard is not None:
            chat.keyboard = None if keyboard.get("remove") else keyboard
        self.events.add("message", chat.id, message=message.view())
        return message

    def change_message(self, chat: Chat, message: Message, wire: Wire) -> None:
        wire["edit_date"] = int(self.clock.seconds())
        message.wire = wire
        message.edited = True
        self.events.add("edited", chat.id, message=message.view())

    def delete_message(self, chat: Chat, message: Message) -> None:
        message.deleted = True
        self.events.add("deleted", chat.id, message_id=message.id)

    def new_callback_query(self, user_id: int, chat_id: int, message: Message | None) -> str:
        query_id = str(self.random.randrange(10**17, 9 * 10**18))
        if len(self.callbacks) >= CALLBACKS_KEPT:
            del self.callbacks[next(iter(self.callbacks))]
        self.callbacks[query_id] = CallbackQuery(user_id, chat_id, message, self.clock.seconds())
        return query_id

    def reset(self) -> None:
        """Forget users, chats, calls, files and faults. Update and message ids go on growing."""
        self.people.clear()
        self.chats.clear()
        self.callbacks.clear()
        self.calls.clear()
        self.events.clear()
        self.faults.clear()
        self.files.clear()
        self.media.clear()
        self.pinned.clear()
        self.limits.set({})
        self.callback_ttl = DEFAULT_CALLBACK_TTL
        self.updates.clear()
        self.webhooks.drop_pending()
        self.events.add("reset")

    def _fresh_user_id(self) -> int:
        # Above 2**32 on purpose: a bot that keeps ids in 32 bits must fail here and not in the field.
        while (user_id := self.random.randrange(5_000_000_000, 7_900_000_000)) in self.people:
            continue
        return user_id

    def _tell_the_time(self) -> None:
        self.events.add("clock", now=self.clock.now().isoformat(), rate=self.clock.current_rate)

"""Who is there, and what they do."""

from __future__ import annotations

from typing import Any

from sandbox import uploads
from sandbox.actions import Actions
from sandbox.control.call import Call, Routes
from sandbox.control.reactions import with_reaction
from sandbox.people import Wire
from sandbox.state import Sandbox

FIELDS = (
    "id",
    "first_name",
    "last_name",
    "username",
    "language_code",
    "phone",
    "role",
    "customer",
    "started",
)


class People:
    def __init__(self, box: Sandbox) -> None:
        self._box = box
        self._actions = Actions(box)

    def routes(self) -> Routes:
        return {
            ("GET", "users"): self._users,
            ("POST", "users"): self._add_user,
            ("POST", "deactivate"): self._deactivate,
            ("POST", "message"): self._message,
            ("POST", "tap"): self._tap,
            ("POST", "press"): self._press,
            ("POST", "contact"): self._contact,
            ("POST", "location"): self._location,
            ("POST", "photo"): self._upload,
            ("POST", "document"): self._upload,
            ("POST", "voice"): self._upload,
            ("POST", "edit"): self._edit,
            ("POST", "block"): self._block,
            ("POST", "unblock"): self._unblock,
        }

    async def _users(self, _: Call) -> list[Wire]:
        return [self._box.view_of(person) for person in self._box.people.values()]

    async def _add_user(self, call: Call) -> Wire:
        wish = await call.body()
        return self._box.add_user(**{key: wish[key] for key in FIELDS if key in wish})

    async def _deactivate(self, call: Call) -> Wire:
        """Delete somebody's account, as far as the bot can tell."""
        person = self._box.person((await call.body())["user_id"])
        person.deactivated = True
        view = self._box.view_of(person)
        self._box.events.add("user", person.id, user=view)
        return view

    async def _message(self, call: Call) -> Wire:
        wish = await call.body()
        reply_to, chat_id = wish.get("reply_to_message_id"), wish.get("chat_id")
        done = self._actions.write(wish["user_id"], str(wish["text"]), reply_to, chat_id)
        return await self._done(wish, done)

    async def _tap(self, call: Call) -> Wire:
        wish = await call.body()
        return await self._done(wish, await self._actions.tap(wish))

    async def _press(self, call: Call) -> Wire:
        wish = await call.body()
        return await self._done(wish, self._actions.press(wish["user_id"], wish["label"]))

    async def _contact(self, call: Call) -> Wire:
        wish = await call.body()
        phone, own = str(wish.get("phone_number") or ""), bool(wish.get("own", True))
        name: Any = wish.get("first_name")
        done = self._actions.share_contact(wish["user_id"], phone, own=own, first_name=name)
        return await self._done(wish, done)

    async def _location(self, call: Call) -> Wire:
        wish = await call.body()
        forwarded = bool(wish.get("forwarded"))
        done = self._actions.share_location(wish["user_id"], wish, forwarded=forwarded)
        return await self._done(wish, done)

    async def _upload(self, call: Call) -> Wire:
        kind = call.request.path.rpartition("/")[2]
        user_id, content = await uploads.read(self._box, call.request, kind)
        return self._actions.say(user_id, content)

    async def _edit(self, call: Call) -> Wire:
        wish = await call.body()
        done = self._actions.edit(wish["user_id"], wish["message_id"], str(wish["text"]))
        return await self._done(wish, done)

    async def _block(self, call: Call) -> Wire:
        wish = await call.body()
        return self._actions.block(wish["user_id"], blocked=True, chat_id=wish.get("chat_id"))

    async def _unblock(self, call: Call) -> Wire:
        wish = await call.body()
        return self._actions.block(wish["user_id"], blocked=False, chat_id=wish.get("chat_id"))

    async def _done(self, wish: Wire, done: Wire) -> Wire:
        chat_id = wish.get("chat_id") or wish["user_id"]
        return await with_reaction(self._box.events, wish, done, chat_id)

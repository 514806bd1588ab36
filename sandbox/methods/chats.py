"""What the bot may ask about a chat and its members."""

from __future__ import annotations

from sandbox.errors import bad_request
from sandbox.methods.register import method
from sandbox.methods.target import find_chat, message_named, open_chat, without_reply
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox

ACCENT_COLORS = 7
MOST_REACTIONS = 11
GROUP_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@method("getChat")
def get_chat(box: Sandbox, params: Params) -> Wire:
    chat = find_chat(box, params)
    if chat.private and not chat.started:
        raise bad_request("chat not found")
    pinned = chat.standing(box.pinned.get(chat.id, 0))
    return {
        **chat.wire,
        "accent_color_id": abs(chat.id) % ACCENT_COLORS,
        "max_reaction_count": MOST_REACTIONS,
        "accepted_gift_types": dict(GROUP_GIFTS),
        **({"pinned_message": without_reply(pinned.wire)} if pinned is not None else {}),
    }


@method("getChatMember")
def get_chat_member(box: Sandbox, params: Params) -> Wire:
    chat, user_id = find_chat(box, params), params.integer("user_id")
    if user_id == box.bot["id"]:
        status = "kicked" if chat.left else "member"
        return {"user": box.bot_user, "status": status, **({"until_date": 0} if chat.left else {})}
    person = box.people.get(user_id)
    if person is None or (chat.private and user_id != chat.id):
        raise bad_request("invalid user_id specified" if user_id <= 0 else "user not found")
    return {"user": person.wire(), "status": "member"}


@method("pinChatMessage")
def pin_chat_message(box: Sandbox, params: Params) -> bool:
    chat = open_chat(box, params)
    box.pinned[chat.id] = message_named(chat, params, "message to pin not found").id
    return True


@method("unpinChatMessage")
def unpin_chat_message(box: Sandbox, params: Params) -> bool:
    box.pinned.pop(open_chat(box, params).id, None)
    return True

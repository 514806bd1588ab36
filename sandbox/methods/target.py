"""Finding the chat and the message a call is about."""

from __future__ import annotations

from sandbox.chats import Chat, Message
from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox


def find_chat(box: Sandbox, params: Params, name: str = "chat_id") -> Chat:
    """Return the chat a call names, whether or not the bot may write there."""
    wanted = params.text(name).strip()
    if not wanted:
        raise bad_request(f"{name} is empty")
    chat = _chat_named(box, wanted)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def _chat_named(box: Sandbox, wanted: str) -> Chat | None:
    if wanted.startswith("@"):
        name = wanted[1:].lower()
        return next(
            (chat for chat in box.chats.values() if str(chat.wire.get("username", "")).lower() == name), None
        )
    try:
        return box.chats.get(int(wanted))
    except ValueError:
        return None


def open_chat(box: Sandbox, params: Params) -> Chat:
    """Return the chat to write into, or refuse as the messenger does."""
    chat = find_chat(box, params)
    refusal = _closed(box, chat)
    if refusal is not None:
        raise refusal
    return chat


def _closed(box: Sandbox, chat: Chat) -> ApiError | None:
    if not chat.private:
        kind = "supergroup" if chat.wire["type"] == "supergroup" else "group"
        return forbidden(f"bot was kicked from the {kind} chat") if chat.left else None
    person = box.people.get(chat.id)
    if person is not None and person.deactivated:
        return forbidden("user is deactivated")
    if chat.left:
        return forbidden("bot was blocked by the user")
    if not chat.started:
        met = person is not None and person.met
        return (
            forbidden("bot can't initiate conversation with a user") if met else bad_request("chat not found")
        )
    return None


def reply_fields(chat: Chat, params: Params) -> Wire:
    """Return `reply_to_message` for what answers another message, nothing otherwise."""
    wanted, lenient = params.integer("reply_to_message_id"), params.flag("allow_sending_without_reply")
    if "reply_parameters" in params:
        given = params.json("reply_parameters", "can't parse reply parameters JSON object")
        if isinstance(given, dict):
            wanted = int(given.get("message_id") or 0)
            lenient = bool(given.get("allow_sending_without_reply"))
    if not wanted:
        return {}
    replied = chat.standing(wanted)
    if replied is None:
        if lenient:
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": without_reply(replied.wire)}


def without_reply(wire: Wire) -> Wire:
    """Return a message as it is shown inside another one: one level deep."""
    return {key: value for key, value in wire.items() if key != "reply_to_message"}


def message_named(chat: Chat, params: Params, refusal: str) -> Message:
    """Return the standing message of `message_id`, or refuse with `refusal`."""
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.standing(message_id)
    if message is None:
        raise bad_request(refusal)
    return message


def common_fields(params: Params) -> Wire:
    """Return what any sent message may carry besides its content."""
    fields: Wire = {}
    if params.flag("protect_content"):
        fields["has_protected_content"] = True
    if effect := params.text("message_effect_id"):
        fields["effect_id"] = effect
    return fields

"""Waiting, in the request of an action itself, until the bot has reacted to it.

One request for each step of a person instead of two or three: whoever plays hundreds of people at once
needs it.
"""

from __future__ import annotations

from sandbox.events import Event, Events
from sandbox.people import Wire

LONGEST_WAIT = 60.0
# What changes the screen of the person; the rest is for those who watch the bot.
SHOWN = frozenset({"message", "edited", "deleted", "toast"})


async def with_reaction(events: Events, wish: Wire, done: Wire, chat_id: int) -> Wire:
    """Add to what an action answers, where `wait_s` asks for it: `reacted`, `events` and `until`.

    A tap has been reacted to when it was answered, anything else when the bot wrote or edited a message.
    `events` are those of the chat after `since` (the action itself when absent) up to `until`.
    """
    if not wish.get("wait_s"):
        return done
    timeout = min(float(wish["wait_s"]), LONGEST_WAIT)
    unanswered = set(done.get("callback_query_ids", ()))

    def is_reaction(event: Event) -> bool:
        if unanswered:
            unanswered.discard(_answered_by(event))
            return not unanswered
        return event["kind"] in ("message", "edited") and bool(event["message"]["from_bot"])

    reacted = await events.wait_for(chat_id, done["seq"], timeout, is_reaction)
    asked = wish.get("since")
    since = int(asked) if asked is not None else int(done["seq"])
    shown = [event for event in events.since(since, chat_id) if event["kind"] in SHOWN]
    return {**done, "reacted": reacted, "events": shown, "until": events.seq}


def _answered_by(event: Event) -> str:
    """Return the id of the tap that a call answers, nothing for any other event."""
    if event["kind"] != "call" or event["call"]["method"] != "answerCallbackQuery":
        return ""
    return str(event["call"]["params"].get("callback_query_id"))

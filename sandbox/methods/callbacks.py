"""Answering taps and other queries."""

from __future__ import annotations

from sandbox.errors import bad_request
from sandbox.methods.register import method
from sandbox.params import Params
from sandbox.state import Sandbox

ANSWER_LIMIT = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("answerCallbackQuery")
def answer_callback_query(box: Sandbox, params: Params) -> bool:
    """Answer a tap. Only the first answer is shown: the app no longer waits for a second one."""
    query_id = params.text("callback_query_id")
    query = box.callbacks.get(query_id)
    text = params.text("text")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if query is None or box.clock.seconds() - query.asked_at > box.callback_ttl:
        raise bad_request(TOO_OLD)
    if query.answered:
        return True
    query.answered = True
    if text:
        alert = params.flag("show_alert")
        message_id = None
        if query.message is not None:
            query.message.toasts.append({"text": text, "alert": alert})
            message_id = query.message.id
        box.events.add(
            "toast", query.chat_id, text=text, alert=alert, callback_query_id=query_id, message_id=message_id
        )
    return True

"""The parameters each method knows, so that the log can point at those nobody reads."""

from __future__ import annotations

from typing import Any

_SEND = (
    "business_connection_id chat_id message_thread_id direct_messages_topic_id disable_notification "
    "protect_content allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters "
    "reply_markup reply_to_message_id allow_sending_without_reply"
)
_CAPTION = "caption parse_mode caption_entities show_caption_above_media"
_EDIT = "business_connection_id chat_id message_id inline_message_id reply_markup"

_KNOWN = {
    "getme": "",
    "logout": "",
    "close": "",
    "getwebhookinfo": "",
    "getupdates": "offset limit timeout allowed_updates",
    "setwebhook": "url certificate ip_address max_connections allowed_updates drop_pending_updates "
    "secret_token",
    "deletewebhook": "drop_pending_updates",
    "sendmessage": f"{_SEND} text parse_mode entities link_preview_options disable_web_page_preview",
    "sendphoto": f"{_SEND} {_CAPTION} photo has_spoiler",
    "senddocument": f"{_SEND} {_CAPTION} document thumbnail disable_content_type_detection",
    "sendmediagroup": f"{_SEND} media",
    "sendlocation": f"{_SEND} latitude longitude horizontal_accuracy live_period heading "
    "proximity_alert_radius",
    "sendvenue": f"{_SEND} latitude longitude title address foursquare_id foursquare_type google_place_id "
    "google_place_type",
    "sendcontact": f"{_SEND} phone_number first_name last_name vcard",
    "sendchataction": "business_connection_id chat_id message_thread_id action",
    "editmessagetext": f"{_EDIT} text parse_mode entities link_preview_options disable_web_page_preview",
    "editmessagecaption": f"{_EDIT} {_CAPTION}",
    "editmessagemedia": f"{_EDIT} media",
    "editmessagereplymarkup": _EDIT,
    "deletemessage": "chat_id message_id",
    "deletemessages": "chat_id message_ids",
    "copymessage": f"{_SEND} {_CAPTION} from_chat_id message_id video_start_timestamp",
    "forwardmessage": f"{_SEND} from_chat_id message_id video_start_timestamp",
    "answercallbackquery": "callback_query_id text show_alert url cache_time",
    "getfile": "file_id",
    "setmycommands": "commands scope language_code",
    "getmycommands": "scope language_code",
    "deletemycommands": "scope language_code",
    "setchatmenubutton": "chat_id menu_button",
    "getchatmenubutton": "chat_id",
    "getchat": "chat_id",
    "getchatmember": "chat_id user_id",
    "pinchatmessage": "business_connection_id chat_id message_id disable_notification",
    "unpinchatmessage": "business_connection_id chat_id message_id",
}
KNOWN = {method: frozenset(names.split()) for method, names in _KNOWN.items()}


def unknown_params(method: str, values: dict[str, Any]) -> list[str]:
    """Return the parameters of a call that its method does not have; none for methods not listed."""
    known = KNOWN.get(method.lower())
    if known is None or known.issuperset(values):
        return []
    return sorted(set(values) - known)

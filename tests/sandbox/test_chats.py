from __future__ import annotations

from sandbox.chats import Chat, Message


def test_a_button_is_found_by_what_one_sees_of_its_label() -> None:
    chat = Chat({"id": 1, "type": "private"})
    button = {"text": "\u2068روشن SPF50\u2069", "callback_data": "wrp:1"}
    wire = {"message_id": 1, "reply_markup": {"inline_keyboard": [[button]]}}
    chat.messages[1] = Message(wire, from_bot=True)
    for label in ("روشن SPF50", "\u2068روشن SPF50\u2069"):
        found = chat.find_button(label, None)
        assert found is not None
        assert found[1] == button
    assert chat.find_button("تیره SPF50", None) is None

"""Locations, venues, contacts, and the sign that the bot is typing."""

from __future__ import annotations

from sandbox.errors import bad_request
from sandbox.methods.messages import send
from sandbox.methods.register import method
from sandbox.methods.target import open_chat
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("sendLocation")
def send_location(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    return send(box, chat, params, {"location": location_of(params)})


def location_of(params: Params) -> Wire:
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None:
        raise bad_request("latitude is empty")
    if longitude is None:
        raise bad_request("longitude is empty")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong location specified")
    location: Wire = {"latitude": latitude, "longitude": longitude}
    accuracy = params.number("horizontal_accuracy")
    if accuracy:
        location["horizontal_accuracy"] = accuracy
    for name in ("live_period", "heading", "proximity_alert_radius"):
        if value := params.integer(name):
            location[name] = value
    return location


@method("sendVenue")
def send_venue(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    location = location_of(params)
    title, address = params.text("title"), params.text("address")
    if not title:
        raise bad_request("venue title must be non-empty")
    if not address:
        raise bad_request("venue address must be non-empty")
    venue = {"location": location, "title": title, "address": address}
    return send(box, chat, params, {"venue": venue, "location": location})


@method("sendContact")
def send_contact(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    contact = {name: params.text(name) for name in ("phone_number", "first_name")}
    if not contact["phone_number"]:
        raise bad_request("phone_number is empty")
    if not contact["first_name"]:
        raise bad_request("first_name is empty")
    for name in ("last_name", "vcard"):
        if value := params.text(name):
            contact[name] = value
    return send(box, chat, params, {"contact": contact})


@method("sendChatAction")
def send_chat_action(box: Sandbox, params: Params) -> bool:
    chat = open_chat(box, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    box.events.add("chat_action", chat.id, action=action)
    return True

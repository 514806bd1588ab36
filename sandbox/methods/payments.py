"""Invoices and the last question before a payment."""

from __future__ import annotations

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.callbacks import TOO_OLD
from sandbox.methods.messages import send
from sandbox.methods.register import method
from sandbox.methods.target import open_chat
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox

CURRENCY_LETTERS = 3


@method("sendInvoice")
def send_invoice(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    for name in ("title", "description", "payload"):
        if not params.text(name):
            raise bad_request(f"invoice {name} must be non-empty")
    if len(params.text("currency")) != CURRENCY_LETTERS:
        raise bad_request("CURRENCY_INVALID")
    prices: Any = params.json("prices", "can't parse prices JSON object")
    if not isinstance(prices, list) or not prices:
        raise bad_request("there must be at least one price")
    invoice = {
        "title": params.text("title"),
        "description": params.text("description"),
        "start_parameter": params.text("start_parameter"),
        "currency": params.text("currency"),
        "total_amount": sum(int(price["amount"]) for price in prices),
    }
    return send(box, chat, params, {"invoice": invoice})


@method("answerPreCheckoutQuery")
def answer_pre_checkout_query(box: Sandbox, params: Params) -> bool:
    """Answer a question that came by `/sim/update`; each can be answered once."""
    return _answer(box, params, "pre_checkout_query_id", "pre_checkout_query")


@method("answerInlineQuery")
def answer_inline_query(box: Sandbox, params: Params) -> bool:
    if not isinstance(params.json("results", "can't parse inline query results JSON object"), list):
        raise bad_request("results must be an Array")
    return _answer(box, params, "inline_query_id", "inline_query")


def _answer(box: Sandbox, params: Params, name: str, kind: str) -> bool:
    if not box.updates.take_query(kind, params.text(name)):
        raise bad_request(TOO_OLD)
    return True

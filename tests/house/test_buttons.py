"""Buttons live in people's chats for years. These tests keep the old ones working."""

from collections import Counter
from enum import Enum

import pytest
from aiogram.filters.callback_data import CallbackData
from pydantic import ValidationError

from screens.callbacks import all_callbacks
from screens.callbacks.base import MOST_BYTES

FROZEN: dict[str, tuple[str, ...]] = {
    "acc": (),
    "again": ("inbox_id",),
    "again.fill": ("order_id",),
    "again.fix": ("product_id", "choice", "other_id"),
    "again.last": (),
    "again.old": ("page",),
    "again.over": ("order_id", "version"),
    "again.see": ("order_id",),
    "ap": ("page",),
    "ap.fin": ("order_id",),
    "ap.lines": ("order_id", "page"),
    "ap.meant": (),
    "ap.no": ("order_id",),
    "ap.no?": ("order_id",),
    "ap.o": ("order_id",),
    "ap.over": ("order_id", "seen"),
    "ap.pre": ("order_id", "seen"),
    "ap.say": ("order_id",),
    "ap.yes": ("order_id", "seen"),
    "b": (),
    "b.add": ("product_id", "quantity"),
    "b.ask": ("product_id",),
    "b.asks": ("product_id",),
    "b.clear": (),
    "b.day": (),
    "b.edit": ("page",),
    "b.empty": ("order_id", "version"),
    "b.gift": ("product_id", "wish", "other_id"),
    "b.line": ("product_id",),
    "b.mix": (),
    "b.nonote": (),
    "b.note": (),
    "b.on": ("day",),
    "b.outlet": ("outlet_id",),
    "b.outlets": ("page",),
    "b.part": ("product_id", "now", "later"),
    "b.pay": (),
    "b.pick": ("promotion_id", "product_id", "units"),
    "b.set": ("product_id", "quantity"),
    "b.term": ("term_id",),
    "b.unpick": ("promotion_id",),
    "books": ("customer_id",),
    "centre": ("customer_id",),
    "centres": (),
    "cr.ask": ("order_id", "version", "nonce"),
    "cr.book": ("order", "page"),
    "cr.cash": ("order_id", "version"),
    "cr.co": (),
    "cr.co.lim": (),
    "cr.cut": ("page",),
    "cr.file": ("order",),
    "cr.find": (),
    "cr.free": ("hold_id",),
    "cr.gr.lim": ("group_id",),
    "cr.how": (),
    "cr.inh": ("customer_id",),
    "cr.less": ("product_id", "quantity", "page"),
    "cr.lim": ("customer_id", "part"),
    "cr.meant": (),
    "cr.of": ("customer_id",),
    "cr.rule": ("rule",),
    "cr.split": ("order_id", "version"),
    "cr.stop": ("customer_id",),
    "deal": ("promotion_id", "page"),
    "deal.of": ("promotion_id", "product_id", "page"),
    "deals": ("page",),
    "disp": ("customer_id", "from_day", "until_day", "page"),
    "disp.else": (),
    "disp.list": ("page",),
    "disp.one": ("dispute_id",),
    "disp.pic": ("dispute_id",),
    "disp.row": ("voucher", "voucher_id"),
    "disp.say": ("dispute_id",),
    "f.q": (),
    "f.q.agree": ("cheque_id", "version"),
    "f.q.all": ("cheque_id",),
    "f.q.back": ("cheque_id", "reason", "version"),
    "f.q.back?": ("cheque_id",),
    "f.q.col": ("cheque_id", "colour", "version"),
    "f.q.col?": ("cheque_id",),
    "f.q.find": (),
    "f.q.for": ("cheque_id", "invoice_id", "version"),
    "f.q.in": ("part", "page"),
    "f.q.no?": ("cheque_id", "version"),
    "f.q.one": ("cheque_id",),
    "f.q.paid": ("cheque_id", "by", "version"),
    "f.q.pic": ("cheque_id",),
    "f.q.ras": (),
    "f.q.rule": (),
    "f.q.rule?": ("colour",),
    "f.q.rules": ("colour", "decision"),
    "f.q.sayad": ("cheque_id", "to", "version"),
    "f.q.take": ("cheque_id", "version"),
    "f.q.take?": ("cheque_id",),
    "f.q.tell": ("cheque_id", "detail", "version"),
    "f.q.to": ("cheque_id", "to", "version"),
    "f.q.undo?": ("cheque_id", "version"),
    "firm": (),
    "firm.ask": ("part",),
    "firm.none": ("part",),
    "h": ("page",),
    "h.of": ("span", "page"),
    "home": (),
    "inv": ("invoice_id",),
    "inv.by": ("invoice_id",),
    "inv.file": ("invoice_id", "form"),
    "inv.open": ("customer_id", "page"),
    "led": ("customer_id",),
    "led.file": ("customer_id", "from_day", "until_day", "form"),
    "led.of": ("customer_id", "from_day", "until_day", "page"),
    "led.span": ("customer_id",),
    "o": ("order_id",),
    "o.cancel": ("order_id", "version"),
    "o.cancel?": ("order_id",),
    "o.edit": ("order_id",),
    "o.file": ("order_id", "form"),
    "o.keep": ("order_id",),
    "o.lines": ("order_id", "page"),
    "o.was": ("order_id", "verdict"),
    "o.way": (),
    "place": ("order_id", "version", "nonce"),
    "pr": ("page",),
    "pr.all": (),
    "pr.any": (),
    "pr.ask": ("part",),
    "pr.day": ("day",),
    "pr.end?": ("promotion_id",),
    "pr.ever": (),
    "pr.fix": ("promotion_id", "part"),
    "pr.free": (),
    "pr.group": ("group_id",),
    "pr.kind": ("kind",),
    "pr.lim": ("limit",),
    "pr.lims": (),
    "pr.new": (),
    "pr.no": (),
    "pr.nolim": ("limit",),
    "pr.on": ("sort", "id"),
    "pr.one": ("promotion_id",),
    "pr.sort": ("kind",),
    "pr.these": (),
    "pr.to": ("promotion_id", "move", "version"),
    "pr.who": ("customer_id",),
    "pr.yes": (),
    "product": ("product_id",),
    "product.alert": ("product_id", "quantity"),
    "product.alike": ("product_id", "page"),
    "q": (),
    "q.bell": ("on",),
    "q.fix": (),
    "q.meant": (),
    "q.new": (),
    "q.one": ("cheque_id",),
    "q.ready": ("cheque_id", "answer"),
    "q.yes": (),
    "r": ("receipt_id",),
    "r.all": ("invoice_id",),
    "r.amt": (),
    "r.amt?": ("receipt_id", "version"),
    "r.day": ("day",),
    "r.day?": (),
    "r.inv": ("receipt_id", "version", "invoice_id"),
    "r.inv?": ("receipt_id", "version"),
    "r.list": ("page",),
    "r.new": (),
    "r.no": ("receipt_id", "version", "reason"),
    "r.no?": ("receipt_id", "version"),
    "r.of": ("invoice_id",),
    "r.ok": ("receipt_id", "version"),
    "r.old": ("receipt_id", "version"),
    "r.pic": ("receipt_id",),
    "r.yes": (),
    "reg.kind": ("kind",),
    "reg.other": (),
    "reg.skip": (),
    "reg.on": (),
    "reg.anew": (),
    "reg.yes": ("contact_id",),
    "req": ("request_id",),
    "req.all": (),
    "req.ask": ("request_id",),
    "req.no": ("request_id",),
    "req.no?": ("request_id",),
    "req.ok": ("request_id",),
    "req.pic": ("request_id",),
    "rt": ("invoice_id", "page"),
    "rt.n": ("invoice_id", "position", "units"),
    "rt.n?": ("invoice_id", "position"),
    "rt.ok": ("invoice_id", "position", "units", "cause", "version"),
    "rt.see": ("invoice_id", "position", "units", "cause"),
    "search": (),
    "search.at": ("search_id", "page"),
    "search.one": ("search_id", "product_id", "page"),
    "search.page": ("page",),
    "set": (),
    "set.cat": ("category_id", "on", "page"),
    "set.cats": ("page",),
    "set.hour": ("first", "last", "on"),
    "set.hours": (),
    "set.msg": ("topic", "on"),
    "shop": (),
    "shop.all": ("page",),
    "shop.brand": ("category_id", "brand_id", "page"),
    "shop.brands": ("category_id", "page"),
    "shop.cat": ("category_id", "page"),
    "shop.deals": ("page",),
    "shop.usual": ("page",),
    "support": (),
    "support.answer": ("message_id",),
    "support.pic": ("message_id",),
    "task.done": ("task_id", "page"),
    "tasks": ("page",),
    "team": (),
    "team.set": ("contact_id", "right", "on"),
    "terms": ("customer_id",),
    "terms.add": ("customer_id", "kind", "days"),
    "terms.all": ("customer_id",),
    "terms.ask": ("customer_id",),
    "terms.cut": ("customer_id", "term_id"),
    "w": ("page",),
    "w.o": ("order_id",),
    "w.step": ("order_id", "step", "version"),
}
"""Every button that was ever sent, with its fields. A line here is never changed and never taken out."""

LARGEST = {"version": 2**31 - 1, "nonce": "A" * 22, "day": 799_999, "from_day": 799_999, "until_day": 799_999}
SMALL = {"page", "quantity", "now", "later", "on", "first", "last", "days", "units", "position"}
"""Small numbers; everything else that is a number is the id of a row."""


def largest(button: type[CallbackData]) -> CallbackData:
    """The button with the longest values that its fields take."""
    values: dict[str, object] = {}
    for name, field in button.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Enum):
            values[name] = max(kind, key=lambda each: len(str(each.value)))
        elif name in LARGEST:
            values[name] = LARGEST[name]
        else:
            values[name] = 99_999 if name in SMALL else 2**63 - 1
    return button(**values)


def test_a_prefix_never_changes_its_fields() -> None:
    now = {button.__prefix__: tuple(button.model_fields) for button in all_callbacks()}
    assert now == FROZEN


def test_no_two_buttons_share_a_prefix() -> None:
    assert [p for p, times in Counter(b.__prefix__ for b in all_callbacks()).items() if times > 1] == []


@pytest.mark.parametrize("button", all_callbacks(), ids=lambda each: each.__prefix__)
def test_the_longest_button_fits_and_comes_back_as_it_was(button: type[CallbackData]) -> None:
    sent = largest(button)
    assert len(sent.pack().encode()) <= MOST_BYTES
    assert button.unpack(sent.pack()) == sent


@pytest.mark.parametrize(
    "forged", ["-1", "+5", " 7 ", "1_000", "1.0", "9" * 55, "1e9", "nan", "٣", "0x1", "01"]
)
@pytest.mark.parametrize("button", [b for b in all_callbacks() if b.model_fields], ids=lambda b: b.__prefix__)
def test_a_number_that_we_never_sent_is_no_button(button: type[CallbackData], forged: str) -> None:
    fields = largest(button).pack().split(":")
    with pytest.raises(ValidationError):
        button.unpack(":".join((fields[0], forged, *fields[2:])))

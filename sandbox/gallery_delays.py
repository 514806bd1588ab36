"""Examples of an order that is late: the warehouse's questions, and the customer's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from domain.delays import DelayReason, DelayWord, RouteDay
from sandbox.gallery_ledger import STATEMENT
from sandbox.gallery_types import Example
from sandbox.gallery_values import MONDAY, PLACED
from screens import delays, ledger

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
WORD = DelayWord(reason=DelayReason.VEHICLE, deliver_on=TUESDAY, from_hour=9, until_hour=12)
TODAY = {"delay_id": 3, **delays.word_facts(40_521, MONDAY, MONDAY, WORD)}
_DESK = {"number": 40_521, "customer": "داروخانه دکتر رضایی", "deliver_on": WEDNESDAY.isoformat()}
FACTS: Mapping[str, Mapping[str, object]] = {
    "order_delayed": TODAY,
    "order_other_day": {**_DESK, "status": "loaded"},
    "order_cancelled_late": {**_DESK, "status": "loaded"},
}
ROUTES = (
    RouteDay(route_id=1, name="غرب ۳", day=MONDAY, count=12),
    RouteDay(route_id=2, name="شمال ۱", day=TUESDAY, count=7),
)


def late_orders() -> Iterator[Example]:
    yield "delays.routes", lambda _: delays.routes(ROUTES, _)
    yield "delays.routes: nothing", lambda _: delays.routes((), _)
    yield "delays.reason_question", lambda _: delays.reason_question((40_521,), MONDAY, _)
    yield "delays.reason_question: a route", lambda _: delays.reason_question((40_521, 40_522), MONDAY, _)
    yield "delays.day_question", lambda _: delays.day_question((WEDNESDAY,), _)
    yield "delays.day_question: all", lambda _: delays.day_question((TUESDAY, WEDNESDAY), _, are_all=True)
    yield "delays.hours_question", lambda _: delays.hours_question((10, 13), _)
    yield "delays.preview", lambda _: delays.preview(delays.delay_words(TODAY, _), 1, _)
    before = {**TODAY, "days_ago": -1, "reason": "تعمیر پل"}
    yield "delays.preview: a route", lambda _: delays.preview(delays.delay_words(before, _), 12, _)
    after = {**TODAY, "days_ago": 1, "reason": DelayReason.WEATHER}
    yield "delays.preview: after it", lambda _: delays.preview(delays.delay_words(after, _), 1, _)
    yield "delays.told_late", lambda _: delays.told_late((40_521,), _)
    yield "delays.told_late: a route", lambda _: delays.told_late((40_521, 40_522), _)
    yield "delays.thanks", lambda _: delays.thanks(7, _)
    yield "delays.other_day_question", lambda _: delays.other_day_question(3, PLACED, (TUESDAY, WEDNESDAY), _)
    yield "delays.day_chosen", lambda _: delays.day_chosen(replace(PLACED, deliver_on=WEDNESDAY), _)
    yield "delays.cancel_question", lambda _: delays.cancel_question(3, PLACED, _)
    yield (
        "ledger.statement_of_buyer",
        lambda _: ledger.statement_of_buyer(STATEMENT, 7, 40_537, _),
    )
    yield "delays.cancelled", lambda _: delays.cancelled(PLACED, _)

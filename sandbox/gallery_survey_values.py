"""What the gallery says of deliveries: a survey, its ticket, and a month of answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.customers import CustomerKind
from domain.nps_report import Loop, NpsAnswer, NpsComment, NpsPart, NpsPoint, NpsReport, NpsSpan, span_of
from domain.staff import Role, Staff
from domain.surveys import Nps, Survey, SurveyReason, SurveyState
from domain.tickets import EarlierAnswer, Ticket, TicketHistory, TicketNote, TicketState
from sandbox.gallery_values import MONDAY, NOW

DELIVERED_AT = NOW + timedelta(days=2, hours=10, minutes=30)
ASKED_AT = DELIVERED_AT + timedelta(days=1)
TUESDAY = MONDAY + timedelta(days=1)
OUTCOME = "۲ شامپوی آسیب‌دیده بستانکار شد و به انبار گفتیم شیشه‌ها را جدا بسته‌بندی کنند"
SURVEY = Survey(
    id=9,
    order_id=3,
    order_number=40_521,
    customer_id=1,
    customer_name="داروخانه دکتر رضایی",
    contact_id=1,
    contact_name="آقای دکتر رضایی",
    state=SurveyState.ANSWERED,
    delivered_at=DELIVERED_AT,
    due_at=ASKED_AT,
    score=4,
)
TICKET = Ticket(
    id=7,
    number=1_187,
    customer_id=1,
    customer_name="داروخانه دکتر رضایی",
    contact_id=1,
    contact_name="آقای دکتر رضایی",
    mobile="09000001009",
    order_id=3,
    order_number=40_521,
    survey_id=9,
    score=4,
    subject="damaged",
    owner_id=9,
    owner_name="خانم صادقی",
    due_at=ASKED_AT + timedelta(days=2),
    created_at=ASKED_AT,
)
BUSY = replace(TICKET, text="دو تا شیشه شکسته بود", photo_id=1, is_urgent=True)
UNSAID = replace(TICKET, id=8, number=1_188, subject="unsaid", customer_name="زنجیره‌ای پارسا", owner_name="")
LATE = ASKED_AT + timedelta(days=3)
PEOPLE = (
    Staff(id=1, name="مهندس کریمی", role=Role.MANAGER),
    Staff(id=2, name="سمیه رستگار", role=Role.FINANCE),
)
MONTH = span_of(NpsSpan.MONTH, TUESDAY)
REPORT = NpsReport(
    span=NpsSpan.MONTH,
    back=0,
    part=NpsPart.ROUTE,
    period=MONTH,
    all=Nps(promoters=22, passives=10, detractors=8),
    by_customer=Nps(promoters=16, passives=8, detractors=6),
    asked=112,
    loop=Loop(tickets=8, closed=6, in_time=5, glad=4),
    reasons={SurveyReason.DAMAGED: 5, SurveyReason.LATE: 2},
    groups=(
        ("غرب ۳", Nps(promoters=9, passives=2, detractors=1)),
        ("شرق ۱", Nps(promoters=1, passives=1, detractors=4)),
        (None, Nps(promoters=2, passives=1)),
    ),
)
NOTHING = replace(REPORT, back=1, all=Nps(promoters=3), by_customer=Nps(promoters=2), loop=Loop(), reasons={})
COMMENT = NpsComment(
    customer_name="سالن زیبایی نگین",
    order_number=40_488,
    score=6,
    reason=SurveyReason.PRICE,
    words="قیمت رنگ‌ها از بازار بالاتر بود",
    at=ASKED_AT,
)
ANSWER = NpsAnswer(
    customer_name=COMMENT.customer_name,
    contact_name="نگین مرادی",
    order_number=COMMENT.order_number,
    kind=CustomerKind.SALON,
    route="غرب ۳",
    visitor="علی محمدی",
    score=COMMENT.score,
    reason=COMMENT.reason,
    words=COMMENT.words,
    at=COMMENT.at,
)
POINTS = tuple(
    NpsPoint(period=span_of(NpsSpan.WEEK, TUESDAY, back), nps=each)
    for back, each in enumerate(
        (
            Nps(promoters=8, passives=3, detractors=2),
            Nps(promoters=2, passives=1, detractors=5),
            Nps(promoters=2),
            Nps(promoters=5, passives=2, detractors=2),
        )
    )
)[::-1]
HISTORY = TicketHistory(
    ticket=BUSY,
    notes=(
        TicketNote(
            who="آقای دکتر رضایی",
            text="دو تا شیشه شکسته بود",
            at=ASKED_AT,
            facts={"step": "said", "subject": "damaged"},
        ),
        *(
            TicketNote(who="خانم صادقی", text=text, at=ASKED_AT, facts=facts)
            for text, facts in (
                ("", {"step": "photo"}),
                ("", {"step": "hurried"}),
                ("سمیه رستگار", {"step": "assigned"}),
                ("", {"step": "rescored", "was": 4, "score": 9}),
                ("زنگ زدم، جواب ندادند", {"step": "note"}),
                (OUTCOME, {"step": "solved"}),
                ("", {"step": "reopened"}),
                ("", {"step": "closed"}),
            )
        ),
    ),
    answers=(EarlierAnswer(order_number=40_390, score=8, reason="price", at=NOW),),
    others=(
        replace(TICKET, number=1_102, state=TicketState.CLOSED),
        replace(TICKET, number=1_150, subject="late"),
    ),
)
_ALERT: dict[str, object] = {
    "number": 1_187,
    "customer": TICKET.customer_name,
    "order": 40_521,
    "score": 4,
    "subject": "damaged",
    "text": "",
    "margin_rials": 150_000_000,
    "due_at": TICKET.due_at.isoformat(),
    "has_photo": False,
}
_SOLVED: dict[str, object] = {
    "who": "آقای دکتر رضایی",
    "number": 40_521,
    "ticket": 1_187,
    "outcome": OUTCOME,
    "survey_id": 9,
    "asks": True,
}
FACTS: dict[str, dict[str, object]] = {
    "survey": {"number": 40_521, "delivered_on": MONDAY.isoformat(), "asked_on": TUESDAY.isoformat()},
    "ticket_solved": _SOLVED,
    "survey_alert": _ALERT,
    "survey_alert_unsaid": {**_ALERT, "subject": "unsaid", "margin_rials": None},
    "ticket_said": {**_ALERT, "text": "دو تا شیشه شکسته بود"},
    "ticket_reopened": _ALERT,
    "ticket_photo": {**_ALERT, "has_photo": True},
    "ticket_hurried": _ALERT,
    "ticket_assigned": _ALERT,
}

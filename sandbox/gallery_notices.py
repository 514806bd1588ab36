"""An example of each kind of notification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.notifications import Notification, Recipient
from sandbox.gallery_campaign_notices import FACTS as CAMPAIGNS
from sandbox.gallery_campaign_results import FACTS as CAMPAIGN_RESULTS
from sandbox.gallery_credit_values import FACTS as CREDIT
from sandbox.gallery_delays import FACTS as DELAYS
from sandbox.gallery_guide import FACTS as GUIDE
from sandbox.gallery_ledger import FACTS as LEDGER
from sandbox.gallery_lists import FACTS as LISTS
from sandbox.gallery_nudges import FACTS as NUDGES
from sandbox.gallery_people import CARD
from sandbox.gallery_receipts import FACTS as RECEIPTS
from sandbox.gallery_referrals import FACTS as REFERRALS
from sandbox.gallery_reminders import FACTS as REMINDERS
from sandbox.gallery_returns import FACTS as RETURNS
from sandbox.gallery_survey_values import FACTS as SURVEYS
from sandbox.gallery_types import Example
from sandbox.gallery_values import MONDAY, NOW
from screens.notices import told

_ORDER = {
    "number": 40_521,
    "deliver_on": MONDAY.isoformat(),
    "from_hour": 10,
    "until_hour": 13,
    "by": "خانم نادری",
    "payable_rials": 107_812_000,
    "customer": "داروخانه دکتر رضایی",
    "verdict": "damaged",
}
_PERSON = {
    "person": "دکتر رضایی",
    "customer": "داروخانه دکتر رضایی",
    "mobile": "09000001009",
    "text": "سرم مو نگاره کی می‌رسد؟",
}
FACTS: Mapping[str, Mapping[str, object]] = {
    "fault": {},
    "resumed": {
        "since": NOW.isoformat(),
        "until": NOW.replace(minute=20).isoformat(),
        "lines": 3,
        "is_asked": True,
        "is_lost": True,
    },
    "stock_alert": {"label": "سرم مو نگاره", "quantity": 12, "unit": "piece"},
    "order_picking": _ORDER,
    "order_loaded": _ORDER,
    "order_delivered": _ORDER,
    "order_part_delivered": _ORDER,
    "order_placed": _ORDER,
    "order_changed": _ORDER,
    "order_cancelled": _ORDER,
    "order_trouble": _ORDER,
    "order_cancelled_by_us": {**_ORDER, "reason": "goods"},
    "membership_asked": CARD.facts(),
    "membership_approved": {"weekdays": [0, 2, 5], "visitor": "علی محمدی"},
    "membership_rejected": {"number": 228, "reason": "پروانه خوانا نیست"},
    "request_question": {"number": 228, "question": "پلاک را هم بفرمایید."},
    "request_answer": {
        "number": 228,
        "name": "داروخانه دکتر رضایی",
        "answer": "پلاک ۴۲",
        "question": "این کالا کی می‌رسد؟",
    },
    **CAMPAIGNS,
    **CAMPAIGN_RESULTS,
    **CREDIT,
    **DELAYS,
    **GUIDE,
    **LISTS,
    **NUDGES,
    **REFERRALS,
    **LEDGER,
    **RECEIPTS,
    **REMINDERS,
    **RETURNS,
    **SURVEYS,
    "promotion_budget": {"name": "خمیردندان ۱۰+۱", "percent": 80},
    "support_asked": _PERSON,
    "support_answered": {"answer": "فردا می‌رسد.", "question": "این کالا کی می‌رسد؟"},
}
"""What was true when it happened, for each kind; a kind that is missing here fails the gallery's test."""


def notices() -> Iterator[Example]:
    for kind, facts in FACTS.items():
        yield _notice(kind, facts)


def _notice(kind: str, facts: Mapping[str, object]) -> Example:
    notification = Notification(
        key=kind, kind=kind, to=Recipient(contact_id=1), subject_id=7412, due_at=NOW, facts=facts
    )
    return f"notices.{kind}", lambda _: told(notification, _)

"""What was true when something happened to a campaign, and every refusal about campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from domain import campaign_errors, errors
from domain.campaigns import Untold
from domain.segments import SegmentRefused
from domain.typed_times import NotAMoment
from sandbox.gallery_types import Example
from sandbox.gallery_values import NOW
from screens.refusals import refusal

_NAME = "ضدآفتاب پاییزه"
FACTS: Mapping[str, Mapping[str, object]] = {
    "campaign_approval": {
        "name": _NAME,
        "version": 3,
        "recipients": 1_324,
        "start_at": (NOW + timedelta(hours=34)).isoformat(),
    },
    "campaign_started": {"name": _NAME, "recipients": 324},
    "campaign_not_started": {"name": _NAME, "why": "promotion"},
    "campaign_refused": {"name": _NAME, "by": "خانم نادری"},
    "campaign_finished": {
        "name": _NAME,
        "delivered": 319,
        "failed": 5,
        "blocked": 5,
        "skipped": 5,
        "skipped_for": dict.fromkeys((each.value for each in Untold), 1),
        "uncertain": 1,
    },
}
REFUSALS: tuple[errors.Refusal, ...] = (
    campaign_errors.CampaignTextTooLong(1_024, 87, has_photo=True),
    campaign_errors.CampaignTextTooLong(4_096, 12, has_photo=False),
    campaign_errors.UnknownVariables(("نام", "تلفن")),
    campaign_errors.PriceOfNothing(),
    campaign_errors.QuietThen(1, NOW, NOW + timedelta(hours=9)),
    campaign_errors.TimePassed(),
    campaign_errors.CampaignNotReady("text"),
    campaign_errors.CampaignNotReady("promotion"),
    campaign_errors.CampaignNotReady("product"),
    campaign_errors.CampaignNotReady("time"),
    campaign_errors.NobodyToTell(),
    campaign_errors.CampaignFixed(),
    campaign_errors.NotAPicture(),
    NotAMoment(),
    SegmentRefused(),
)


def refused_campaigns() -> Iterator[Example]:
    for number, each in enumerate(REFUSALS, start=1):
        yield _refused(number, each)


def _refused(number: int, error: errors.Refusal) -> Example:
    return f"refusals.refusal: campaign {number} {type(error).__name__}", lambda _: refusal(error, _)

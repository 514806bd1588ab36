"""Campaigns (S5): what is sent to whom, the moves it may make, and where each recipient stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.money import Money


class CampaignKind(StrEnum):
    PROMOTION = "promotion"
    PRODUCT = "product"
    ANNOUNCEMENT = "announcement"


class CampaignState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


MOVES: Mapping[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.CANCELLED}),
    CampaignState.SCHEDULED: frozenset({CampaignState.DRAFT, CampaignState.RUNNING, CampaignState.CANCELLED}),
    CampaignState.RUNNING: frozenset({CampaignState.PAUSED, CampaignState.CANCELLED, CampaignState.FINISHED}),
    CampaignState.PAUSED: frozenset({CampaignState.RUNNING, CampaignState.CANCELLED}),
    CampaignState.CANCELLED: frozenset(),
    CampaignState.FINISHED: frozenset(),
}
"""What follows what; everything else is refused. A campaign whose sending a manager ended is cancelled."""


class Untold(StrEnum):
    """Why somebody who was to get a campaign gets nothing of it after all."""

    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    CANNOT_BUY = "cannot_buy"
    OUT_OF_STOCK = "out_of_stock"
    OVER = "over"
    """The promotion has ended."""


class RecipientState(StrEnum):
    NEW = "new"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    HELD = "held"
    """Of the holdout: its turn has come and it was told nothing."""


OPEN_RECIPIENTS = frozenset({RecipientState.NEW, RecipientState.LEASED, RecipientState.SENDING})
"""A campaign is finished only when none of its recipients is one of these."""


class CampaignButtons(StrEnum):
    """What stands under the message: put the goods into the basket, look at the promotion, or both."""

    BUY = "buy"
    OFFER = "offer"
    BOTH = "both"
    NONE = "none"


class PauseReason(StrEnum):
    WRONG_TEXT = "wrong_text"
    LITTLE_STOCK = "little_stock"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One campaign. ``conditions`` is the segment as kept (domain/segments.py reads it)."""

    id: int | None = None
    name: str
    kind: CampaignKind
    state: CampaignState = CampaignState.DRAFT
    promotion_id: int | None = None
    product_id: int | None = None
    conditions: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    text_version: int = 0
    corrects_sent: bool = False
    photo_file_id: int | None = None
    buttons: CampaignButtons = CampaignButtons.NONE
    quantity: int | None = None
    """So many pieces the button puts into the basket."""
    ends_on: date | None = None
    holdout_percent: int = 0
    per_minute: int | None = None
    with_complaints: bool = False
    with_overdue: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    start_at: datetime | None = None
    made_by: int
    approved_by: int | None = None
    pause_reason: PauseReason | None = None
    created_at: datetime
    started_at: datetime | None = None
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    reported_at: datetime | None = None
    version: int = 0

    def may_become(self, state: CampaignState) -> bool:
        return state in MOVES[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignMessage:
    """All that one recipient's message says; its words are made of this (screens/campaign_message.py)."""

    campaign: Campaign
    recipient_id: int | None
    """None in a preview: its buttons only say what they would do."""
    customer_name: str
    customer_id: int | None = None
    price: Money | None = None
    """Of the product for this very shop; None where the campaign is about no single product."""
    visitor_name: str = ""
    product_name: str = ""
    quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a campaign is (S5.8). Counts of recipients without the holdout."""

    campaign: Campaign
    total: int
    sent: int
    failed: int
    blocked: int
    skipped: int
    uncertain: int
    left: int
    orders: int = 0
    seconds_left: int | None = None

    @property
    def done(self) -> int:
        return self.total - self.left

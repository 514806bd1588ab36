"""The audience of a campaign (S5.4): who is left of a segment, why the others are not, and the holdout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.campaign_progress import USUAL_PER_SECOND
from domain.customers import CustomerKind
from domain.segments import SavedSegment, SegmentNames

WHOLE = 100
MOST_SHARE = 3
"""The least holdout is kept where it takes no more than one in so many; below that a percentage has to do."""


class Exclusion(StrEnum):
    """Why a customer of the segment gets nothing, in the order in which they are counted."""

    NOT_CONNECTED = "not_connected"
    OPTED_OUT = "opted_out"
    CAPPED = "capped"
    BLOCKED = "blocked"
    COMPLAINT = "complaint"
    OVERDUE = "overdue"
    NOT_ELIGIBLE = "not_eligible"
    NOT_SOLD = "not_sold"
    OUT_OF_STOCK = "out_of_stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceCount:
    """Each customer is counted once, with the first reason that holds: the sum is always exact."""

    matched: int
    excluded: Mapping[Exclusion, int] = field(default_factory=dict)
    """In the order of ``Exclusion``; a reason that nobody has is left out."""
    holdout: int = 0
    """So many would be set aside (rule R15), were there to be a holdout."""

    @property
    def sendable(self) -> int:
        return self.matched - sum(self.excluded.values())

    @property
    def with_holdout(self) -> int:
        """How many get the message when the holdout is set aside."""
        return self.sendable - self.holdout

    def facts(self) -> dict[str, int]:
        """As a campaign keeps it."""
        excluded = {reason.value: self.excluded[reason] for reason in Exclusion if reason in self.excluded}
        return {"matched": self.matched, **excluded, "sendable": self.sendable, "holdout": self.holdout}


def count_of(facts: Mapping[str, int]) -> AudienceCount:
    """What a campaign has kept of its count."""
    excluded = {reason: facts[reason.value] for reason in Exclusion if facts.get(reason.value)}
    return AudienceCount(matched=facts.get("matched", 0), excluded=excluded, holdout=facts.get("holdout", 0))


def holdout_size(sendable: int, percent: int, least: int) -> int:
    """Rule R15: so many percent, rounded, and at least ``least`` where the audience allows it."""
    if percent <= 0:
        return 0
    share = (sendable * percent + WHOLE // 2) // WHOLE
    return max(share, least) if least * MOST_SHARE <= sendable else share


class CampaignWarning(StrEnum):
    """What a manager should know before it goes out; it does not stop them."""

    LITTLE_STOCK = "little_stock"
    LITTLE_BUDGET = "little_budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What stands under the preview (S5.6): how many get it, what is there of the goods, what to mind."""

    count: AudienceCount
    recipients: int
    """Without the holdout that this campaign sets aside."""
    needs_second: bool
    """So many that a second manager has to agree."""
    available: int | None = None
    """Units of the product that may be promised; None without a product."""
    warnings: tuple[CampaignWarning, ...] = ()
    per_second: float = USUAL_PER_SECOND
    """How many messages are let out where nobody has asked for less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentChoices:
    """What there is to choose from when an audience is made."""

    names: SegmentNames
    kinds: tuple[CustomerKind, ...]
    lists: tuple[SavedSegment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTally:
    """How many campaigns there are of each sort, for the menu (S5.1)."""

    drafts: int = 0
    scheduled: int = 0
    running: int = 0
    done: int = 0

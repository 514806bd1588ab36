"""Refusals about campaigns."""

from __future__ import annotations

from datetime import datetime

from domain.refusal import Refusal


class CampaignTextTooLong(Refusal):
    """The text does not fit under a photo, or into a message: so many characters too many."""

    def __init__(self, most: int, over: int, *, has_photo: bool) -> None:
        super().__init__(most, over)
        self.most, self.over, self.has_photo = most, over, has_photo


class UnknownVariables(Refusal):
    """What stands between braces means nothing: the customers would see it as it is."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


class PriceOfNothing(Refusal):
    """The text names the customer's price, or a button buys, but the campaign is about no single product."""


class QuietThen(Refusal):
    """At that time nothing may be told that nobody asked for; ``proposed`` is the next time that may be."""

    def __init__(self, campaign_id: int, at: datetime, proposed: datetime) -> None:
        super().__init__(campaign_id)
        self.campaign_id, self.at, self.proposed = campaign_id, at, proposed


class TimePassed(Refusal):
    """A campaign cannot be scheduled for a time that has passed."""


class CampaignNotReady(Refusal):
    """It has no text yet, or its promotion or product is no longer on offer."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing
        """"text", "promotion" or "product"."""


class NobodyToTell(Refusal):
    """Of the chosen customers none can be sent to."""


class CampaignFixed(Refusal):
    """It goes out, or has ended: this can no longer be changed."""


class NotAPicture(Refusal):
    """What was sent for the photo of a campaign is none."""

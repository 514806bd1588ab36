"""What is known of the message under which a shop has tapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.actors import Actor
from domain.basket import Basket
from domain.catalogue import Shelf
from domain.deals import Deal
from domain.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class TappedMessage:
    """One recipient's message of a campaign."""

    recipient_id: int
    campaign_id: int
    customer_id: int
    customer_name: str
    promotion_id: int | None = None
    product_id: int | None = None
    quantity: int | None = None
    ends_on: date | None = None
    clicked_at: datetime | None = None
    opted_out_at: datetime | None = None

    def has_ended(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The offered quantity is in the basket; ``centre`` is named where the person acted for another one."""

    basket: Basket
    product_id: int
    centre: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The promotion with its goods, or the one product with its promotions, as that reader sees it."""

    reader: Actor
    shelf: Shelf | None
    deal: Deal | None = None
    deals: tuple[Deal, ...] = ()
    centre: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """The offer is over, or has been used up; the goods may still be there at their usual price."""

    product_id: int | None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What it was about is not sold any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """The basket cannot take it, for a reason that is said like any refusal; the tap is kept."""

    why: Refusal


BuyAnswer = Taken | Over | Gone | Impossible

"""Segments (S5.3): which customers a campaign is for, as a tree of conditions joined by and, or, not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.customers import CustomerKind
from domain.promotion_rules import EVERYTHING, Scope
from domain.refusal import Refusal


class Facet(StrEnum):
    """What a condition is about: one button each on S5.3."""

    KIND = "kind"
    SEGMENT = "segment"
    CITY = "city"
    ROUTE = "route"
    GROUP = "group"
    BOUGHT = "bought"
    OVERDUE = "overdue"
    LAST_ORDER = "last_order"
    INTEREST = "interest"
    TAG = "tag"
    OPINION = "opinion"
    SAVED = "saved"


class Opinion(StrEnum):
    """What a customer's last answer to our one question makes of them (rule R13)."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


@dataclass(frozen=True, slots=True)
class KindIn:
    kinds: frozenset[CustomerKind]


@dataclass(frozen=True, slots=True)
class SegmentIn:
    """The value group, A to D."""

    segments: frozenset[str]


@dataclass(frozen=True, slots=True)
class CityIn:
    """At least one outlet is in one of these cities."""

    cities: frozenset[str]


@dataclass(frozen=True, slots=True)
class RouteIn:
    """At least one outlet is on one of these routes."""

    route_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class GroupIn:
    group_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Bought:
    """Something of these goods in the last so many days; bonus goods were not bought."""

    goods: Scope = EVERYTHING
    days: int = 30


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open invoice is due for more than so many days; 0 is any that is overdue."""

    more_than_days: int = 0


@dataclass(frozen=True, slots=True)
class LastOrder:
    """The last order is older than so many days (or there was none), or else not older."""

    days: int
    is_older: bool = True


@dataclass(frozen=True, slots=True)
class InterestIn:
    """A contact of the customer named one of these categories as of interest (S0.6)."""

    category_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class TagIn:
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpinionIn:
    opinions: frozenset[Opinion]


@dataclass(frozen=True, slots=True)
class SavedList:
    """Whoever is in that saved list on the day it is counted."""

    segment_id: int


Condition = (
    KindIn
    | SegmentIn
    | CityIn
    | RouteIn
    | GroupIn
    | Bought
    | Overdue
    | LastOrder
    | InterestIn
    | TagIn
    | OpinionIn
    | SavedList
)
FACETS: Mapping[type[Condition], Facet] = {
    KindIn: Facet.KIND,
    SegmentIn: Facet.SEGMENT,
    CityIn: Facet.CITY,
    RouteIn: Facet.ROUTE,
    GroupIn: Facet.GROUP,
    Bought: Facet.BOUGHT,
    Overdue: Facet.OVERDUE,
    LastOrder: Facet.LAST_ORDER,
    InterestIn: Facet.INTEREST,
    TagIn: Facet.TAG,
    OpinionIn: Facet.OPINION,
    SavedList: Facet.SAVED,
}


@dataclass(frozen=True, slots=True)
class AllOf:
    """And; of nothing it is everybody."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Or; of nothing it is nobody."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = AllOf | AnyOf | Not | Condition
EVERYBODY = AllOf()


class SegmentRefused(Refusal):
    """A segment that is too large, or a saved list that contains itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSegment:
    """A segment under a name, to be used again."""

    id: int
    name: str
    node: Node
    made_by: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentNames:
    """What the things in segments are called, by their ids."""

    products: Mapping[int, str] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)
    brands: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    routes: Mapping[int, str] = field(default_factory=dict)
    lists: Mapping[int, str] = field(default_factory=dict)
    cities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

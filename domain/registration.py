"""What somebody unknown tells about their centre, and what a manager sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from domain.addresses import Place
from domain.customers import CustomerKind, RequestStatus
from domain.persian import search_key


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteHint:
    """A route as far as an address can be matched with it. ``areas`` are parts of a town."""

    id: int
    name: str
    city: str
    areas: tuple[str, ...]
    weekdays: tuple[int, ...]
    visitor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """A request as a manager sees it, with what helps to decide: who is like it, and who would deliver."""

    request_id: int
    number: int
    name: str
    kind: CustomerKind
    city: str
    district: str
    has_location: bool
    has_licence: bool
    similar: tuple[str, ...] = ()
    route: str | None = None
    visitor: str | None = None
    status: RequestStatus = RequestStatus.PENDING

    def facts(self) -> dict[str, object]:
        """The same as JSON values, for a notification."""
        return asdict(self)


def card_of(facts: Mapping[str, Any]) -> RequestCard:
    """The card that these facts were made of."""
    return RequestCard(
        **{
            **facts,
            "kind": CustomerKind(facts["kind"]),
            "similar": tuple(facts["similar"]),
            "status": RequestStatus(facts["status"]),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A mobile that its owner has shown to be theirs, and whose it is in our books, if anybody's."""

    mobile: str
    contact_id: int | None = None
    centres: tuple[tuple[str, str], ...] = ()
    """Name and first outlet of each centre for which that contact may act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A registration that was left on its way: the question that comes next, and the answers before it."""

    step: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody unknown has answered to the six questions (S1.3 to S1.8)."""

    mobile: str
    name: str
    kind: CustomerKind
    where: Place
    latitude: float | None = None
    longitude: float | None = None
    national_id: str | None = None


def suggested_route(routes: Iterable[RouteHint], where: Place) -> RouteHint | None:
    """The route whose area stands in the address; failing that, the one that serves the whole town."""
    city, words = search_key(where.city), f" {search_key(where.address)} "
    best: tuple[int, RouteHint | None] = (-1, None)
    for route in routes:
        if search_key(route.city) not in {city, ""}:
            continue
        keys = [search_key(area) for area in route.areas]
        fits = [len(key) for key in keys if key and f" {key} " in words]
        if route.city and not any(keys):
            fits.append(0)
        best = max(best, (max(fits, default=-1), route), key=lambda each: each[0])
    return best[1]

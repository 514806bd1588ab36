"""What somebody unknown tells about their centre, and what a manager sees of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from domain.customers import CustomerKind, RequestStatus
from domain.errors import NotAnAddress, TextRefused
from domain.persian import clean, search_key

MOST_NAME = 100
MOST_ADDRESS = 300
_PARTS = re.compile(r"\s*[،,؛;\n]+\s*|\s+[-–—]\s+")
_STREET_WORDS = re.compile(r"(?:^|(?<=\s))(?:خیابان|خ\.?|بلوار|کوچه|ک\.)\s+")
_NUMBER_WORDS = re.compile(r"\s*،\s*(?:پلاک|پ\.?)\s*(?=[\d۰-۹])")
_COMMON_WORDS = frozenset(
    search_key("داروخانه سالن زیبایی آرایشگاه فروشگاه زنجیره‌ای آنلاین دکتر شعبه پخش شرکت مرکز").split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city, and where in it."""

    city: str
    address: str

    @property
    def district(self) -> str:
        """The first part of the address, by which a town knows a place: «سعادت‌آباد»."""
        return _PARTS.split(self.address)[0]

    @property
    def short_address(self) -> str:
        """The address as it stands in a sentence: «سعادت‌آباد، سرو غربی ۴۲»."""
        return _NUMBER_WORDS.sub(" ", _STREET_WORDS.sub("", "، ".join(_PARTS.split(self.address))))


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
class Answers:
    """What somebody unknown has answered to the six questions (S1.3 to S1.8)."""

    mobile: str
    name: str
    kind: CustomerKind
    where: Place
    latitude: float | None = None
    longitude: float | None = None
    national_id: str | None = None


def typed(text: str | None, most: int) -> str:
    """What was typed, on one line, with something to read in it and no longer than that."""
    line = " ".join(clean(text or "").split())
    if not search_key(line) or len(line) > most:
        raise TextRefused(most)
    return line


def place(text: str | None) -> Place:
    """City and address out of one message; the city comes first, as people write it."""
    parts = [part.strip() for part in _PARTS.split(clean(text or "").strip()) if part.strip()]
    if len(parts) == 1:
        parts = parts[0].split(maxsplit=1)
    if len(parts) < 2 or not search_key(parts[0]):
        raise NotAnAddress
    return Place(
        city=typed(parts[0], 80).removeprefix("شهر ").strip(),
        address=typed("، ".join(parts[1:]), MOST_ADDRESS),
    )


def name_core(name: str) -> str:
    """What distinguishes a centre's name: «داروخانه دکتر رضایی» is known by «رضایی»."""
    words = search_key(name).split()
    return " ".join(word for word in words if word not in _COMMON_WORDS) or " ".join(words)


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

"""A written order on its way to a draft: what is decided, what is still asked, and what has changed (S2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.basket import Step, Summary, TermChoice
from domain.catalogue import Offer, Unit
from domain.orders import Order, OrderLine
from domain.written import Op


class Asks(StrEnum):
    """What has to be said about one line before it stands in the draft."""

    WHICH = "which"
    UNIT = "unit"
    MANY = "many"
    UNKNOWN = "unknown"
    OUT = "out"
    SHORT = "short"


class Said(StrEnum):
    """An answer that is no number: short, for buttons carry it."""

    PICK = "p"
    HALF = "h"
    DROP = "d"
    NONE = "n"
    ALERT = "a"
    ONLY = "o"
    SPLIT = "l"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One question. ``quantity`` and ``unit`` are as said, ``pieces`` in the product's own unit.

    ``key`` is its number among all that were ever asked about the draft: it never comes back.
    """

    key: int
    asks: Asks
    phrase: str
    op: Op = Op.ADD
    quantity: Decimal | None = None
    unit: str | None = None
    product_id: int | None = None
    pieces: int | None = None
    choices: tuple[int, ...] = ()
    usually_cartons: bool = False
    """This customer has bought it by whole cartons so far."""

    @property
    def product_ids(self) -> tuple[int, ...]:
        return self.choices if self.product_id is None else (self.product_id, *self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line that stood there before; ``after`` is 0 when it is out. ``is_rounded``: not all can be sold."""

    product_id: int
    label: str
    unit: Unit = Unit.PIECE
    before: int
    after: int
    is_rounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is known of a draft's writing beside its lines; kept with the draft, so it outlives a restart."""

    order_id: int = 0
    version: int = 0
    asked: int = 0
    """So many questions were asked about this draft: the number of the newest."""
    opens: tuple[Open, ...] = ()
    said: Mapping[int, str] = field(default_factory=dict)
    """What products were called by whoever wrote, where a list has named them in full before."""
    understood: tuple[int, ...] = ()
    """What was put in since the draft was shown."""
    to_list: tuple[int, ...] = ()
    """What of it has not been named in full yet."""
    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    """What was to be taken out or changed and is not there."""
    is_fresh: bool = False
    """Something new was written since the draft was shown."""
    is_listed: bool = False
    """What was understood has been listed above the first question."""
    greets: bool = False
    had: int = 0
    """So many lines stood in the basket before anything was written."""
    lines: int = 0
    """So many stood there when this was kept: an emptied basket leaves no questions."""
    day: date | None = None
    asks_day: bool = False
    terms: tuple[int, ...] = ()
    """Among these terms it has to be asked."""

    def open(self, key: int) -> Open | None:
        return next((each for each in self.opens if each.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """S2.2, S2.5 to S2.7: one question; ``understood`` stands above the first one."""

    order_id: int
    open: Open
    offers: Mapping[int, Offer]
    draft: Order
    understood: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    greets: bool = False
    had: int = 0
    is_alone: bool = False
    """Nothing else was written: it needs no name."""
    substitute: Offer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermAsked:
    """How it is paid was not said, or not clearly; each way with what the draft comes to then."""

    order_id: int
    choice: TermChoice
    understood: tuple[OrderLine, ...] = ()
    """What was just written, where no list has named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAsked:
    """On the ``wanted`` day nothing can be sent (None: it was not understood which day is meant)."""

    order_id: int
    wanted: date | None
    days: tuple[date, ...]
    understood: tuple[OrderLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """S2.3, or S2.4 where nothing new was written: the final look, and what has changed since the last."""

    summary: Summary
    said: Mapping[int, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    is_fresh: bool = True
    had: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingLeft:
    """The draft has no line and no question."""

    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()


Pending = Asked | TermAsked | DayAsked | Drafted | NothingLeft | Step
"""What comes next of what was written."""


class Note(StrEnum):
    """What an answer has done beside the draft, told above what comes next."""

    REQUESTED = "requested"
    ALERTED = "alerted"
    SETTLED = "settled"
    """It had been answered before: nothing was done."""
    GONE = "gone"
    """What was chosen is sold no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an answer leads to."""

    next: Pending
    note: Note | None = None

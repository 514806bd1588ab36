"""What a written order asks for: each line with its product, or with the question that is left (rule R23)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from domain.calendar import today_in_tehran
from domain.catalogue import Product, Unit
from domain.search_words import COUNTED, UNITS, search_words
from domain.shades import unsure_halves
from domain.written import Line, Op, WrittenOrder
from domain.written.words import BY_NUMBER, CARTON, DOZEN, PACK, PIECE, UNCLEAR
from services.carried import carried
from services.finding import Hit, find, of_that_kind
from services.reading_texts import read_headings, read_text
from storage.habits import Habit
from storage.unit_of_work import UnitOfWork

SURE, GAP, LIKELY, ALONE = 0.82, 0.08, 0.6, 0.68
"""From ``SURE`` on, so far before the next one, a product is taken; from ``LIKELY`` on it is asked for.
What stands alone, far before all others, is taken from ``ALONE`` on."""
OWN = 0.15
"""What is this customer's own is likelier by so much."""
BETTER = -0.02
"""A name with its number may score so much below the name alone, and still be the one that is meant."""
MOST_CHOICES = 3
MOST_CANDIDATES = 8
FEW = 3
"""So few of what comes in cartons may mean cartons."""
HABIT_FOR = timedelta(days=365)
TWELVE = 12
MANY = 10
"""So many in a pack may be counted themselves; of fewer, nobody says how many razors that makes."""


class Question(StrEnum):
    """What has to be asked before a line can be booked."""

    WHICH = "which"
    UNIT = "unit"
    QUANTITY = "quantity"
    UNKNOWN = "unknown"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One line: the product that is meant (None while that is asked), its pieces, and the question.

    ``choices`` are the products among which to ask, the likeliest first.
    """

    line: Line
    product: Product | None = None
    pieces: int | None = None
    question: Question | None = None
    choices: tuple[Product, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A whole message, understood as far as that goes."""

    order: WrittenOrder
    lines: tuple[Understood, ...]


async def understand(
    uow: UnitOfWork,
    text: str,
    now: datetime,
    customer_id: int | None = None,
    group_id: int | None = None,
) -> Reading:
    """Read a message and look its products up. Nothing is written; nothing unsure is decided."""
    reading = await understand_order(uow, await read_text(text), now, customer_id, group_id)
    said = [(each.line, each.product is not None) for each in reading.lines]
    lines = await carried(uow, said, await read_headings(text))
    if lines is None:
        return reading
    return await understand_order(uow, replace(reading.order, lines=lines), now, customer_id, group_id)


async def understand_order(
    uow: UnitOfWork,
    order: WrittenOrder,
    now: datetime,
    customer_id: int | None = None,
    group_id: int | None = None,
) -> Reading:
    """The same of lines that were read elsewhere: the rows of a table."""
    # A long order is worked on line by line, and others have their turn in between.
    await asyncio.sleep(0)
    order = replace(order, lines=unsure_halves(order.lines))
    keys = [" ".join(search_words(line.phrase)) for line in order.lines]
    learned = await uow.habits.learned(customer_id, keys) if customer_id is not None and keys else {}
    found: list[tuple[Line, Sequence[Hit]]] = []
    for line, key in zip(order.lines, keys, strict=True):
        if key in learned:
            found.append((line, (Hit(learned[key], 1.0 + OWN),)))
            continue
        found.append(await _look_up(uow, line))
    ids = {hit.product_id for _line, hits in found for hit in hits[:MOST_CANDIDATES]}
    offers = await uow.catalogue.offers(
        ids, customer_id=customer_id, group_id=group_id, on=today_in_tehran(now)
    )
    products = {product_id: offer.product for product_id, offer in offers.items()}
    habits: Mapping[int, Habit] = {}
    if customer_id is not None:
        habits = await uow.habits.of(customer_id, ids, now - HABIT_FOR)
    lines = []
    for line, hits in found:
        await asyncio.sleep(0)
        lines.append(_decide(line, hits, products, habits))
    notes = [each.line.raw for each in lines if _says_nothing(each)]
    return Reading(
        order=replace(order, notes=(*order.notes, *notes)),
        lines=tuple(each for each in lines if not _says_nothing(each)),
    )


def _says_nothing(each: Understood) -> bool:
    """No quantity, and nothing that is surely ours: a name, a greeting; it is kept as a note."""
    return each.line.quantity is None and each.line.op is Op.ADD and each.score < ALONE


async def _look_up(uow: UnitOfWork, line: Line) -> tuple[Line, Sequence[Hit]]:
    """The products of that name. A bare number is part of the name where a product is called by it."""
    if BY_NUMBER.fullmatch(line.phrase):
        number = line.phrase.split()[-1]
        product_id = await uow.catalogue.by_number([number], [number])
        if product_id is not None:
            return line, (Hit(product_id, 1.0),)
    hits = await find(uow, line.phrase, MOST_CANDIDATES)
    if line.unit is not None or line.quantity is None or line.loose is None:
        return line, await of_that_kind(uow, line.phrase, hits)
    named = await find(uow, line.with_loose, MOST_CANDIDATES)
    if named and (not hits or named[0].score > hits[0].score + BETTER):
        return line.named(), await of_that_kind(uow, line.with_loose, named)
    return line, await of_that_kind(uow, line.phrase, hits)


def _decide(
    line: Line, hits: Sequence[Hit], products: Mapping[int, Product], habits: Mapping[int, Habit]
) -> Understood:
    scored = sorted(
        (
            (
                hit.score + (OWN if hit.product_id in habits else 0.0),
                products[hit.product_id],
                hit.is_certain,
            )
            for hit in hits[:MOST_CANDIDATES]
            if hit.product_id in products
        ),
        key=lambda each: -each[0],
    )
    if not scored or scored[0][0] < LIKELY:
        near = tuple(product for _score, product, _certain in scored[:MOST_CHOICES])
        return Understood(line=line, question=Question.UNKNOWN, choices=near)
    best, product, is_called_so = scored[0]
    rivals = [other for score, other, _certain in scored[1:] if best - score < GAP]
    whole = [other for other in (product, *rivals) if _is_whole(line, other)]
    if len(whole) == 1 and product.id not in habits:
        product, rivals, is_called_so = whole[0], [], True
    next_best = scored[1][0] if len(scored) > 1 else 0.0
    is_alone = best >= ALONE and best - next_best >= 2 * GAP
    if rivals or not is_called_so or (best < SURE and not is_alone):
        choices = tuple(each for score, each, _whole in scored if best - score < 2 * GAP)[:MOST_CHOICES]
        return Understood(line=line, question=Question.WHICH, choices=choices, score=best)
    pieces, question = pieces_of(line, product, habits.get(product.id))
    return Understood(line=line, product=product, pieces=pieces, question=question, score=best)


def _is_whole(line: Line, product: Product) -> bool:
    """Whether just what a product is called was said, sizes' units aside: «خمیردندان لاوین ۱۰۰»."""
    name, said = search_words(product.name), search_words(line.phrase)
    if set(name) - UNITS == set(said) - UNITS:
        return True
    # «خمیر دندان» is «خمیردندان».
    return "".join(w for w in name if w not in UNITS) == "".join(w for w in said if w not in UNITS)


def pieces_of(line: Line, product: Product, habit: Habit | None) -> tuple[int | None, Question | None]:
    """The quantity in the product's base unit, or what has to be asked about it."""
    if line.quantity is None:
        return None, None if line.op is Op.REMOVE else Question.QUANTITY
    if line.is_vague:
        return None, Question.VAGUE
    by_carton = habit is not None and habit.is_by_carton
    if line.unit is None and product.carton > 1:
        if by_carton and line.quantity <= FEW:
            return _whole(line.quantity * product.carton)
        if line.quantity <= FEW and habit is None:
            return None, Question.UNIT
    if line.unit == PIECE and by_carton and line.quantity <= FEW:
        return None, Question.UNIT
    if not _is_clear(line.unit, product) or _may_be_inside(line, product):
        return None, Question.UNIT
    pieces = line.quantity * _size(line.unit, product)
    if line.again is not None and pieces != line.again[0] * _size(line.again[1], product):
        # «یه کارتن و ۶ تا»: what was said twice is not the same.
        return None, Question.VAGUE
    return _whole(pieces)


def _is_clear(unit: str | None, product: Product) -> bool:
    """Whether it is known how many there are in one: a carton of what has none, a pack of single pieces."""
    if unit == CARTON:
        return product.carton > 1
    if unit == PACK:
        return product.unit is not Unit.PIECE or product.carton == 1 or _is_counted(product)
    return unit not in UNCLEAR


def _may_be_inside(line: Line, product: Product) -> bool:
    """«۱۰۰ عدد دستکش» of packs with 100 in each: one pack, or a hundred."""
    if line.unit != PIECE or product.unit is Unit.PIECE or line.quantity is None:
        return False
    words, said = search_words(product.name), search_words(line.phrase)
    inside = [int(before) for before, word in pairwise(words) if word in COUNTED and before.isdecimal()]
    return any(each >= MANY and line.quantity % each == 0 and str(each) not in said for each in inside)


def _is_counted(product: Product) -> bool:
    """«قرص ۶۰ عددی»: a piece of it is a pack."""
    words = search_words(product.name)
    return any(word in COUNTED and before[0].isdigit() for before, word in pairwise(words))


def _size(unit: str | None, product: Product) -> int:
    if unit == CARTON:
        return product.carton
    return TWELVE if unit == DOZEN else 1


def _whole(pieces: Decimal) -> tuple[int | None, Question | None]:
    if pieces != pieces.to_integral_value() or pieces <= 0:
        return None, Question.QUANTITY
    return int(pieces), None

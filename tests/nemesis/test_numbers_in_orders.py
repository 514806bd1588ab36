"""Row G-13, in written orders: an odd number is the number that was meant, or it is asked."""

from __future__ import annotations

import random
from decimal import Decimal

from domain.catalogue import Product
from domain.written import read_order
from domain.written.reading import MOST_QUANTITY
from services.written_orders import Question, pieces_of
from tests.nemesis.harness import seeded, trials

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SOAP = Product(id=1, code="1", name="صابون", short_name="صابون", label="صابون", category_id=1, carton=12)
# fmt: off
ODD = (
    "1e9", "-0", "-5", "+5", "NaN", "inf", "1_000", "9" * 55, "1.0", "1.5", "0.5", "0", "00", "007", "0x10",
    "۱۲۰۰۰۰۰۰۰۰۰۰", "1,00", "1,000,00", "½", "²", "٫", "1٫", "٫5", "1..2", "--3", "1/0", "1/3", "۱۲٬۳۴", "−7",
    "١٢٣٤٥٦٧٨٩٠١٢", "1 000", "100000", "99999", "1\u200c2", "1\u202e2", "۱۲تومان",
    "5 هزار تومان", "۱۰۰۰ ریال",
)
WAYS = (
    "{n} تا صابون", "صابون {n} تا", "صابون {n}", "{n} کارتن صابون", "صابون: {n}", "صابون x{n}", "{n} صابون",
    "صابون {n} عدد، {n} تا", "{n}+{n} صابون", "صابون {n}-{n} تا", "سایز {n} صابون {n} تا", "صابون {n} جین",
)
# fmt: on


def _plain(chance: random.Random) -> tuple[str, int]:
    """A number that is written well in one of the ways in which people do, and what it is."""
    number = chance.choice((1, 2, 12, 144, 999, 1_000, 12_000, chance.randint(1, MOST_QUANTITY)))
    said = str(number)
    if number >= 1_000 and chance.random() < 0.5:
        said = f"{number:,}".replace(",", chance.choice((",", "٬")))
    return said.translate(chance.choice((PERSIAN, ARABIC, {}))), number


def test_what_is_written_well_is_read_as_it_is() -> None:
    chance, seed = seeded("G-13-plain")
    for _trial in range(trials(5_000)):
        said, number = _plain(chance)
        for way in ("{n} تا صابون", "صابون {n} تا", "{n} عدد صابون"):
            (line,) = read_order(way.format(n=said)).lines
            assert (line.quantity, line.phrase) == (Decimal(number), "صابون"), (seed, way, said)


def test_what_is_odd_is_a_whole_number_or_asked() -> None:
    chance, seed = seeded("G-13-odd")
    for _trial in range(trials(5_000)):
        said = chance.choice(ODD) if chance.random() < 0.7 else _spoilt(chance)
        text = chance.choice(WAYS).replace("{n}", said)
        for line in read_order(text).lines:
            pieces, question = pieces_of(line, SOAP, None)
            assert question is not None or (
                isinstance(pieces, int) and 0 < pieces <= MOST_QUANTITY * SOAP.carton
            ), (seed, text)


def test_money_is_no_quantity() -> None:
    for text in ("صابون ۲۵۰ هزار تومن", "صابون ۱۲٬۰۰۰ تومان", "صابون 500000 ریالی", "مبلغ ۲,۵۰۰,۰۰۰ تومان"):
        assert all(line.quantity is None for line in read_order(text).lines), text


def test_more_than_anybody_orders_is_asked() -> None:
    (line,) = read_order("۱۰۰۰۰۰۰ تا صابون").lines
    assert pieces_of(line, SOAP, None) == (None, Question.VAGUE)


def test_whoever_leaves_numbers_to_the_language_takes_odd_ones_for_what_they_are_not() -> None:
    """The negative control: what Python reads as numbers."""
    assert int("1_000") == 1_000
    assert int(float("1e9")) == 10**9
    assert Decimal("NaN").is_nan()
    assert int("-0") == 0


def _spoilt(chance: random.Random) -> str:
    said, _number = _plain(chance)
    at = chance.randrange(len(said) + 1)
    return said[:at] + chance.choice("eE_.,٫٬/-+x×%٪\u200c\u066b ") + said[at:]

"""Rows G-11 and G-13: hostile names are shown and disturb nothing; odd numbers are numbers or refused."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

import pytest

from domain.catalogue import Product
from domain.errors import Refusal
from domain.imports.cells import rials, toman, whole
from domain.imports.errors import CellRefused
from domain.money import Money
from domain.quantities import MOST_UNITS, require_sold, typed, units
from domain.staff import Role
from sandbox.html_text import HtmlParser
from screens.language import Language
from screens.screen import shortened
from storage.unit_of_work import Store
from tests.bot.kit import a_tap, a_text
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer
from tests.builders.people import a_colleague, a_stranger
from tests.nemesis.doors import Doors
from tests.nemesis.harness import seeded, trials

# fmt: off
PIECES = (
    "<b>", "</b>", "<a href='tg://user?id=1'>x</a>", "<script>", "&lt;", "&#x202e;", "&", "<", ">", '"', "'",
    "*bold*", "_x_", "[x](http://x)", "`code`", "{x.__class__}", "{0}", "%s", "\\", "\x00",
    "\x1b[31m", "\r\n",
    "\u202e", "\u202d", "\u2066", "\u2067", "\u2068", "\u2069", "\u200f", "\u200e", "\u061c", "\ufeff",
    "e" + "\u0301" * 1000, "👩‍👩‍👧‍👦" * 20, "\u200d" * 50, "۱۲۳", "١٢٣", "１２３",
    "۱۲٬۳۴۵٬۶۷۸ تومان", "12,345",
    "\ud800", "𝄞", "علی", "رضا", "Ali", "‌", "ﷺ", " " * 30, "\n" * 5,
)
# fmt: on
BIDI = re.compile("[\u202a-\u202e\u200e\u200f\u061c\ufeff]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _each in range(chance.randint(1, 6)))


def _harm(text: str, seed: str) -> list[str]:
    """What is wrong with a text that a hostile one went into; empty when all is well."""
    wrong = []
    if BIDI.search(text) or CONTROLS.search(text):
        wrong.append("a control character")
    for line in text.split("\n"):
        depth = 0
        for character in line:
            depth += (character in "\u2066\u2067\u2068") - (character == "\u2069")
            wrong += ["an isolate that was never opened"] * (depth < 0)
        wrong += ["an isolate that stays open"] * (depth > 0)
    if re.search("[\u0300-\u036f]{9}", text):
        wrong.append("marks over marks")
    return [f"{seed}: {each} in {text[:200]!r}" for each in wrong]


def test_a_hostile_name_is_shown_as_it_is(persian: Language) -> None:
    """It is literal, it carries nothing that reorders, and the amount after it stands where it stood."""
    for trial in range(trials(1000)):
        chance, seed = seeded("G-11", trial)
        name = _name(chance)
        for say in (persian, persian.label):
            text = str(say("Order of {name}: {amount}", name=name, amount=Money(123_450_000)))
            assert _harm(text, seed) == []
            assert text.endswith("۱۲٬۳۴۵٬۰۰۰"), seed
        html = str(persian("Order of {name}: {amount}", name=name, amount=Money(10)))
        plain, entities = HtmlParser(html).parse()
        assert entities == [], seed
        assert plain.startswith("Order of "), seed


def test_a_hostile_name_is_cut_anywhere(persian: Language) -> None:
    """What is cut leaves no isolate open, and closes none that was cut off before it held anything."""
    label = str(persian.label("💬 {who}: {text}", who="نگین", text="سلام\u2068"))
    for most in range(2, len(label) + 1):
        assert _harm(shortened(label, most), str(most)) == []
        assert len(shortened(label, most)) <= most


def test_quoting_alone_lets_names_turn_the_line_round() -> None:
    """The negative control: what html.escape leaves in."""
    assert _harm(f"{escape(PIECES[22])}: ۱۲", "naive")


async def test_hostile_people_disturb_no_screen(store: Store, now: datetime) -> None:
    """Their names and texts go through the greeting, support, a manager's home, a request and its card."""
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow, Role.MANAGER)
        support = await a_colleague(uow, Role.SUPPORT)
    doors = Doors(store, now)
    for trial in range(trials(200)):
        chance, seed = seeded("G-11-people", trial)
        async with store.unit_of_work() as uow:
            actor = await a_stranger(uow, _name(chance).replace("\ud800", "").replace("\x00", ""))
        user_id = actor.identity.user_id
        for raw, asked in _hostile_steps(user_id, chance):
            raw_message = raw["message"]
            raw_message["from"]["first_name"] = _name(chance)
            shown = (await doors.give(actor, raw, asked)).texts
            assert [each for text in shown for each in _harm(text, seed)] == []
        for who in (manager, support):
            outcome = await doors.give(who, a_tap(who.identity.user_id, "home"))
            assert [each for text in outcome.texts for each in _harm(text, seed)] == []


def _hostile_steps(user_id: int, chance: random.Random) -> Iterator[tuple[dict[str, Any], Any]]:
    known = {"mobile": f"0912{chance.randrange(10**7):07}"}
    yield a_text(user_id, "/start"), None
    yield a_text(user_id, _name(chance)), None
    yield a_text(user_id, _name(chance)), ("Talking:message", {})
    yield a_text(user_id, _name(chance)), ("Registering:name", known)
    named = {
        **known,
        "name": _name(chance).encode("utf-8", "replace").decode().replace("\x00", ""),
        "kind": "salon",
    }
    yield a_text(user_id, f"تهران، {_name(chance)}"), ("Registering:address", named)


def _odd_number(chance: random.Random) -> str:
    digits = chance.choice(("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"))
    number = "".join(chance.choice(digits) for _each in range(chance.choice((1, 2, 3, 6, 10, 19, 55))))
    before = chance.choice(("", "", "", "-", "+", "−", " ", "0x", "$", "\u202e", "1e", "~"))
    after = chance.choice(
        (
            "",
            "",
            "",
            " عدد",
            " کارتن",
            ".0",
            ".5",
            "e9",
            "_000",
            ",000",
            "٬۰۰۰",
            " تومان",
            " ریال",
            "%",
            "½",
            "²",
        )
    )
    odd = (
        "NaN",
        "inf",
        "-0",
        "1e9",
        "1_000",
        "1.0",
        "٫۵",
        "",
        " ",
        "\n",
        "None",
        "ده هزار",
        "دوازده",
        "½",
        "Ⅻ",
        "一",
    )
    return chance.choice((f"{before}{number}{after}", chance.choice(odd)))


def test_an_odd_number_is_a_quantity_or_a_refusal() -> None:
    product = Product(id=1, code="x", name="x", short_name="x", label="x", category_id=1, carton=24)
    for trial in range(trials(5000)):
        chance, seed = seeded("G-13", trial)
        text = _odd_number(chance)
        try:
            found = units(typed(text), product)
        except Refusal:
            continue
        assert isinstance(found, int), f"{seed} {text!r}"
        assert 0 <= found <= 24 * 10**9, f"{seed} {text!r}"


def test_an_odd_number_is_whole_rials_or_a_refusal() -> None:
    for trial in range(trials(5000)):
        chance, seed = seeded("G-13-money", trial)
        text = _odd_number(chance)
        for read in (rials, toman, whole(0)):
            cell: object = (
                text if chance.random() < 0.8 else chance.choice((float("nan"), 1e300, -0.0, 0.1, 10**60))
            )
            try:
                found = read(cell)
            except CellRefused:
                continue
            assert type(found) is int, f"{seed} {cell!r}"
            assert 0 <= found <= 10**14, f"{seed} {cell!r}"


@pytest.mark.parametrize(
    "text",
    [
        "1e9",
        "-0",
        "-5",
        "NaN",
        "inf",
        "1_000",
        "1.0",
        "٫۵",
        "0x10",
        "9" * 55,
        "²",
        "½",
        "+5",
        "1e",
        "",
        "5 5",
        "0",
    ],
)
def test_what_only_looks_like_a_number_is_refused(text: str) -> None:
    product = Product(id=1, code="x", name="x", short_name="x", label="x", category_id=1)
    with pytest.raises(Refusal):
        require_sold(product, units(typed(text), product))


def test_the_usual_reading_takes_what_nobody_means() -> None:
    """The negative control: int() and float() agree to nearly all of it."""
    assert int("1_000") == 1_000
    assert float("1e9") > MOST_UNITS
    assert float("nan") != float("nan")


async def test_no_typed_number_is_a_fault_of_ours(sqlite_store: Store, now: datetime) -> None:
    """Typed as a quantity into the whole bot: a screen, or a refusal, for each."""
    async with sqlite_store.unit_of_work() as uow:
        buyer, product = await a_buyer(uow), await a_product(uow, on_hand=100)
    doors = Doors(sqlite_store, now)
    for trial in range(trials(1000)):
        chance, seed = seeded("G-13-bot", trial)
        asked = (chance.choice(("Asking:quantity", "Asking:line")), {"product_id": product.id})
        text = _odd_number(chance) or "."
        outcome = await doors.give(buyer, a_text(buyer.identity.user_id, text), asked)
        assert outcome.shown, f"{seed} {text!r}"

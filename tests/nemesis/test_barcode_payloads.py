"""Row G-7: what a barcode holds is a key to look something up by, whatever it says."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
import zxingcpp
from sqlalchemy import select, text

from domain.identifiers import digits_of
from domain.persian import clean
from domain.product_codes import LONGEST_CODE, scanned_key, typed_code
from screens.barcodes import unknown
from screens.language import Language
from services.product_codes import look_up_scanned, look_up_typed
from services.scanning import codes_in
from storage.tables.catalogue import products
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer
from tests.builders.pictures import a_barcode, a_photo
from tests.nemesis.harness import seeded, trials

BARCODE = "6260000010247"
PAYLOADS = (
    "' OR 1=1 --",
    "'; DROP TABLE products; --",
    '" OR ""="',
    "%",
    "_____________",
    "626%",
    "*",
    "\\",
    "{code}",
    "{0}",
    "%s",
    "http://127.0.0.1/x",
    "https://t.me/x?start=inv_A",
    "/start inv_A",
    "tel:0912",
    "BEGIN:VCARD",
    "<b>x</b>",
    "\u202e6260000010247",
    "6260000010247\u202e",
    "\x00" + BARCODE,
    BARCODE + "\n1",
    "\x1d\x1d",
    "=1+1",
    "-0",
    "1e9",
    "NaN",
    "۶۲۶۰۰۰۰۰۱۰۲۴۸",
    "0" * 14,
    "9" * 60,
    "(01)(01)(01)",
    "01" + "9" * 14,
    "]C1",
    "\ud800",
    "🧴" * 40,
    "..",
    "../../etc/passwd",
    "A" * 4_000,
    "'" * 4_000,
    "\u0301" * 500,
)


def _payload(chance: random.Random) -> str:
    whole = "".join(chance.choice(PAYLOADS) for _each in range(chance.randint(1, 3)))
    at = chance.randrange(len(whole) + 1)
    return whole[:at] + chance.choice(("", "", BARCODE[:-1], "\t", " ", "'")) + whole[at:]


async def test_a_payload_is_only_looked_up(store: Store, now: datetime, persian: Language) -> None:
    """Nothing is found by it but what has that code, nothing is changed, and nothing is said after it."""
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        shampoo = await a_product(uow, "شامپو", barcode=BARCODE)
        await a_product(uow, "کرم")
    async with store.reading() as uow:
        before = (await uow.connection.execute(select(products).order_by(products.c.id))).all()
        for trial in range(trials(200, 60)):
            chance, seed = seeded("G-7", trial)
            payloads = [_payload(chance) for _each in range(chance.randint(1, 20))]
            found, missed = await look_up_scanned(uow, buyer, payloads, now)
            assert found == (), seed
            for key in missed:
                assert len(key) <= LONGEST_CODE, seed
                assert key.isascii(), seed
                assert key.isprintable(), seed
            if missed:
                shown = unknown(missed, buyer, persian)
                assert "http" not in shown.text, seed
                assert len(shown.text) < 1_000, seed
                assert all(len(tap.pack().encode()) <= 64 for tap in shown.taps), seed
            for payload in payloads:
                product_id, _code, _fault = await look_up_typed(uow, payload)
                assert product_id is None or digits_of(clean(payload)) == BARCODE, seed
        found, _missed = await look_up_scanned(uow, buyer, [*PAYLOADS[:5], BARCODE], now)
        assert [offer.product.id for offer in found] == [shampoo.id]
        assert (await uow.connection.execute(select(products).order_by(products.c.id))).all() == before


async def test_a_payload_that_is_written_into_a_statement_finds_everything(sqlite_store: Store) -> None:
    """The negative control."""
    async with sqlite_store.unit_of_work() as uow:
        await a_product(uow, "شامپو", barcode=BARCODE)
        naive = f"SELECT count(*) FROM products WHERE barcode = '{PAYLOADS[0]}"
        assert await uow.connection.scalar(text(naive)) == 1


@pytest.mark.parametrize("payload", ["' OR 1=1 --", "http://127.0.0.1/x", "/start inv_A", "=1+1", "<b>x</b>"])
def test_payloads_are_read_as_they_are_drawn(payload: str) -> None:
    """They are real: such barcodes are printed by anybody, and are no keys."""
    assert codes_in(a_photo(a_barcode(payload, kind="Code128", scale=2))).codes == (payload,)
    assert scanned_key(payload) is None


def test_a_gtin_within_more_is_the_gtin() -> None:
    """Medicines carry theirs in a square, with the batch and the day behind it."""
    whole = "0106260000010247" + "17270101" + "10AB12"
    drawn = a_barcode(whole, kind="DataMatrix", scale=6)
    assert codes_in(a_photo(drawn)).codes == (whole,)
    assert scanned_key(whole) == "06260000010247"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("۶۲۶۰۰۰۰۰۱۰۲۴۷", BARCODE),
        ("٦٢٦٠٠٠٠٠١٠٢٤٧", BARCODE),
        ("6260 0000 10247", BARCODE),
        ("بارکد ۶۲۶۰۰۰۰۰۱۰۲۴۸", "6260000010248"),
        ("کد ۱۲", "12"),
        ("AV-250", "AV-250"),
        ("۲۴", None),
        ("09121234567", None),
        ("+98 912 123 4567", None),
        ("شامپو ۲۵۰", None),
        ("۲ کارتن", None),
        ("1024\n1025", None),
    ],
)
def test_what_can_only_be_a_code_is_one(said: str, code: str | None) -> None:
    assert typed_code(said) == code


def test_the_reader_knows_nothing_that_is_no_code_on_goods() -> None:
    drawn = a_barcode("https://example.invalid", kind="QRCode", scale=8)
    assert codes_in(a_photo(drawn)).codes == ()
    assert zxingcpp.read_barcodes(drawn)

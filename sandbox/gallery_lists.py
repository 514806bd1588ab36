"""Examples of goods that were scanned, and of lists that come as photos and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from domain.sent_lists import LeftBecause, ListKind, RowLeft, SentList
from sandbox.gallery_types import Example
from sandbox.gallery_values import BUYER, NOW, SHELF
from screens import barcodes, sent_lists
from screens.home import home_button
from screens.screen import Screen

FACTS: Mapping[str, Mapping[str, object]] = {
    "paper_list_sent": {"customer": "داروخانه دکتر رضایی", "person": "دکتر رضایی"},
    "paper_list_entered": {"lines": ["۲ کارتن شامپو آوین ۲۵۰", "خمیردندان ۳۰ عدد"] * 20},
}
BARCODE = "6260000010247"
LEFT = tuple(RowLeft(row=at, said=f"کرم فلان {at}", why=why) for at, why in enumerate(LeftBecause, 4))
PAPER = SentList(
    id=7,
    kind=ListKind.PHOTO,
    identity_id=1,
    customer_id=1,
    contact_id=1,
    customer="داروخانه دکتر رضایی",
    sent_at=NOW,
    pages=(3, 4),
)
FILE = replace(PAPER, kind=ListKind.FILE, pages=(), rows_left=LEFT * 20)


def scanned_and_sent() -> Iterator[Example]:
    yield "barcodes.several", lambda _: barcodes.several(SHELF.offers, (BARCODE,), BUYER, _)
    yield "barcodes.unknown", lambda _: barcodes.unknown((BARCODE,), BUYER, _)
    yield "barcodes.unknown: two", lambda _: barcodes.unknown((BARCODE, "AV-250"), BUYER, _)
    yield "barcodes.wrong_check_digit", lambda _: barcodes.wrong_check_digit("6260000010248", _)
    yield "sent_lists.passed_on", sent_lists.passed_on
    yield "sent_lists.unreadable_file", sent_lists.unreadable_file
    yield "sent_lists.paper_list", lambda _: sent_lists.paper_list(PAPER, 3, 1, _, is_picture=True)
    yield "sent_lists.paper_list: a page", lambda _: sent_lists.paper_list(PAPER, 4, 2, _, is_picture=False)
    yield "sent_lists.lines_question", lambda _: sent_lists.lines_question(PAPER, _)
    yield "sent_lists.lines_sent", lambda _: sent_lists.lines_sent(PAPER, 12, ("کرم فلان ۵۰",), _)
    yield "sent_lists.nothing_left_of_it", sent_lists.nothing_left_of_it
    yield (
        "sent_lists.over_draft",
        lambda _: sent_lists.over_draft(96, LEFT, 7, Screen("…", ((home_button(_),),)), _),
    )
    yield "sent_lists.nothing_taken", lambda _: sent_lists.nothing_taken(LEFT, 7, _)
    yield "sent_lists.rows_left", lambda _: sent_lists.rows_left(FILE, 2, _)

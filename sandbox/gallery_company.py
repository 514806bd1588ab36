"""Examples of the letterhead's screens, and of a proforma that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.accounts import Sides
from domain.company import CompanyPart
from domain.documents import Party
from sandbox.gallery_types import Example
from sandbox.gallery_values import VIEW
from sandbox.town_company import LETTERHEAD
from screens import company, documents, proformas
from screens.language import Language
from screens.paper import Form
from screens.screen import Screen

OURS = replace(LETTERHEAD, footer="")


def our_letterhead() -> Iterator[Example]:
    yield "company.letterhead", lambda _: company.letterhead(OURS, _)
    yield "company.part_question", lambda _: company.part_question(OURS, CompanyPart.PHONE, _)
    yield "company.part_question: empty", lambda _: company.part_question(OURS, CompanyPart.FOOTER, _)
    yield "proformas.proforma_file", _proforma


def _proforma(_: Language) -> Screen:
    sides = Sides(seller=LETTERHEAD, buyer=Party(name="داروخانه دکتر رضایی"))
    document = proformas.proforma_document(VIEW, sides, date(2026, 11, 21), _)
    return proformas.proforma_file(VIEW, documents.proforma_paper(document, Form.PDF, _), _)

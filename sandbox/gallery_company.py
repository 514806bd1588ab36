"""Examples of the letterhead's screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.company import CompanyPart
from sandbox.gallery_types import Example
from sandbox.town_company import LETTERHEAD
from screens import company

OURS = replace(LETTERHEAD, footer="")


def our_letterhead() -> Iterator[Example]:
    yield "company.letterhead", lambda _: company.letterhead(OURS, _)
    yield "company.part_question", lambda _: company.part_question(OURS, CompanyPart.PHONE, _)
    yield "company.part_question: empty", lambda _: company.part_question(OURS, CompanyPart.FOOTER, _)

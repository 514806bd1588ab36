"""Labels that are too long for their button."""

from __future__ import annotations

from screens.screen import ALONE, around


def beside(name: str) -> str:
    return f"۴۰۵۳۷ · {name} · ۷۲٬۰۰۰٬۰۰۰"


def test_a_name_is_cut_and_the_amount_beside_it_is_whole() -> None:
    label = around("فروشگاه زنجیره‌ای آفتاب", ALONE, beside)
    assert len(label) <= ALONE
    assert label.startswith("۴۰۵۳۷ · فروشگاه زنجیره")
    assert label.endswith("… · ۷۲٬۰۰۰٬۰۰۰")


def test_what_fits_stands_as_it_is() -> None:
    assert around("آفتاب", ALONE, beside) == beside("آفتاب")

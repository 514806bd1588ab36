"""What a customer has said about bonus goods, and how it is kept."""

from __future__ import annotations

from domain.gifts import NONE_SAID, ShortGoods, ShortWish, choices_of

LATER = ShortGoods(product_id=12, wish=ShortWish.LATER)
SIMILAR = ShortGoods(product_id=12, wish=ShortWish.SIMILAR, other_id=13)


def test_the_last_word_about_a_short_bonus_holds() -> None:
    said = NONE_SAID.with_wish(LATER).with_wish(SIMILAR)
    assert said.short == (SIMILAR,)
    assert said.wish(12) == SIMILAR
    assert said.wish(13) is None


def test_chosen_units_add_up_until_they_are_taken_back() -> None:
    said = NONE_SAID.with_chosen(7, 12, 1).with_chosen(7, 12, 2).with_chosen(7, 13, 1).with_chosen(8, 12, 5)
    assert said.by_promotion == {7: {12: 3, 13: 1}, 8: {12: 5}}
    assert said.without_chosen(7).by_promotion == {8: {12: 5}}


def test_all_that_was_said_comes_back_from_its_facts() -> None:
    said = (
        NONE_SAID.with_chosen(7, 12, 3)
        .with_wish(SIMILAR)
        .with_wish(ShortGoods(product_id=9, wish=ShortWish.WITHOUT))
    )
    assert choices_of(said.facts()) == said
    assert said.product_ids == {9, 12, 13}


def test_nothing_said_is_kept_as_nothing() -> None:
    assert NONE_SAID.facts() is None
    assert choices_of(None) == NONE_SAID

"""An audience made of ticks: what a manager taps is what the tree says."""

from __future__ import annotations

import pytest

from domain.audience_forms import (
    MOST_GROUPS,
    Criterion,
    chosen_by,
    days_of,
    group_at,
    groups_of,
    is_flipped,
    number_of,
    part_for,
    values_of,
)
from domain.audience_ticks import cleared, dropped, flipped, ticked, with_days, with_goods
from domain.customers import CustomerKind
from domain.errors import NotFound
from domain.promotion_drafts import GoodsSort
from domain.promotion_rules import Scope
from domain.segment_facts import segment_facts, segment_of
from domain.segments import (
    EVERYBODY,
    AllOf,
    AnyOf,
    Bought,
    CityIn,
    KindIn,
    LastOrder,
    Node,
    Not,
    Overdue,
    SavedList,
    SegmentIn,
)

PHARMACIES = KindIn(frozenset({CustomerKind.PHARMACY}))


def of_the_script() -> Node:
    """S5.3: pharmacies of group A and B in Tehran that did not buy one product in 30 days."""
    node = ticked(EVERYBODY, 0, Criterion.KIND, CustomerKind.PHARMACY)
    node = ticked(node, 0, Criterion.GROUP, "A")
    node = ticked(node, 0, Criterion.GROUP, "B")
    node = ticked(node, 0, Criterion.CITY, "تهران")
    return with_goods(node, 0, Criterion.NOT_BOUGHT, GoodsSort.PRODUCT, 9)


def test_the_ticks_of_the_script_are_one_group_of_conditions() -> None:
    assert of_the_script() == AllOf(
        (
            PHARMACIES,
            SegmentIn(frozenset("AB")),
            CityIn(frozenset({"تهران"})),
            Not(Bought(Scope(product_ids=frozenset({9})), 30)),
        )
    )
    assert segment_of(segment_facts(of_the_script())) == of_the_script()


def test_a_second_tap_takes_a_tick_back() -> None:
    node = ticked(of_the_script(), 0, Criterion.GROUP, "B")
    group = group_at(node, 0)
    assert values_of(part_for(group, Criterion.GROUP), Criterion.GROUP) == {"A"}
    node = with_goods(node, 0, Criterion.NOT_BOUGHT, GoodsSort.PRODUCT, 9)
    assert part_for(group_at(node, 0), Criterion.NOT_BOUGHT) is None


def test_bought_and_not_bought_stand_side_by_side() -> None:
    node = with_goods(of_the_script(), 0, Criterion.BOUGHT, GoodsSort.BRAND, 4)
    node = with_days(node, 0, Criterion.BOUGHT, 90)
    group = group_at(node, 0)
    assert part_for(group, Criterion.BOUGHT) == Bought(Scope(brand_ids=frozenset({4})), 90)
    assert days_of(part_for(group, Criterion.NOT_BOUGHT)) == 30


def test_days_without_goods_are_about_any() -> None:
    node = with_days(EVERYBODY, 0, Criterion.NOT_BOUGHT, 60)
    assert node == AllOf((Not(Bought(days=60)),))
    assert with_days(EVERYBODY, 0, Criterion.OVERDUE, 0) == AllOf((Overdue(0),))
    assert with_days(EVERYBODY, 0, Criterion.LAST_ORDER, 45) == AllOf((LastOrder(45),))
    with pytest.raises(NotFound):
        with_days(EVERYBODY, 0, Criterion.CITY, 45)


def test_what_is_flipped_stays_flipped_while_more_is_ticked() -> None:
    node = flipped(ticked(EVERYBODY, 0, Criterion.CITY, "تهران"), 0, Criterion.CITY)
    node = ticked(node, 0, Criterion.CITY, "قم")
    assert node == AllOf((Not(CityIn(frozenset({"تهران", "قم"}))),))
    assert is_flipped(part_for(group_at(node, 0), Criterion.CITY))
    assert flipped(node, 0, Criterion.CITY) == AllOf((CityIn(frozenset({"تهران", "قم"})),))
    late = with_days(EVERYBODY, 0, Criterion.LAST_ORDER, 30)
    assert flipped(late, 0, Criterion.LAST_ORDER) == AllOf((LastOrder(30, is_older=False),))
    with pytest.raises(NotFound):
        flipped(EVERYBODY, 0, Criterion.KIND)


def test_a_further_group_is_an_or_and_one_that_says_nothing_is_gone() -> None:
    node = ticked(of_the_script(), 1, Criterion.KIND, CustomerKind.SALON)
    assert isinstance(node, AnyOf)
    assert groups_of(node) == (of_the_script(), AllOf((KindIn(frozenset({CustomerKind.SALON})),)))
    assert ticked(node, 1, Criterion.KIND, CustomerKind.SALON) == of_the_script()
    assert dropped(node, 0) == AllOf((KindIn(frozenset({CustomerKind.SALON})),))
    assert dropped(of_the_script(), 0) == EVERYBODY


def test_there_are_not_more_groups_than_anybody_can_follow() -> None:
    node: Node = EVERYBODY
    for position in range(MOST_GROUPS):
        node = ticked(node, position, Criterion.GROUP, "ABCD"[position])
    assert len(groups_of(node)) == MOST_GROUPS
    with pytest.raises(NotFound):
        group_at(node, MOST_GROUPS)
    with pytest.raises(NotFound):
        ticked(EVERYBODY, 2, Criterion.GROUP, "A")


def test_several_saved_lists_are_any_of_them() -> None:
    node = ticked(EVERYBODY, 0, Criterion.SAVED, 5)
    node = ticked(node, 0, Criterion.SAVED, 6)
    assert node == AllOf((AnyOf((SavedList(5), SavedList(6))),))
    assert values_of(part_for(group_at(node, 0), Criterion.SAVED), Criterion.SAVED) == {5, 6}
    assert cleared(node, 0, Criterion.SAVED) == EVERYBODY


def test_a_number_names_a_text_on_a_button() -> None:
    assert chosen_by(number_of("تهران"), ("قم", "تهران")) == "تهران"
    assert 1 <= number_of("تهران") < 2**63
    with pytest.raises(NotFound):
        chosen_by(number_of("یزد"), ("قم", "تهران"))

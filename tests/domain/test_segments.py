"""Segments as trees that are added to, kept and read again; and how many are set aside."""

from __future__ import annotations

import pytest

from domain.audiences import AudienceCount, Exclusion, count_of, holdout_size
from domain.customers import CustomerKind
from domain.promotion_rules import Scope
from domain.segment_facts import segment_facts, segment_of
from domain.segment_trees import (
    MOST_DEPTH,
    MOST_NODES,
    Said,
    facet_of,
    lists_in,
    part_of,
    require_sound,
    resolved,
    said,
    with_part,
    without,
)
from domain.segments import (
    EVERYBODY,
    AllOf,
    AnyOf,
    Bought,
    CityIn,
    Facet,
    KindIn,
    Node,
    Not,
    SavedList,
    SegmentIn,
    SegmentRefused,
)

PHARMACIES = KindIn(frozenset({CustomerKind.PHARMACY}))
IN_TEHRAN = CityIn(frozenset({"تهران"}))
NOT_BOUGHT = Not(Bought(Scope(category_ids=frozenset({4})), 30))


@pytest.mark.parametrize(
    ("sendable", "percent", "held"),
    [
        (360, 10, 36),
        (365, 10, 37),
        (100, 10, 30),
        (90, 10, 30),
        (89, 10, 9),
        (4, 10, 0),
        (0, 10, 0),
        (500, 0, 0),
    ],
)
def test_a_tenth_is_set_aside_and_thirty_where_there_are_enough(
    sendable: int, percent: int, held: int
) -> None:
    assert holdout_size(sendable, percent, 30) == held


def test_a_count_is_kept_and_read_again() -> None:
    found = AudienceCount(
        matched=412,
        excluded={
            Exclusion.NOT_CONNECTED: 23,
            Exclusion.OPTED_OUT: 9,
            Exclusion.CAPPED: 14,
            Exclusion.BLOCKED: 6,
        },
        holdout=36,
    )
    assert (found.sendable, found.with_holdout) == (360, 324)
    assert count_of(found.facts()) == found
    assert count_of({}) == AudienceCount(matched=0)


def test_a_condition_takes_the_place_of_the_one_about_the_same() -> None:
    tree = with_part(with_part(with_part(EVERYBODY, PHARMACIES), NOT_BOUGHT), IN_TEHRAN)
    assert tree == AllOf((PHARMACIES, NOT_BOUGHT, IN_TEHRAN))
    longer = Bought(Scope(category_ids=frozenset({4})), 60)
    assert with_part(tree, longer) == AllOf((PHARMACIES, longer, IN_TEHRAN))
    assert without(tree, Facet.BOUGHT) == AllOf((PHARMACIES, IN_TEHRAN))
    assert part_of(tree, Facet.BOUGHT) == NOT_BOUGHT
    assert part_of(tree, Facet.TAG) is None


def test_a_tree_is_said_from_left_to_right() -> None:
    tree = AllOf((PHARMACIES, Not(AnyOf((IN_TEHRAN, NOT_BOUGHT)))))
    assert said(tree) == (
        Said(facet=Facet.KIND, condition=PHARMACIES),
        Said(facet=Facet.CITY, condition=IN_TEHRAN, is_not=True),
        Said(facet=Facet.BOUGHT, condition=NOT_BOUGHT.part),  # type: ignore[arg-type]
    )
    assert facet_of(NOT_BOUGHT) is Facet.BOUGHT
    assert facet_of(tree) is None


def test_saved_lists_are_put_in_their_place() -> None:
    lists: dict[int, Node] = {1: PHARMACIES, 2: AnyOf((SavedList(1), IN_TEHRAN))}
    assert lists_in(Not(SavedList(2))) == {2}
    assert resolved(Not(SavedList(2)), lists) == Not(AnyOf((PHARMACIES, IN_TEHRAN)))
    assert resolved(SavedList(7), lists) == AnyOf(), "a list that is gone holds nobody"
    with pytest.raises(SegmentRefused):
        resolved(SavedList(1), {1: Not(SavedList(2)), 2: SavedList(1)})


def test_a_tree_that_is_too_large_or_too_deep_is_refused() -> None:
    deep: Node = PHARMACIES
    for _ in range(MOST_DEPTH):
        deep = Not(deep)
    for tree in (deep, AllOf((PHARMACIES,) * MOST_NODES), Bought(Scope(), -1)):
        with pytest.raises(SegmentRefused):
            require_sound(tree)


@pytest.mark.parametrize("kept", [{"kind": ["king"]}, {"all": 7}, {"what": 1}, {"bought": {}, "days": "x"}])
def test_what_cannot_be_read_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(SegmentRefused):
        segment_of(kept)


def test_the_same_tree_is_the_same_text() -> None:
    one = segment_facts(AllOf((SegmentIn(frozenset("BA")), NOT_BOUGHT)))
    assert one == {"all": [{"segment": ["A", "B"]}, {"not": {"bought": {"category_ids": [4]}, "days": 30}}]}
    assert segment_of({}) == EVERYBODY

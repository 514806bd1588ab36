"""Whom a campaign reaches, in SQL on both databases as in a plain reading of the same customers."""

from __future__ import annotations

from asyncio import Runner
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from domain.audiences import AudienceCount
from domain.customers import CustomerKind
from domain.promotion_rules import Scope
from domain.push_rules import PushRules
from domain.segment_facts import segment_facts, segment_of
from domain.segments import (
    AllOf,
    AnyOf,
    Bought,
    CityIn,
    GroupIn,
    InterestIn,
    KindIn,
    LastOrder,
    Node,
    Not,
    Opinion,
    OpinionIn,
    Overdue,
    RouteIn,
    SegmentIn,
    TagIn,
)
from storage.audience import Asked
from storage.segment_queries import Then, holds
from storage.tables.campaigns import campaign_recipients, campaigns
from storage.tables.people import customers
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.builders.audience import (
    CATEGORIES,
    CITIES,
    GROUPS,
    PRODUCTS,
    ROUTES,
    TAGS,
    Shop,
    is_in,
    lay_town,
    reason,
)
from tests.conftest import NOW

RULES = PushRules()
DAYS = st.sampled_from((0, 1, 5, 30, 60, 200))
SCOPES = st.builds(
    Scope,
    product_ids=st.frozensets(st.sampled_from(PRODUCTS), max_size=2),
    category_ids=st.frozensets(st.sampled_from(CATEGORIES), max_size=1),
    brand_ids=st.frozensets(st.sampled_from((1, 2)), max_size=1),
    excluded_ids=st.frozensets(st.sampled_from(PRODUCTS), max_size=1),
)
CONDITIONS: st.SearchStrategy[Node] = st.one_of(
    st.builds(KindIn, st.frozensets(st.sampled_from(CustomerKind), max_size=3)),
    st.builds(SegmentIn, st.frozensets(st.sampled_from("ABCD"), max_size=3)),
    st.builds(CityIn, st.frozensets(st.sampled_from(CITIES), max_size=2)),
    st.builds(RouteIn, st.frozensets(st.sampled_from(ROUTES), max_size=2)),
    st.builds(GroupIn, st.frozensets(st.sampled_from(GROUPS), max_size=2)),
    st.builds(Bought, SCOPES, DAYS),
    st.builds(Overdue, DAYS),
    st.builds(LastOrder, DAYS, st.booleans()),
    st.builds(InterestIn, st.frozensets(st.sampled_from(CATEGORIES), max_size=2)),
    st.builds(TagIn, st.frozensets(st.sampled_from(TAGS), max_size=2)),
    st.builds(OpinionIn, st.frozensets(st.sampled_from(Opinion), max_size=2)),
)


def _joined(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, max_size=3).map(tuple)
    return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(Not, nodes))


TREES = st.recursive(CONDITIONS, _joined, max_leaves=6)


def test_sql_finds_whom_a_plain_reading_finds(database_url: str) -> None:
    with Runner() as runner:
        store = open_store(database_url)
        shops = runner.run(_laid(store))

        @settings(max_examples=100)
        @given(node=TREES)
        def same(node: Node) -> None:
            kept = segment_of(segment_facts(node))
            assert kept == node
            assert runner.run(_found(store, kept)) == {each.id for each in shops if is_in(each, node)}

        same()
        runner.run(store.close())


def test_every_reason_is_counted_once_and_in_its_order(database_url: str) -> None:
    with Runner() as runner:
        store = open_store(database_url)
        shops = runner.run(_laid(store))

        @settings(max_examples=30)
        @given(
            node=CONDITIONS,
            with_complaints=st.booleans(),
            with_overdue=st.booleans(),
            cap=st.integers(min_value=1, max_value=3),
        )
        def same(node: Node, *, with_complaints: bool, with_overdue: bool, cap: int) -> None:
            asked = Asked(
                rules=replace(RULES, promotions_a_week=cap),
                node=node,
                with_complaints=with_complaints,
                with_overdue=with_overdue,
            )
            wanted = Counter(reason(each, asked) for each in shops if each.is_active and is_in(each, node))
            found = runner.run(_counted(store, asked))
            assert found.matched == wanted.total()
            assert found.sendable == wanted.pop(None, 0)
            assert dict(found.excluded) == dict(wanted)

        same()
        runner.run(store.close())


async def _laid(store: Store) -> list[Shop]:
    async with store.unit_of_work() as uow:
        return await lay_town(uow, Random(5), 150)


async def _found(store: Store, node: Node) -> set[int]:
    async with store.reading() as uow:
        rows = await uow.connection.scalars(select(customers.c.id).where(holds(node, Then(NOW))))
        return set(rows)


async def _counted(store: Store, asked: Asked) -> AudienceCount:
    async with store.reading() as uow:
        return await uow.audience.count(asked, NOW)


async def _a_campaign(uow: UnitOfWork) -> int:
    made = insert(campaigns).values(
        name="پاییزه", kind="announcement", state="running", conditions={}, counts={}, made_by=1,
        created_at=NOW,
    )  # fmt: skip
    return int((await uow.connection.execute(made.returning(campaigns.c.id))).scalar_one())


async def test_the_frozen_are_those_that_were_counted(store: Store) -> None:
    async with store.unit_of_work() as uow:
        shops = await lay_town(uow, Random(9), 150)
        asked = Asked(rules=RULES, node=Not(SegmentIn(frozenset("D"))))
        campaign_id = await _a_campaign(uow)
        async with uow.audience.gathering(asked, NOW) as gathered:
            assert gathered.count == await uow.audience.count(asked, NOW)
            size = replace(gathered.count, holdout=7)
            frozen = await gathered.freeze(campaign_id, size, 1)
    assert frozen == size
    async with store.reading() as uow:
        rows = (
            await uow.connection.execute(
                select(campaign_recipients)
                .where(campaign_recipients.c.campaign_id == campaign_id)
                .order_by(campaign_recipients.c.id)
            )
        ).all()
    wanted = {each.id for each in shops if each.is_active and is_in(each, asked.node)}
    reached = {each.id for each in shops if each.id in wanted and reason(each, asked) is None}
    assert {row.customer_id for row in rows} == reached
    assert {row.state for row in rows} == {"new"}
    # The order is random, and the turns of the holdout come evenly.
    assert [row.customer_id for row in rows] != sorted(reached)
    held = [place for place, row in enumerate(rows) if row.is_holdout]
    assert len(held) == 7
    gaps = {later - earlier for earlier, later in pairwise(held)}
    assert max(gaps) - min(gaps) <= 1
    for row in rows:
        assert row.contact_id == _last_seen(shops[row.customer_id - 1], shops), row.customer_id


def _last_seen(shop: Shop, shops: list[Shop]) -> int:
    """The key of the contact who was seen last of those who can be told."""
    first = 1 + sum(len(each.people) for each in shops[: shop.id - 1])
    keyed = {
        min(minutes for minutes, blocked in person.reaches if not blocked): first + at
        for at, person in enumerate(shop.people)
        if person.may_order
        and person.is_active
        and person.wants
        and person.heard < RULES.promotions_a_week
        and any(not blocked for _, blocked in person.reaches)
    }
    return keyed[min(keyed)]


async def test_another_seed_is_another_order_and_the_same_seed_the_same(store: Store) -> None:
    orders = []
    async with store.unit_of_work() as uow:
        await lay_town(uow, Random(9), 150)
    for seed in (1, 1, 2):
        async with store.unit_of_work() as uow:
            asked = Asked(rules=replace(RULES, promotions_a_week=100))
            campaign_id = await _a_campaign(uow)
            async with uow.audience.gathering(asked, NOW) as gathered:
                await gathered.freeze(campaign_id, replace(gathered.count, holdout=5), seed)
            rows = await uow.connection.execute(
                select(campaign_recipients.c.customer_id, campaign_recipients.c.is_holdout)
                .where(campaign_recipients.c.campaign_id == campaign_id)
                .order_by(campaign_recipients.c.id)
            )
            orders.append([tuple(row) for row in rows])
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]
    assert {each for each, held in orders[0] if held} != {each for each, held in orders[2] if held}

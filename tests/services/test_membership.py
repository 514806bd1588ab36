"""What managers decide about those who want to become customers."""

from __future__ import annotations

import asyncio

import pytest

from domain.actors import Actor
from domain.calendar import Route
from domain.customers import MembershipRequest, RequestStatus
from domain.errors import AlreadyDecided, NotFound, NumberTaken
from domain.staff import Role
from services.membership import (
    approve_request,
    ask_applicant,
    licence_of,
    list_requests,
    reject_request,
    request_card,
    require_pending,
)
from services.registration import ask_membership, keep_licence
from services.staff import fingerprint, invite, join
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.people import (
    a_centre,
    a_colleague,
    a_contact_of,
    a_request,
    a_stranger,
    linked,
    some_answers,
    speaking,
)
from tests.conftest import NOW

WEST = Route(id=0, name="غرب ۳", weekdays=frozenset({5, 0, 2}))


async def a_west_route(uow: UnitOfWork, visitor_id: int | None = None) -> int:
    return await uow.calendars.put_route(WEST, visitor_id=visitor_id, areas="سعادت‌آباد,پونک", city="تهران")


async def applied(store: Store) -> tuple[Actor, Actor, MembershipRequest]:
    """A manager, and an applicant with a request that waits."""
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow)
        await a_west_route(uow, manager.staff_id)
        applicant = await a_stranger(uow)
        return manager, applicant, await a_request(uow, applicant)


async def test_approval_makes_a_customer_with_outlet_and_contact(store: Store) -> None:
    manager, applicant, request = await applied(store)
    async with store.unit_of_work() as uow:
        card = await approve_request(uow, request.id, manager, NOW)
        assert card.status is RequestStatus.APPROVED
        assert card.similar == ()
    async with store.unit_of_work() as uow:
        joined = await speaking(uow, applicant.identity.user_id)
        assert joined.customer is not None
        assert joined.customer.name == "داروخانه دکتر رضایی"
        assert joined.can_see_prices
        assert joined.rights.may_order
        assert joined.rights.may_see_balance
        assert joined.rights.may_approve
        told = {each.notification.kind: each.notification for each in await uow.outbox.claim(NOW, 9)}
        assert told["membership_approved"].facts == {"weekdays": [0, 2, 5], "visitor": "همکار"}
        actions = [action for action, _facts in await uow.audit.list_of("request", request.id)]
        assert actions == ["membership_asked", "request_approved"]


async def test_of_two_managers_one_decides(store: Store) -> None:
    manager, _applicant, request = await applied(store)
    async with store.unit_of_work() as uow:
        other = await a_colleague(uow)

    async def decide(who: Actor, *, yes: bool) -> bool:
        try:
            async with store.unit_of_work() as uow:
                if yes:
                    await approve_request(uow, request.id, who, NOW)
                else:
                    await reject_request(uow, request.id, None, who, NOW)
        except AlreadyDecided:
            return False
        return True

    done = await asyncio.gather(
        decide(manager, yes=True),
        decide(other, yes=False),
        decide(other, yes=True),
        decide(manager, yes=False),
    )
    assert sum(done) == 1
    async with store.reading() as uow:
        with pytest.raises(AlreadyDecided):
            await require_pending(uow, manager, request.id)


async def test_a_rejected_applicant_may_ask_again(store: Store) -> None:
    manager, applicant, request = await applied(store)
    async with store.unit_of_work() as uow:
        card = await reject_request(uow, request.id, "پروانه خوانا نیست", manager, NOW)
        assert card.status is RequestStatus.REJECTED
        again = await a_request(uow, applicant)
        assert again.number == request.number + 1
        told = {each.notification.kind: each.notification for each in await uow.outbox.claim(NOW, 9)}
        assert told["membership_rejected"].facts["reason"] == "پروانه خوانا نیست"


async def test_only_managers_decide(store: Store) -> None:
    _manager, applicant, request = await applied(store)
    async with store.unit_of_work() as uow:
        buyer = await linked(uow, await a_contact_of(uow, await a_centre(uow), may_approve=True))
        others = [
            applicant,
            buyer,
            *[await a_colleague(uow, role) for role in Role if role is not Role.MANAGER],
        ]
        for each in others:
            for wish in (
                list_requests(uow, each),
                request_card(uow, each, request.id),
                licence_of(uow, each, request.id),
                require_pending(uow, each, request.id),
                approve_request(uow, request.id, each, NOW),
                reject_request(uow, request.id, None, each, NOW),
                ask_applicant(uow, request.id, "؟", each, NOW),
            ):
                with pytest.raises(NotFound):
                    await wish
    async with store.reading() as uow:
        assert (await uow.registrations.get(request.id)).status is RequestStatus.PENDING


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    manager, _applicant, request = await applied(store)
    async with store.unit_of_work() as uow:
        for request_id in (request.id + 1, 2**63 - 1):
            with pytest.raises(NotFound):
                await approve_request(uow, request_id, manager, NOW)
        with pytest.raises(NotFound):
            await licence_of(uow, manager, request.id)


async def test_somebody_who_acts_for_another_centre_stays_one_person(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow)
        contact_id = await a_contact_of(uow, await a_centre(uow, "داروخانه یک"), mobile="09121234567")
        request = await a_request(uow, mobile="09121234567", name="داروخانه دو")
        await approve_request(uow, request.id, manager, NOW)
    async with store.reading() as uow:
        names = [each.name for each in await uow.settings.list_centres(contact_id)]
        assert names == ["داروخانه یک", "داروخانه دو"]


async def test_a_number_that_was_given_away_meanwhile_is_not_approved(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow)
        by_mobile = await a_request(uow, mobile="09350000001")
        by_id = await a_request(uow, national_id="0499370899")
        joining = await a_stranger(uow)
        by_staff = await a_request(uow, joining)
        await a_colleague(uow, Role.VISITOR, mobile="09350000001")
        await a_centre(uow, national_id="0499370899")
        token = await invite(uow, Role.SUPPORT, NOW)
        await join(uow, joining, fingerprint(token), "کسی", NOW)
    for request in (by_mobile, by_id, by_staff):
        with pytest.raises(NumberTaken):
            async with store.unit_of_work() as uow:
                await approve_request(uow, request.id, manager, NOW)
    async with store.reading() as uow:
        assert len(await list_requests(uow, manager)) == 3


async def test_similar_centres_of_the_same_town_are_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow)
        await a_centre(uow, "داروخانه شبانه‌روزی دکتر رضایی")
        await a_centre(uow, "داروخانه رضاییان")
        card = await request_card(uow, manager, (await a_request(uow)).id)
        assert card.similar == ("داروخانه شبانه‌روزی دکتر رضایی",)
        assert card.route is None


async def test_the_licence_is_shown_as_what_it_is(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow)
        for content, is_picture in ((b"\xff\xd8\xff..", True), (b"%PDF-1.7", False)):
            file_id = await keep_licence(uow, "x", "image/jpeg", content, NOW)
            applicant = await a_stranger(uow)
            request = await ask_membership(uow, applicant, some_answers(), file_id, NOW)
            assert await licence_of(uow, manager, request.id) == (file_id, is_picture)

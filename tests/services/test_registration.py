"""Joining: whose number counts (F-6), what is refused, and what a request keeps."""

from __future__ import annotations

import random

import pytest

from domain.actors import Actor, Stranger
from domain.customers import Contact
from domain.errors import (
    AlreadyDecided,
    AlreadyRegistered,
    FileRefused,
    NotAMobile,
    NotFound,
    NotYourContact,
)
from domain.registration import Proven
from domain.staff import Role
from services.membership import ask_applicant
from services.registration import (
    answer_manager,
    ask_membership,
    keep_licence,
    link_contact,
    pending_request,
    prove_mobile,
    require_identifier_free,
)
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.people import (
    a_centre,
    a_colleague,
    a_contact_of,
    a_request,
    a_stranger,
    an_identity,
    linked,
    some_answers,
    speaking,
)
from tests.conftest import NOW

MOBILE = "09121234567"
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
SPOOFS = 200


async def prove(
    uow: UnitOfWork, by: Actor, phone: str = MOBILE, owner: int | None = None, *, is_passed_on: bool = False
) -> Proven:
    owner_id = by.identity.user_id if owner is None else owner
    return await prove_mobile(uow, by, owner_id=owner_id, is_passed_on=is_passed_on, phone=phone)


async def test_ones_own_card_leads_to_ones_centre(store: Store) -> None:
    async with store.unit_of_work() as uow:
        contact_id = await a_contact_of(uow, await a_centre(uow), mobile=MOBILE)
        stranger = await a_stranger(uow)
        proven = await prove(uow, stranger, "+989121234567")
        assert proven.contact_id == contact_id
        assert proven.centres == (("داروخانه دکتر رضایی", "سعادت‌آباد"),)
        await link_contact(uow, stranger, contact_id, proven.mobile, NOW)
    async with store.reading() as uow:
        found = await uow.customers.by_messenger("telegram", 0, stranger.identity.user_id, 1)
        assert found is not None
        assert found[0].contact_id == contact_id
        assert [action for action, _facts in await uow.audit.list_of("contact", contact_id)] == [
            "contact_linked"
        ]


def a_spoof(of: random.Random, stranger: Actor, victim: int) -> dict[str, object]:
    """A card that does not prove that the sender owns the victim's number."""
    phone = of.choice(["", "0", "98", "+98", "0098"]) + MOBILE[1:]
    phone = of.choice([phone, phone.translate(PERSIAN), f"{phone[:-4]} {phone[-4:]}", f"\u200e{phone}"])
    own = stranger.identity.user_id
    owner, is_passed_on = of.choice(
        [
            (None, False),
            (victim, False),
            (own + 1, False),
            (-own, False),
            (0, False),
            (own, True),
            (None, True),
        ]
    )
    return {"phone": phone, "owner_id": owner, "is_passed_on": is_passed_on}


async def naive_acceptance(uow: UnitOfWork, by: Actor, card: dict[str, object]) -> None:
    """What a bot does that believes every card: it looks only at the number."""
    phone = str(card["phone"])
    proven = await prove_mobile(uow, by, owner_id=by.identity.user_id, is_passed_on=False, phone=phone)
    assert proven.contact_id is not None
    await link_contact(uow, by, proven.contact_id, proven.mobile, NOW)


async def test_a_spoofed_card_is_never_linked(store: Store) -> None:
    """F-6, with 200 made-up cards of a known customer's number."""
    of = random.Random(6)
    async with store.unit_of_work() as uow:
        contact_id = await a_contact_of(uow, await a_centre(uow), mobile=MOBILE)
        victim = await linked(uow, contact_id)
        stranger = await a_stranger(uow)
    async with store.unit_of_work() as uow:
        for _spoof in range(SPOOFS):
            card = a_spoof(of, stranger, victim.identity.user_id)
            with pytest.raises(NotYourContact):
                await prove_mobile(uow, stranger, **card)  # type: ignore[arg-type]
            with pytest.raises(NotFound):
                await link_contact(uow, stranger, contact_id, "", NOW)
    async with store.unit_of_work() as uow:
        assert isinstance((await speaking(uow, stranger.identity.user_id)).person, Stranger)
        assert await uow.audit.list_of("contact", contact_id) == ()


async def test_believing_every_card_would_link_a_spoof(store: Store) -> None:
    """The negative control of F-6: the same cards, taken at their word, open the victim's account."""
    of = random.Random(6)
    async with store.unit_of_work() as uow:
        contact_id = await a_contact_of(uow, await a_centre(uow), mobile=MOBILE)
        victim = await linked(uow, contact_id)
        for _spoof in range(10):
            stranger = await a_stranger(uow)
            await naive_acceptance(uow, stranger, a_spoof(of, stranger, victim.identity.user_id))
            person = (await speaking(uow, stranger.identity.user_id)).person
            assert isinstance(person, Contact)
            assert person.id == contact_id


async def test_a_proven_number_links_no_other_contact(store: Store) -> None:
    async with store.unit_of_work() as uow:
        mine = await a_contact_of(uow, await a_centre(uow), mobile=MOBILE)
        other = await a_contact_of(uow, await a_centre(uow))
        stranger = await a_stranger(uow)
        for contact_id, proven in ((other, MOBILE), (mine, "09129999999"), (0, MOBILE)):
            with pytest.raises(NotFound):
                await link_contact(uow, stranger, contact_id, proven, NOW)


async def test_a_foreign_number_is_not_taken(store: Store) -> None:
    async with store.unit_of_work() as uow:
        stranger = await a_stranger(uow)
        for phone in ("+4915112345678", "12025550123", "", "abc"):
            with pytest.raises(NotAMobile):
                await prove(uow, stranger, phone)


async def test_the_number_of_our_staff_or_of_somebody_shut_out_is_not_taken(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await a_colleague(uow, Role.VISITOR, mobile="09350000001")
        no_centre = await uow.customers.put_contact("بی‌مرکز", "09350000002")
        shut_out = await a_contact_of(uow, await a_centre(uow), mobile="09350000003")
        await uow.customers.suspend(shut_out)
        stranger = await a_stranger(uow)
        assert no_centre
        for phone in ("09350000001", "09350000002", "09350000003"):
            with pytest.raises(AlreadyRegistered):
                await prove(uow, stranger, phone)


async def test_a_number_that_waits_already_is_not_taken_twice(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await a_request(uow, mobile=MOBILE, national_id="0499370899")
        await a_centre(uow, national_id="14007650912")
        other = await a_stranger(uow)
        with pytest.raises(AlreadyRegistered):
            await prove(uow, other)
        for taken in ("0499370899", "14007650912"):
            with pytest.raises(AlreadyRegistered):
                await require_identifier_free(uow, other, "09350000009", taken)
            with pytest.raises(AlreadyRegistered):
                await ask_membership(uow, other, some_answers(national_id=taken), None, NOW)
        await require_identifier_free(uow, other, "09350000009", "10380284790")


async def test_a_request_goes_to_every_manager_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        for role in (Role.MANAGER, Role.MANAGER, Role.WAREHOUSE, Role.SUPPORT):
            await a_colleague(uow, role)
        applicant = await a_stranger(uow)
        first = await ask_membership(uow, applicant, some_answers(), None, NOW)
        again = await ask_membership(uow, applicant, some_answers(), None, NOW)
    assert (again.id, again.number) == (first.id, first.number)
    async with store.unit_of_work() as uow:
        told = await uow.outbox.claim(NOW, 10)
        assert [each.notification.kind for each in told] == ["membership_asked"] * 2
        assert told[0].notification.facts["name"] == "داروخانه دکتر رضایی"
        waiting = await pending_request(uow, applicant)
        assert waiting is not None
        assert waiting.number == first.number


async def test_nobody_unknown_to_us_has_a_request(store: Store) -> None:
    async with store.reading() as uow:
        assert await pending_request(uow, Actor(identity=an_identity(1), person=Stranger())) is None


@pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"%PDF-"])
async def test_a_licence_is_kept_by_its_content(store: Store, start: bytes) -> None:
    async with store.unit_of_work() as uow:
        kept = await keep_licence(uow, "a", "image/jpeg", start + b"...", NOW)
        assert await keep_licence(uow, "b", "image/jpeg", start + b"...", NOW) == kept


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<script>", b"GIF89a"])
async def test_what_only_pretends_to_be_a_picture_is_refused(store: Store, content: bytes) -> None:
    async with store.unit_of_work() as uow:
        with pytest.raises(FileRefused):
            await keep_licence(uow, "photo.jpg", "image/jpeg", content, NOW)


async def test_an_answer_goes_back_to_who_asked(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow)
        applicant = await a_stranger(uow)
        with pytest.raises(AlreadyDecided):
            await answer_manager(uow, applicant, "بله", NOW)
        request = await a_request(uow, applicant)
        with pytest.raises(AlreadyDecided):
            await answer_manager(uow, applicant, "بله", NOW)
        await ask_applicant(uow, request.id, "پلاک؟", manager, NOW)
        await answer_manager(uow, applicant, "۴۲", NOW)
        with pytest.raises(AlreadyDecided):
            await answer_manager(uow, applicant, "۴۲", NOW)
    async with store.unit_of_work() as uow:
        # One at a time for each person: what waits for the manager comes by the second claim.
        told = [*await uow.outbox.claim(NOW, 9), *await uow.outbox.claim(NOW, 9)]
        kinds = {each.notification.kind: each.notification.to.staff_id for each in told}
        assert kinds["request_answer"] == manager.staff_id
        assert "request_question" in kinds

"""Becoming a customer: one's own number, then six short questions (S1.1 to S1.8)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor, Stranger
from domain.addresses import Place, centre_name, place, typed
from domain.customers import CustomerKind
from domain.errors import FileRefused
from domain.identifiers import identifier
from domain.registration import Answers
from handlers.asking import Question, SentFile
from handlers.filters import FromApplicant, Says, SharesContact, leaves_out
from handlers.front import home_of
from handlers.registering import Registering, ask_next, still_open
from screens import registration as screens
from screens.callbacks.registration import ChooseKind, ConfirmMe, OtherCentre, SkipQuestion
from screens.catalogue import front
from screens.home import home
from screens.language import Language
from screens.screen import Screen
from services import begun
from services import registration as wishes
from services.catalogue import shelves
from storage.unit_of_work import UnitOfWork

MOST_ANSWER = 800


def router() -> Router:
    router = Router(name="registration")
    router.message.register(take_contact, SharesContact())
    router.message.register(look_first, Says(screens.catalogue_first_label))
    router.message.register(repeat_question, StateFilter(Registering.confirming))
    router.message.register(take_kind, StateFilter(Registering.kind))
    router.message.register(take_name, StateFilter(Registering.name))
    router.message.register(take_address, StateFilter(Registering.address))
    router.message.register(take_location, StateFilter(Registering.location))
    router.message.register(take_identifier, StateFilter(Registering.identifier))
    router.message.register(take_licence, StateFilter(Registering.licence))
    router.message.register(take_answer, FromApplicant(is_asked=True))
    router.callback_query.register(confirm_me, ConfirmMe.filter())
    router.callback_query.register(choose_other_centre, OtherCentre.filter())
    router.callback_query.register(choose_kind, ChooseKind.filter())
    router.callback_query.register(skip_question, SkipQuestion.filter())
    return router


async def take_contact(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    company: str,
    _: Language,
) -> Screen:
    """A shared card: only one's own counts, and only a stranger needs it."""
    card = message.contact
    assert card is not None
    if not isinstance(actor.person, Stranger) or await wishes.pending_request(uow, actor):
        return await home_of(uow, actor, company, _)
    is_passed_on = message.forward_origin is not None or message.via_bot is not None
    proven = await wishes.prove_mobile(
        uow, actor, owner_id=card.user_id, is_passed_on=is_passed_on, phone=card.phone_number
    )
    if proven.contact_id is None:
        await ask_next(uow, actor, state, Registering.name, {"mobile": proven.mobile}, now)
        return screens.name_question(_)
    known = {"mobile": proven.mobile, "contact_id": proven.contact_id, "centres": proven.centres}
    await ask_next(uow, actor, state, Registering.confirming, known, now)
    return screens.known_contact(proven.contact_id, proven.centres, _)


async def look_first(
    _message: Message, actor: Actor, uow: UnitOfWork, state: Question, _: Language
) -> Screen:
    """The key under the greeting: whatever question is open, these words are no answer to it."""
    await state.clear()
    return front(await shelves(uow), actor, _)


async def confirm_me(
    _query: CallbackQuery,
    callback_data: ConfirmMe,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    """Yes, that is me (S1.2): what counts is the mobile that was proven just before, not the button."""
    if actor.contact_id == callback_data.contact_id:
        return home(actor, _)
    proven = (await state.get_data()).get("mobile", "")
    linked = await wishes.link_contact(uow, actor, callback_data.contact_id, proven, now)
    await begun.forget(uow, actor)
    await state.clear()
    return home(linked, _)


async def choose_other_centre(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    if await state.get_state() != Registering.confirming.state:
        return await still_open(state, _)
    await ask_next(uow, actor, state, Registering.name, data, now)
    return screens.name_question(_, is_known=True)


async def take_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    name = centre_name(message.text)
    await ask_next(uow, actor, state, Registering.kind, {**await state.get_data(), "name": name}, now)
    return screens.kind_question(_)


async def choose_kind(
    _query: CallbackQuery,
    callback_data: ChooseKind,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    if await state.get_state() != Registering.kind.state:
        return await still_open(state, _)
    return await _chosen(callback_data.kind, actor, uow, now, state, _)


async def take_kind(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The kind was written instead of tapped."""
    kind = screens.kind_called(message.text or "", _)
    return await (still_open(state, _) if kind is None else _chosen(kind, actor, uow, now, state, _))


async def _chosen(
    kind: CustomerKind, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    await ask_next(
        uow, actor, state, Registering.address, {**await state.get_data(), "kind": kind.value}, now
    )
    return screens.address_question(_)


async def take_address(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    where = place(message.text)
    data = {**await state.get_data(), "city": where.city, "address": where.address}
    await ask_next(uow, actor, state, Registering.location, data, now)
    return screens.location_question(_)


async def take_location(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    if message.location is not None:
        data |= {"latitude": message.location.latitude, "longitude": message.location.longitude}
    elif not leaves_out(message.text, screens.later_label(_)):
        return screens.location_question(_)
    await ask_next(uow, actor, state, Registering.identifier, data, now)
    return screens.identifier_question(_)


async def take_identifier(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    if not leaves_out(message.text, screens.skip_label(_)):
        national_id = identifier(message.text or "")
        await wishes.require_identifier_free(uow, actor, data["mobile"], national_id)
        data["national_id"] = national_id
    await ask_next(uow, actor, state, Registering.licence, data, now)
    return screens.licence_question(_)


async def take_licence(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    file: SentFile | None,
    _: Language,
) -> Screen:
    if leaves_out(message.text, screens.skip_label(_)):
        return await _finish(actor, uow, state, None, now, _)
    if file is None:
        raise FileRefused
    licence = await wishes.keep_licence(uow, file.name, file.mime_type, file.content, now)
    return await _finish(actor, uow, state, licence, now, _)


async def skip_question(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    match await state.get_state():
        case Registering.identifier.state:
            await ask_next(uow, actor, state, Registering.licence, await state.get_data(), now)
            return screens.licence_question(_)
        case Registering.licence.state:
            return await _finish(actor, uow, state, None, now, _)
    return await still_open(state, _)


async def repeat_question(_message: Message, state: Question, _: Language) -> Screen:
    """A question that is answered by a button was answered with text."""
    return await still_open(state, _)


async def take_answer(message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    """The applicant answers what a manager has asked."""
    request = await wishes.answer_manager(uow, actor, typed(message.text, MOST_ANSWER), now)
    return screens.answer_passed_on(request, _)


async def _finish(
    actor: Actor, uow: UnitOfWork, state: Question, licence: int | None, now: datetime, _: Language
) -> Screen:
    data = await state.get_data()
    answers = Answers(
        mobile=data["mobile"],
        name=data["name"],
        kind=CustomerKind(data["kind"]),
        where=Place(city=data["city"], address=data["address"]),
        latitude=data.get("latitude"),
        longitude=data.get("longitude"),
        national_id=data.get("national_id"),
    )
    request = await wishes.ask_membership(uow, actor, answers, licence, now)
    await begun.forget(uow, actor)
    await state.clear()
    return screens.request_recorded(request, _)

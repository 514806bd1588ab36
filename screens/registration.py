"""Becoming a customer (S1.1 to S1.8), as the person sees it."""

from __future__ import annotations

from domain.customers import CustomerKind, MembershipRequest
from domain.persian import search_key
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.registration import (
    ChooseKind,
    ConfirmMe,
    ContinueRegistration,
    OtherCentre,
    SkipQuestion,
    StartOver,
)
from screens.callbacks.support import AskSupport
from screens.home import home_button
from screens.language import Language
from screens.pages import in_rows
from screens.screen import AskButton, Button, Request, Screen

SHORTEST_KIND = 3
"""With fewer letters than that written, no kind of business is meant yet."""


def catalogue_first_label(_: Language) -> str:
    """The key under the greeting that leads to the shelves; pressing it sends these words."""
    return _.label("👀 See the catalogue first")


def later_label(_: Language) -> str:
    """The key that leaves the question for a place unanswered; pressing it sends this word."""
    return _.label("Later")


def _contact_keys(_: Language) -> tuple[tuple[AskButton, ...], ...]:
    return (
        (AskButton(_.label("📱 Send my number"), Request.CONTACT),),
        (AskButton(catalogue_first_label(_)),),
    )


def welcome(company: str, _: Language) -> Screen:
    """S1.1."""
    text = _(
        "Hello, welcome to the ordering bot of “{company}” 🌿\n"
        "Here you order around the clock, see your balance and cheques, and hear of promotions.\n"
        "To begin, please send your mobile number.",
        company=company,
    )
    return Screen(text, ask=_contact_keys(_))


def half_way(_: Language) -> Screen:
    """What somebody sees at home who has begun and not finished: no answer is lost."""
    text = _("Your registration is not finished yet. What you have answered so far was kept.")
    return Screen(
        text,
        (
            (Button(_.label("▶️ Continue the registration"), ContinueRegistration()),),
            (Button(_.label("🔄 Start over"), StartOver()), *_look(_)),
            (Button(_.label("💬 Talk to support"), AskSupport()),),
        ),
    )


def not_your_contact(_: Language) -> Screen:
    """A card of somebody else, or one that proves nothing."""
    text = _(
        "This contact is not your own, so it was not accepted.\n"
        "Please send your own number with the button below."
    )
    return Screen(text, ask=_contact_keys(_))


def send_it_by_key(_: Language) -> Screen:
    """A number that was typed proves nothing."""
    text = _("So that we know it is yours, please send your number with the button below.")
    return Screen(text, ask=_contact_keys(_))


def known_contact(contact_id: int, centres: tuple[tuple[str, str], ...], _: Language) -> Screen:
    """S1.2."""
    names = [f"{name} – {outlet}" if outlet and outlet != name else name for name, outlet in centres]
    text = _("We know you: “{centre}”\nIs that right?", centre=_.listed(names))
    return Screen(
        text,
        (
            (
                Button(_.label("✅ Yes, that is me"), ConfirmMe(contact_id=contact_id)),
                Button(_.label("❌ No, another centre"), OtherCentre()),
            ),
            (home_button(_),),
        ),
    )


def name_question(_: Language, *, is_known: bool = False) -> Screen:
    """S1.3; somebody whom we know from another centre is not told that they are unknown."""
    if is_known:
        text = _("Your other centre is registered with a few short questions (about a minute).\nIts name?")
    else:
        text = _(
            "This number is not in our system. "
            "It is registered with a few short questions (about a minute).\n"
            "The name of your centre?"
        )
    return Screen(text, ((home_button(_),),))


def kind_question(_: Language) -> Screen:
    """S1.4."""
    kinds = [Button(label, ChooseKind(kind=kind)) for kind, label in _kinds(_)]
    return Screen(_("What do you do?"), (*in_rows(kinds, 2), (home_button(_),)))


def kind_called(text: str, _: Language) -> CustomerKind | None:
    """The kind whose label holds what was written: «سالن» is a beauty salon."""
    key = search_key(text)
    if len(key) < SHORTEST_KIND:
        return None
    return next((kind for kind, label in _kinds(_) if key in search_key(label)), None)


def _kinds(_: Language) -> tuple[tuple[CustomerKind, str], ...]:
    return (
        (CustomerKind.PHARMACY, _.label("💊 Pharmacy")),
        (CustomerKind.SALON, _.label("💇 Beauty salon")),
        (CustomerKind.CHAIN, _.label("🏬 Shop / chain")),
        (CustomerKind.ONLINE, _.label("🛍 Online shop")),
        (CustomerKind.PERSONAL, _.label("👤 For myself")),
    )


def address_question(_: Language) -> Screen:
    """S1.5."""
    return Screen(_("Please write city and address in one message."), ((home_button(_),),))


def location_question(_: Language) -> Screen:
    """S1.6."""
    return Screen(
        _("Please send the location of your centre too, so that the driver finds it more easily."),
        ask=((AskButton(_.label("📍 Send location"), Request.LOCATION), AskButton(later_label(_))),),
    )


def identifier_question(_: Language) -> Screen:
    """S1.7."""
    text = _("For official invoices, please send your national id or economic code (optional).")
    return Screen(text, (_skip(_), (home_button(_),)))


def not_an_identifier(_: Language) -> Screen:
    """What was sent instead of an id; the question can still be left out."""
    text = _("This is no valid national id or economic code. Please check it and send again.")
    return Screen(text, (_skip(_), (home_button(_),)))


def not_a_licence(_: Language) -> Screen:
    """What was sent instead of a photo; the question can still be left out."""
    return Screen(_("Please send a photo."), (_skip(_), (home_button(_),)))


def licence_question(_: Language) -> Screen:
    """S1.8. The story shows no key here; without one nobody could leave it out."""
    text = _("Please send a photo of your licence (optional; it makes the approval faster).")
    return Screen(text, (_skip(_), (home_button(_),)))


def skip_label(_: Language) -> str:
    return _.label("Skip")


def _skip(_: Language) -> tuple[Button, ...]:
    return (Button(skip_label(_), SkipQuestion()),)


def request_recorded(request: MembershipRequest, _: Language) -> Screen:
    """S1.8: thank you. Whoever keeps a pharmacy is called a doctor here."""
    if request.kind is CustomerKind.PHARMACY:
        thanks = _("Thank you, doctor. Your request is recorded (code {number}).", number=request.number)
    else:
        thanks = _("Thank you. Your request is recorded (code {number}).", number=request.number)
    return Screen(f"{thanks}\n{_soon(_)}", (_look(_), (home_button(_),)))


def request_waits(request: MembershipRequest, _: Language) -> Screen:
    """What somebody sees who comes back before a manager has decided."""
    text = _("Your request (code {number}) is being looked at.", number=request.number)
    return Screen(f"{text}\n{_soon(_)}", (_look(_), (Button(_.label("💬 Talk to support"), AskSupport()),)))


def answer_passed_on(request: MembershipRequest, _: Language) -> Screen:
    """The applicant has answered a manager's question."""
    text = _("Thank you. Your answer was passed on (request {number}).", number=request.number)
    return Screen(text, (_look(_), (home_button(_),)))


def _soon(_: Language) -> str:
    return _("In working hours it is usually approved in less than an hour, and we tell you right here.")


def _look(_: Language) -> tuple[Button, ...]:
    return (Button(_.label("👀 See the catalogue"), OpenCatalogue()),)

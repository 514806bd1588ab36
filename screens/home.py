"""The main menu (S0.1), and the screens that stand in where nothing else fits."""

from __future__ import annotations

from domain.actors import Actor
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.home import OpenHome
from screens.callbacks.orders import OpenHistory, OpenTracking, RepeatLast
from screens.callbacks.promotions import OpenDeals
from screens.callbacks.settings import OpenAccount, OpenSettings
from screens.callbacks.support import AskSupport
from screens.language import Language
from screens.screen import Button, Screen


def home(actor: Actor, _: Language) -> Screen:
    """S0.1, for a customer."""
    name = actor.customer.name if actor.customer else actor.identity.name
    return Screen(
        _("{name}\nWhat shall we do?", name=name),
        (
            (
                Button(_.label("🛒 New order"), OpenCatalogue()),
                Button(_.label("🔁 Repeat the last order"), RepeatLast()),
            ),
            (
                Button(_.label("📦 Follow an order"), OpenTracking()),
                Button(_.label("🧾 Purchase history"), OpenHistory(page=1)),
            ),
            (
                Button(_.label("💳 My account"), OpenAccount()),
                Button(_.label("🎁 My offers"), OpenDeals(page=1)),
            ),
            (
                Button(_.label("💬 Support and complaints"), AskSupport()),
                Button(_.label("⚙️ Settings"), OpenSettings()),
            ),
        ),
    )


def no_centre(_: Language) -> Screen:
    """A contact whose centres are all closed: only a person can help."""
    text = _("No centre is active for your number. Please talk to our support.")
    return Screen(text, ((Button(_.label("💬 Talk to support"), AskSupport()),),))


def home_button(_: Language) -> Button:
    """The way home, for the last row of a screen."""
    return Button(_.label("🏠 Home"), OpenHome())


def old_button(_: Language) -> Screen:
    """S0.3: a button that nobody knows any more."""
    text = _("This message is old and what it says has changed. Please look at the new version.")
    return Screen(text, ((Button(_.label("🔄 Show the new one"), OpenHome()),),))


def not_understood(_: Language) -> Screen:
    """S0.2."""
    text = _(
        "I did not understand what you mean. You can write your order right here, for example:\n"
        "“2 cartons of Avin shampoo 250, 10 packs of medium gloves”"
    )
    return Screen(
        text,
        (
            (
                Button(_.label("🛒 New order"), OpenCatalogue()),
                Button(_.label("💳 My account"), OpenAccount()),
                Button(_.label("💬 Talk to support"), AskSupport()),
            ),
            (home_button(_),),
        ),
    )


def you_are_welcome(_: Language) -> Screen:
    """Somebody has thanked us."""
    return Screen(_("You are welcome 🌿 We are here whenever you need us."), ((home_button(_),),))


def help_page(_: Language) -> Screen:
    """What can be done here, and what can simply be written."""
    text = _(
        "Here you can:\n"
        "🛒 browse the catalogue and order\n"
        "🔁 repeat an earlier order\n"
        "📦 follow an order, change it or cancel it\n"
        "🧾 see what you bought before\n"
        "💬 talk to our support\n\n"
        "You can also simply write: “where is my order?”, “same as before”, “order 40521”, “my account”, "
        "or the name or code of a product."
    )
    return Screen(
        text,
        (
            (
                Button(_.label("🛒 New order"), OpenCatalogue()),
                Button(_.label("💬 Talk to support"), AskSupport()),
            ),
            (home_button(_),),
        ),
    )


def tried_again(_: Language) -> Screen:
    """The update that failed is being worked off once more (S0.4)."""
    return Screen(_("🔄 It is being tried again…"), ((home_button(_),),))

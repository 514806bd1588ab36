"""The main menu, and the screens that stand in for what is not there any more."""

from domain.actors import Actor
from screens.callbacks.home import OpenHome
from screens.language import Language
from screens.screen import Button, Screen


def home(actor: Actor, _: Language) -> Screen:
    return Screen(
        _("{name}\nWhat shall we do?", name=actor.customer.name if actor.customer else actor.identity.name),
        ((Button(_.label("🏠 Home"), OpenHome()),),),
    )


def home_button(_: Language) -> Button:
    """The way home, for the last row of a screen."""
    return Button(_.label("🏠 Home"), OpenHome())


def old_button(_: Language) -> Screen:
    """S0.3: a button that nobody knows any more."""
    text = _("This message is old and what it says has changed. Please look at the new version.")
    return Screen(text, ((Button(_.label("🔄 Show the new one"), OpenHome()),),))

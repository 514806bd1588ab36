"""What is told when our own work failed (S0.4)."""

from domain.notifications import Notification
from screens.callbacks.home import OpenHome, TryAgain
from screens.callbacks.support import AskSupport
from screens.language import Language
from screens.notices import notice
from screens.screen import Button, Screen

FAULT = "fault"


@notice(FAULT)
def fault(notification: Notification, _: Language) -> Screen:
    text = _(
        "Something went wrong just now and nothing was recorded. Tracking code: E-{code}",
        code=notification.subject_id,
    )
    return Screen(
        text,
        (
            (
                Button(_.label("🔄 Again"), TryAgain(inbox_id=notification.subject_id)),
                Button(_.label("💬 Support"), AskSupport()),
            ),
            (Button(_.label("🏠 Home"), OpenHome()),),
        ),
    )

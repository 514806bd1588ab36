"""What is told of campaigns: on the seventh day what one has brought, and to visitors whom to see."""

from domain.campaign_reports import report_of
from domain.notifications import Notification
from screens.callbacks.ledger import OpenTasks
from screens.campaign_results import report
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import Button, Screen


@notice("campaign_report")
def campaign_report(notification: Notification, _: Language) -> Screen:
    """S5.11, unasked."""
    return report(report_of(notification.facts), _)


@notice("campaign_work")
def campaign_work(notification: Notification, _: Language) -> Screen:
    """So many shops of one's routes have tapped and not bought."""
    count = notification.facts["count"]
    assert isinstance(count, int)
    text = _(
        "📋 {count} shops of your routes looked at “{campaign}” and did not buy. They are among your tasks.",
        count=count,
        campaign=str(notification.facts["campaign"]),
    )
    return Screen(text, ((Button(_.label("📌 My tasks"), OpenTasks(page=1)), home_button(_)),))

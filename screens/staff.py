"""The main menus of our people, and how somebody joins them."""

from __future__ import annotations

from domain.staff import Role, Staff, Workload
from domain.support import SupportMessage
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.orders import OpenDesk
from screens.callbacks.registration import OpenRequests
from screens.callbacks.support import AnswerSupport
from screens.home import home_button
from screens.language import Language
from screens.screen import ALONE, Button, Screen, shortened


def role_word(role: Role, _: Language) -> str:
    match role:
        case Role.MANAGER:
            return _("manager")
        case Role.FINANCE:
            return _("finance")
        case Role.WAREHOUSE:
            return _("warehouse")
        case Role.VISITOR:
            return _("visitor")
        case Role.SUPPORT:
            return _("support")


def staff_home(staff: Staff, waiting: Workload, _: Language) -> Screen:
    """What this role does, with what waits for it."""
    lines: list[str] = [_("{name} ({role})", name=staff.name, role=role_word(staff.role, _))]
    rows: list[tuple[Button, ...]] = []
    if waiting.request_count is not None:
        label = _.label("📥 Membership requests ({count})", count=waiting.request_count)
        rows.append((Button(label, OpenRequests()),))
    if waiting.order_count is not None:
        lines.append(_("Orders on their way: {count}", count=waiting.order_count))
        rows.append((Button(_.label("📦 Warehouse desk"), OpenDesk(page=1)),))
    if waiting.questions is not None:
        lines.append(_("Open questions: {count}", count=len(waiting.questions)))
        rows.extend((_question_button(each, _),) for each in waiting.questions)
    rows.append((Button(_.label("👀 See the catalogue"), OpenCatalogue()),))
    lines.append(_("What shall we do?"))
    return Screen("\n".join(lines), (*rows, (home_button(_),)))


def _question_button(message: SupportMessage, _: Language) -> Button:
    who = message.customer or message.person
    label = shortened(_.label("💬 {who}: {text}", who=who, text=message.text), ALONE)
    return Button(label, AnswerSupport(message_id=message.id))


def staff_name_question(_: Language) -> Screen:
    """Asked when the messenger gives no name that can be read."""
    return Screen(_("What is your name, as colleagues shall read it?"))


def joined(staff: Staff, _: Language) -> Screen:
    text = _("Welcome, {name}. You have joined as {role} ✅", name=staff.name, role=role_word(staff.role, _))
    return Screen(text, ((home_button(_),),))

"""The main menus of our people, and how somebody joins them."""

from __future__ import annotations

from domain.credit_books import BookOrder
from domain.nps_report import NpsPart, NpsSpan
from domain.staff import MoneyDesk, Role, Staff, Workload
from domain.support import SupportMessage
from screens.callbacks.campaign_builder import OpenCampaigns
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.company import OpenCompany
from screens.callbacks.credit import FindDebtor, OpenApprovals, OpenCreditBook
from screens.callbacks.frozen import OpenFrozen
from screens.callbacks.instruments import OpenChequeDesk
from screens.callbacks.ledger import OpenDisputes, OpenTasks
from screens.callbacks.nps import OpenNps
from screens.callbacks.orders import OpenDesk
from screens.callbacks.promotions import OpenPromotions
from screens.callbacks.push_rules import OpenPushRules
from screens.callbacks.receipts import OpenReceipts
from screens.callbacks.registration import OpenRequests
from screens.callbacks.reminders import OpenBankAccounts, OpenReminderLevels
from screens.callbacks.requested_goods import OpenWishes
from screens.callbacks.search_misses import OpenMisses
from screens.callbacks.support import AnswerSupport
from screens.callbacks.tickets import OpenTickets
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
    if waiting.is_frozen:
        rows.append((Button(_.label("🧊 Nothing is told: look"), OpenFrozen()),))
    if waiting.request_count is not None:
        label = _.label("📥 Membership requests ({count})", count=waiting.request_count)
        rows.append((Button(label, OpenRequests()),))
    if waiting.order_count is not None:
        lines.append(_("Orders on their way: {count}", count=waiting.order_count))
        rows.append((Button(_.label("📦 Warehouse desk"), OpenDesk(page=1)),))
    if waiting.questions is not None:
        lines.append(_("Open questions: {count}", count=len(waiting.questions)))
        rows.extend((_question_button(each, _),) for each in waiting.questions)
    if waiting.money is not None:
        rows.extend(_money_rows(waiting.money, _))
    if staff.role is Role.VISITOR:
        rows.append((Button(_.label("💳 Customers' accounts"), FindDebtor()),))
    if waiting.ticket_count is not None:
        rows.append(_ticket_row(staff, waiting.ticket_count, _))
    if waiting.task_count:
        rows.append((Button(_.label("📋 Tasks ({count})", count=waiting.task_count), OpenTasks(page=1)),))
    if staff.role is Role.MANAGER:
        offers = Button(_.label("🎁 Promotions"), OpenPromotions(page=1))
        rows.append((offers, Button(_.label("📣 Send to many"), OpenCampaigns())))
        letterhead = Button(_.label("🏢 Our letterhead"), OpenCompany())
        rows.append((letterhead, Button(_.label("🔔 Rules of messages"), OpenPushRules())))
    rows.extend(_rules_rows(staff, _))
    rows.append((Button(_.label("👀 See the catalogue"), OpenCatalogue()),))
    lines.append(_("What shall we do?"))
    return Screen("\n".join(lines), (*rows, (home_button(_),)))


def _rules_rows(staff: Staff, _: Language) -> tuple[tuple[Button, ...], ...]:
    """What customers miss, for those who can do something about it; the rules of messages for finance."""
    if staff.role in (Role.MANAGER, Role.SUPPORT):
        missed = Button(_.label("🔎 Missed searches"), OpenMisses(page=1))
        return ((missed, Button(_.label("🛎 Requested goods"), OpenWishes(page=1))),)
    if staff.role is Role.FINANCE:
        return ((Button(_.label("🔔 Rules of messages"), OpenPushRules()),),)
    return ()


def _money_rows(money: MoneyDesk, _: Language) -> tuple[tuple[Button, ...], ...]:
    """The desks of money, each with how much waits there."""
    return (
        (
            Button(_.label("💸 Receipts ({count})", count=money.receipts), OpenReceipts(page=1)),
            Button(_.label("📝 Cheques ({count})", count=money.cheques), OpenChequeDesk()),
        ),
        (
            Button(_.label("🔶 Approvals ({count})", count=money.approvals), OpenApprovals(page=1)),
            Button(_.label("❗️ Disputes ({count})", count=money.disputes), OpenDisputes(page=1)),
        ),
        (Button(_.label("💳 Customers' accounts"), OpenCreditBook(order=BookOrder.DEBT, page=1)),),
        (
            Button(_.label("🔔 Reminders"), OpenReminderLevels()),
            Button(_.label("🏦 Account numbers"), OpenBankAccounts()),
        ),
    )


def _ticket_row(staff: Staff, count: int, _: Language) -> tuple[Button, ...]:
    """Open tickets, and for managers what customers think."""
    tickets = Button(_.label("🎫 Tickets ({count})", count=count), OpenTickets(page=1))
    if staff.role is not Role.MANAGER:
        return (tickets,)
    return (tickets, Button(_.label("📊 NPS"), OpenNps(span=NpsSpan.MONTH, back=0, part=NpsPart.NONE)))


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

"""«شماره حساب‌ها»: the accounts to pay to, kept by finance; managers hear of every change."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.bank_accounts import BANK_ACCOUNTS, MOST_ACCOUNTS, BankAccount, PayTo, account_of
from domain.errors import AlreadyDecided, NotFound
from domain.notifications import Notification, Recipient
from domain.reminder_errors import TooManyAccounts
from domain.staff import Role
from storage.unit_of_work import UnitOfWork


async def open_accounts(uow: UnitOfWork, actor: Actor, company: str) -> PayTo:
    """For customers, and for those of ours who deal with money; ``company`` is its name in the settings."""
    if actor.staff_id is None:
        actor.require_customer()
    else:
        actor.require_staff(Role.FINANCE, Role.MANAGER)
    return PayTo(
        holder=(await uow.company.get(company)).name,
        accounts=await _kept(uow),
        may_change=actor.staff_id is not None and _is_finance(actor),
    )


async def require_room(uow: UnitOfWork, actor: Actor) -> None:
    """One more account may be added."""
    actor.require_staff(Role.FINANCE)
    if len(await _kept(uow)) >= MOST_ACCOUNTS:
        raise TooManyAccounts(MOST_ACCOUNTS)


async def add_account(uow: UnitOfWork, actor: Actor, sheba: str, card: str, now: datetime) -> None:
    """Show that account, too; one that stands there already gets the card that was typed."""
    actor.require_staff(Role.FINANCE)
    kept = [each for each in await _kept(uow) if each.sheba != sheba]
    if len(kept) >= MOST_ACCOUNTS:
        raise TooManyAccounts(MOST_ACCOUNTS)
    number = await uow.audit.next_number("bank_account")
    account = BankAccount(id=number, sheba=sheba, card=card)
    await _keep(uow, actor, [*kept, account], account, "bank_account.added", now)


async def drop_account(uow: UnitOfWork, actor: Actor, account_id: int, now: datetime) -> None:
    actor.require_staff(Role.FINANCE)
    kept = await _kept(uow)
    dropped = next((each for each in kept if each.id == account_id), None)
    if dropped is None:
        raise AlreadyDecided
    left = [each for each in kept if each.id != account_id]
    await _keep(uow, actor, left, dropped, "bank_account.dropped", now)


async def find_account(uow: UnitOfWork, actor: Actor, account_id: int) -> BankAccount:
    """The account that is about to be taken away."""
    actor.require_staff(Role.FINANCE)
    for each in await _kept(uow):
        if each.id == account_id:
            return each
    raise NotFound


async def _kept(uow: UnitOfWork) -> tuple[BankAccount, ...]:
    return tuple(account_of(each) for each in await uow.company.decided(BANK_ACCOUNTS, []))


async def _keep(
    uow: UnitOfWork,
    actor: Actor,
    accounts: list[BankAccount],
    changed: BankAccount,
    action: str,
    now: datetime,
) -> None:
    """Where customers send their money is nobody's quiet change: every manager hears of it."""
    staff = actor.require_staff(Role.FINANCE)
    await uow.company.decide(BANK_ACCOUNTS, [each.facts() for each in accounts], now, staff.id)
    await uow.audit.write(actor, action, "company", None, now, changed.facts())
    await uow.outbox.put(
        *(
            Notification(
                key=f"{action}:{changed.id}:{each.id}",
                kind="bank_accounts_changed",
                to=Recipient(staff_id=each.id),
                subject_id=changed.id,
                due_at=now,
                facts={"who": staff.name, "sheba": changed.sheba, "is_added": action.endswith("added")},
            )
            for each in await uow.staff.list_active(Role.MANAGER)
        )
    )


def _is_finance(actor: Actor) -> bool:
    return getattr(actor.person, "role", None) is Role.FINANCE

"""The command line `bonak`: every command is thin, and says in one line why it cannot.

The messenger's library takes seconds to load, so only the commands that need it ask for it.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot import importing, understanding
from bot.auditing import look
from bot.doctor import check_database, examine
from bot.starting import FAILED, ready_settings, refuse, require_database, say, settings_or_refusal
from domain.staff import Role
from screens.auditing import verdict, violation_line
from screens.doctor import Check, last_line, line
from services.calendar import seed_holidays
from services.frozen import end, freeze
from storage.schema import migrate as bring_up_to_date
from storage.unit_of_work import open_store

app = typer.Typer(
    help="Bonak: orders and notifications in chat, for distributors.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
staff = typer.Typer(help="Our own people.", no_args_is_help=True)
app.add_typer(importing.app, name="import")
app.add_typer(staff, name="staff")
outbox = typer.Typer(help="What is told by itself.", no_args_is_help=True)
app.add_typer(outbox, name="outbox")
app.command("parse")(understanding.parse)
app.command("find")(understanding.find_products)

NOBODY_TO_BE = "BONAK_TELEGRAM_TOKEN is not set: get one from @BotFather, or try the sandbox with: make run"
MIGRATABLE = (Check.DATABASE, Check.DATABASE_ABSENT, Check.DATABASE_BEHIND)


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    settings = settings_or_refusal()
    if settings.telegram_token is None:
        refuse(NOBODY_TO_BE)
    require_database(settings)
    from bot.running import run_until_stopped

    raise typer.Exit(asyncio.run(run_until_stopped(settings)))


@app.command()
def migrate() -> None:
    """Make the database, or bring it up to date."""
    settings = settings_or_refusal()
    found = asyncio.run(check_database(settings))
    if found.check not in MIGRATABLE:
        refuse(line(found))
    asyncio.run(_migrate(settings.database_url))
    say("The database is up to date.")


async def _migrate(url: str) -> None:
    """The schema, the jobs' engine, the public holidays, and the words by which products are found."""
    await bring_up_to_date(url)
    if url.startswith("postgresql"):
        from bot.shared_engine import prepare

        await prepare(url, is_alone=True)
    store = open_store(url)
    try:
        async with store.unit_of_work() as uow:
            await seed_holidays(uow)
            await uow.index.refresh()
    finally:
        await store.close()


@app.command()
def doctor() -> None:
    """Look for what is wrong with the set-up, and say what to do about it."""
    raise typer.Exit(FAILED if asyncio.run(_examine()) else 0)


async def _examine() -> int:
    """How many things are wrong."""
    wrong = 0
    async for finding in examine():
        wrong += not finding.is_well
        typer.echo(line(finding))
    typer.echo(last_line(wrong))
    return wrong


@app.command()
def audit() -> None:
    """Look whether the books add up, and whether the audit trail reads as it was sealed."""
    settings = ready_settings()
    found, head = asyncio.run(look(settings.database_url, datetime.now(UTC)))
    for each in found:
        typer.echo(violation_line(each))
    typer.echo(verdict(len(found), head))
    raise typer.Exit(FAILED if found else 0)


@outbox.command("freeze")
def freeze_outbox() -> None:
    """Tell nothing by itself until a manager has looked: before the first start on a restored backup."""
    settings = ready_settings()
    asyncio.run(_outbox(settings.database_url, is_frozen=True))
    say("Nothing is told by itself now. A manager lets it go in the chat, or: bonak outbox release")


@outbox.command("release")
def release_outbox() -> None:
    """Tell again what waits."""
    settings = ready_settings()
    asyncio.run(_outbox(settings.database_url, is_frozen=False))
    say("What waits is told.")


async def _outbox(url: str, *, is_frozen: bool) -> None:
    store = open_store(url)
    try:
        async with store.unit_of_work() as uow:
            if is_frozen:
                await freeze(uow, datetime.now(UTC), "by hand")
            else:
                await end(uow, None, datetime.now(UTC), tells=True)
    finally:
        await store.close()


@staff.command("invite")
def invite_staff(
    role: Role,
    days: Annotated[int, typer.Option(min=1, max=30, help="So many days the link can be used.")] = 3,
) -> None:
    """Make a link with which one person joins in that role."""
    settings = ready_settings()
    from bot.running import invite_link

    typer.echo(asyncio.run(invite_link(settings, role, timedelta(days=days))))


def main() -> None:
    app()


if __name__ == "__main__":
    main()

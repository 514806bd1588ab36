"""The command line `bonak`: every command is thin, and says in one line why it cannot."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Annotated

import aiohttp
import structlog
import typer
from aiogram.exceptions import AiogramError

from bot import importing
from bot.app import App, Clock, build_bot, utc_now
from bot.clock import SandboxClock
from bot.config import Settings
from bot.doctor import check_database, examine
from bot.starting import FAILED, ready_settings, refuse, require_database, say, settings_or_refusal
from domain.staff import Role
from handlers.staff import INVITE
from screens.doctor import Check, last_line, line
from services.staff import invite
from storage.schema import migrate as bring_up_to_date
from storage.unit_of_work import open_store

log = structlog.get_logger("bot")

app = typer.Typer(
    help="Bonak: orders and notifications in chat, for distributors.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
staff = typer.Typer(help="Our own people.", no_args_is_help=True)
app.add_typer(importing.app, name="import")
app.add_typer(staff, name="staff")

NOBODY_TO_BE = "BONAK_TELEGRAM_TOKEN is not set: get one from @BotFather, or try the sandbox with: make run"
ASKING_SECONDS = 10
MIGRATABLE = (Check.DATABASE, Check.DATABASE_ABSENT, Check.DATABASE_BEHIND)


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    settings = settings_or_refusal()
    if settings.telegram_token is None:
        refuse(NOBODY_TO_BE)
    require_database(settings)
    raise typer.Exit(asyncio.run(_run(settings)))


async def _run(settings: Settings) -> int:
    """0 when it was asked to stop and has finished what it had begun."""
    stop = asyncio.Event()
    _stop_on_signals(stop)
    store = open_store(settings.database_url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        try:
            clock = await _clock(settings.clock_url, stack)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            say(f"BONAK_CLOCK_URL: {settings.clock_url} does not tell the time ({type(error).__name__}).")
            return FAILED
        try:
            await App(settings, store, clock=clock).run(stop)
        except Exception:
            log.exception("the bot has failed")
            return FAILED
    return 0


def _stop_on_signals(stop: asyncio.Event) -> None:
    """The first signal lets what runs finish; whoever sends a second one does not want to wait for that."""

    def asked(number: int) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked, number)


async def _clock(url: str | None, stack: AsyncExitStack) -> Clock:
    """The machine's clock, or the sandbox's, which is then followed until the stack closes."""
    if url is None:
        return utc_now
    session = await stack.enter_async_context(aiohttp.ClientSession())
    clock = SandboxClock(url)
    await clock.read(session)
    following = asyncio.create_task(clock.follow(session))
    stack.callback(following.cancel)
    return clock


@app.command()
def migrate() -> None:
    """Make the database, or bring it up to date."""
    settings = settings_or_refusal()
    found = asyncio.run(check_database(settings))
    if found.check not in MIGRATABLE:
        refuse(line(found))
    asyncio.run(bring_up_to_date(settings.database_url))
    say("The database is up to date.")


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


@staff.command("invite")
def invite_staff(
    role: Role,
    days: Annotated[int, typer.Option(min=1, max=30, help="So many days the link can be used.")] = 3,
) -> None:
    """Make a link with which one person joins in that role."""
    settings = ready_settings()
    typer.echo(asyncio.run(_invite(settings, role, timedelta(days=days))))


async def _invite(settings: Settings, role: Role, valid_for: timedelta) -> str:
    """The link; when the messenger cannot be asked for the bot's name, what to send to the bot instead."""
    store = open_store(settings.database_url)
    try:
        async with store.unit_of_work() as uow:
            token = await invite(uow, role, datetime.now(UTC), valid_for)
    finally:
        await store.close()
    username = await _username(settings)
    if username is None:
        return f"/start {INVITE}{token}"
    return f"https://t.me/{username}?start={INVITE}{token}"


async def _username(settings: Settings) -> str | None:
    if settings.telegram_token is None:
        return None
    bot = build_bot(settings.telegram_token.get_secret_value(), settings.telegram_api, settings.proxy)
    try:
        return (await bot.get_me(request_timeout=ASKING_SECONDS)).username
    except (AiogramError, OSError, TimeoutError):
        return None
    finally:
        await bot.session.close()


def main() -> None:
    app()


if __name__ == "__main__":
    main()

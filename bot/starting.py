"""What every command begins with: usable settings and an up-to-date database, or one line why not."""

from __future__ import annotations

import asyncio
from typing import NoReturn

import typer

from bot.config import Settings, WrongSetting, read_settings, unknown_settings
from bot.doctor import check_database
from bot.logging import set_up_logging
from screens.doctor import line

FAILED, WRONG_SETTING = 1, 2


def say(text: str) -> None:
    """A line for whoever runs the command; the output itself stays for what was asked for."""
    typer.echo(text, err=True)


def refuse(text: str, code: int = FAILED) -> NoReturn:
    say(text)
    raise typer.Exit(code)


def settings_or_refusal() -> Settings:
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        refuse(str(wrong), WRONG_SETTING)
    for name in unknown_settings():
        say(f"{name} in .env is no setting of this program and was not read.")
    set_up_logging(settings.log_level, settings.log_format)
    return settings


def require_database(settings: Settings) -> None:
    """Refuse to go on with a database that is not there or not up to date."""
    found = asyncio.run(check_database(settings))
    if not found.is_well:
        refuse(line(found))


def ready_settings() -> Settings:
    """Settings whose database can be worked with."""
    settings = settings_or_refusal()
    require_database(settings)
    return settings

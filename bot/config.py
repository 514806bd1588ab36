"""Settings: one frozen object, read once from the environment or ``.env``; a wrong one stops the start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.money import MoneyUnit

PREFIX = "BONAK_"
ENV_FILE = ".env"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_NAMED = re.compile(r"^\s*(?:export\s+)?(BONAK_\w+)\s*=", re.MULTILINE | re.IGNORECASE)


class Settings(BaseSettings):
    """Every setting has the prefix ``BONAK_``. The README's table is compared with this class by a test."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    database_url: str = Field("sqlite+aiosqlite:///data/bonak.db", description="Where everything is kept.")
    telegram_token: SecretStr | None = Field(None, description="The bot's token from @BotFather.")
    telegram_api: str = Field("https://api.telegram.org", description="Base address of the Bot API.")
    proxy: str | None = Field(None, description="A socks5:// or http:// proxy for everything that is sent.")
    send_per_second: Annotated[float, Field(ge=0, le=1000)] = Field(
        25, description="Messages a second over all chats; 0 is off."
    )
    send_per_chat: Annotated[float, Field(ge=0)] = Field(
        1, description="Messages a second in one chat; 0 is off."
    )
    send_per_group: Annotated[int, Field(ge=0)] = Field(
        20, description="Messages a minute in one group; 0 is off."
    )
    paid_broadcasts: bool = Field(
        False,
        description="Promotions may cost Stars: above 30 a second, up to `BONAK_SEND_PER_SECOND` (1000).",
    )
    people_at_once: Annotated[int, Field(ge=1, le=512)] = Field(
        32, description="How many people's updates are worked on at the same time."
    )
    company: str = Field(
        "پخش آرمان‌طب", min_length=1, description="The distributor's name, as customers read it."
    )
    money_unit: MoneyUnit = Field(
        MoneyUnit.TOMAN, description="Amounts in chat are shown, and meant when typed, in `toman` or `rial`."
    )
    sandbox_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        8090, description="Port of the sandbox page (make run)."
    )
    clock_url: str | None = Field(None, description="The sandbox's clock, for a bot in another process.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    log_format: Literal["text", "json"] = Field("text", description="Lines for people or for programs.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        prefixes = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")
        if not value.startswith(prefixes) or value in prefixes:
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and value.get_secret_value() and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("must look like 123456789:AA…, as @BotFather gives it")
        return value if value and value.get_secret_value() else None

    @field_validator("telegram_api")
    @classmethod
    def _some_address(cls, value: str) -> str:
        if not value:
            raise ValueError("must begin with http:// or https://")
        return value

    @field_validator("telegram_api", "clock_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else None

    @field_validator("proxy")
    @classmethod
    def _a_proxy(cls, value: str | None) -> str | None:
        if value and not value.startswith(("socks5://", "socks4://", "http://")):
            raise ValueError("must begin with socks5://, socks4:// or http://")
        return value or None

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the database, None on PostgreSQL."""
        prefix = "sqlite+aiosqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


class WrongSetting(Exception):
    """A setting cannot be used; the message is one line that names it. Values are never repeated."""


def read_settings() -> Settings:
    """The settings, or a refusal of one line that names the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    except UnicodeDecodeError:
        raise WrongSetting(f"{ENV_FILE}: must be text in UTF-8") from None


def unknown_settings(path: Path = Path(ENV_FILE)) -> tuple[str, ...]:
    """Names in the file that begin like ours but are nobody's: most of them are misspelled."""
    try:
        named = _NAMED.findall(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ()
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    return tuple(name for name in named if name.upper() not in known)


def describe() -> list[tuple[str, str, str]]:
    """Name, default and meaning of every setting, in their order: the table of the README."""
    return [
        (
            f"{PREFIX}{name}".upper(),
            "" if field.default is None else str(field.default),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]

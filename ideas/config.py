"""Settings: everything a city sets from outside, typed, read once from the environment.

A wrong setting stops the start with a sentence that names it; nothing is
guessed in production that a city would have to explain later.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

WEAK_SECRET_LENGTH = 32


class BadSetting(SystemExit):
    """A setting that the app refuses to start with; its text is for the person at the console."""


class Mode(StrEnum):
    """What kind of house this is; only production keeps its doors by production's rules."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The whole configuration. `from_environment` documents each variable's name by its use."""

    mode: Mode
    data_dir: Path
    database_url: str
    secret_key: str
    site_url: str
    smtp_url: str
    mail_from: str
    redis_url: str
    trusted_hosts: tuple[str, ...]
    trusted_proxy_hops: int
    outbound_hosts: tuple[str, ...]
    keys_file: Path
    staff_second_factor: bool
    jobs_in_process: bool
    log_level: str
    styleguide: bool

    @property
    def is_production(self) -> bool:
        """Whether residents of a real city are behind the door."""
        return self.mode is Mode.PRODUCTION

    @property
    def is_https(self) -> bool:
        """Whether cookies may be marked Secure."""
        return self.site_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read, check, and freeze the settings, or raise BadSetting with a sentence."""
        env = os.environ if environ is None else environ
        mode = _mode(env)
        data_dir = _data_dir(env)
        settings = cls(
            mode=mode,
            data_dir=data_dir,
            database_url=_database_url(env, data_dir),
            secret_key=env.get("SECRET_KEY", ""),
            site_url=_site_url(env, mode),
            smtp_url=_smtp_url(env),
            mail_from=env.get("MAIL_FROM", ""),
            redis_url=_url(env, "REDIS_URL", ("redis", "rediss", "unix")),
            trusted_hosts=_hosts(env, "TRUSTED_HOSTS"),
            trusted_proxy_hops=_number(env, "TRUSTED_PROXY_HOPS", 0, most=9),
            outbound_hosts=_hosts(env, "OUTBOUND_HOSTS"),
            keys_file=Path(env.get("KEYS_FILE", str(data_dir / "keys.json"))),
            staff_second_factor=not _flag(env, "DEMO_STAFF_WITHOUT_SECOND_FACTOR", default=False),
            jobs_in_process=_flag(env, "JOBS_IN_PROCESS", default=mode is Mode.DEMO),
            log_level=_log_level(env),
            styleguide=_flag(env, "STYLEGUIDE", default=mode is not Mode.PRODUCTION),
        )
        return _checked(settings)


def _checked(settings: Settings) -> Settings:
    """Refuse what production must never start with; lend the demo and tests a secret."""
    if not settings.is_production:
        return settings if settings.secret_key else _with_local_secret(settings)
    if len(settings.secret_key) < WEAK_SECRET_LENGTH:
        raise BadSetting(
            f"SECRET_KEY must be set to at least {WEAK_SECRET_LENGTH} random characters. "
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if not settings.trusted_hosts:
        raise BadSetting(
            "TRUSTED_HOSTS must name the host this city is reached at, such as ideas.example.org."
        )
    if "@" not in settings.mail_from:
        raise BadSetting("MAIL_FROM must be the address mails come from, such as ideas@example.org.")
    if not settings.staff_second_factor:
        raise BadSetting("DEMO_STAFF_WITHOUT_SECOND_FACTOR is only for IDEAS_MODE=demo. Remove it.")
    return settings


def _with_local_secret(settings: Settings) -> Settings:
    """A demo keeps the sessions of its visitors over restarts, so its secret lives beside its data."""
    import secrets
    from dataclasses import replace

    path = settings.data_dir / "secret.txt"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return replace(settings, secret_key=path.read_text().strip())


def _mode(env: Mapping[str, str]) -> Mode:
    value = env.get("IDEAS_MODE", Mode.PRODUCTION)
    if value not in set(Mode):
        raise BadSetting(f"IDEAS_MODE is “{value}”; it must be production, demo or test.")
    return Mode(value)


def _data_dir(env: Mapping[str, str]) -> Path:
    folder = Path(env.get("DATA_DIR", "instance")).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as why:
        raise BadSetting(f"DATA_DIR is {folder}, which cannot be made: {why.strerror}.") from None
    if not os.access(folder, os.W_OK):
        raise BadSetting(f"DATA_DIR is {folder}, which this account may not write to.")
    return folder


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'ideas.sqlite'}"
    url = url.replace("postgres://", "postgresql://", 1)
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _site_url(env: Mapping[str, str], mode: Mode) -> str:
    url = env.get("SITE_URL", "" if mode is Mode.PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not _is_reachable(url) or parts.path:
        raise BadSetting(
            "SITE_URL must be the whole public address without a path, such as https://ideas.example.org."
        )
    return url


def _smtp_url(env: Mapping[str, str]) -> str:
    url = _url(env, "SMTP_URL", ("smtp", "smtps", "smtp+starttls"))
    if url and not _is_reachable(url):
        raise BadSetting("SMTP_URL must name a host and, if any, a port: smtp://mail.example.org:25.")
    return url


def _url(env: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    value = env.get(name, "")
    if value and urlsplit(value).scheme not in schemes:
        raise BadSetting(f"{name} must begin with {' or '.join(s + '://' for s in schemes)}.")
    return value


def _is_reachable(url: str) -> bool:
    """Whether the address names a host, and a port that is a number."""
    try:
        return bool(urlsplit(url).hostname) and urlsplit(url).port != 0
    except ValueError:
        return False


def _hosts(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    hosts = tuple(env.get(name, "").replace(",", " ").split())
    for host in hosts:
        if "/" in host or "@" in host:
            raise BadSetting(
                f"{name} has “{host}” in it; it must be names of hosts, such as ideas.example.org."
            )
    return hosts


def _number(env: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    value = env.get(name, str(default))
    if not value.isdecimal() or int(value) > most:
        raise BadSetting(f"{name} is “{value}”; it must be a whole number from 0 to {most}.")
    return int(value)


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "1", "0", "true", "false", "on", "off"}:
        raise BadSetting(f"{name} is “{value}”; it must be yes or no.")
    return value in {"yes", "1", "true", "on"}


def _log_level(env: Mapping[str, str]) -> str:
    value = env.get("LOG_LEVEL", "INFO").upper()
    if value not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise BadSetting(f"LOG_LEVEL is “{value}”; it must be DEBUG, INFO, WARNING or ERROR.")
    return value

"""A wrong setting stops the start with a sentence that names it."""

from __future__ import annotations

import pytest

from ideas.config import BadSetting, Settings

GOOD = {
    "SECRET_KEY": "x" * 40,
    "TRUSTED_HOSTS": "ideas.example.org",
    "MAIL_FROM": "ideas@example.org",
    "SITE_URL": "https://ideas.example.org",
}


def test_production_starts_with_what_it_needs(tmp_path):
    settings = Settings.from_environment(GOOD | {"DATA_DIR": str(tmp_path)})

    assert settings.is_production
    assert settings.is_https


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ""),
        ("TRUSTED_HOSTS", ""),
        ("MAIL_FROM", "nobody"),
        ("SITE_URL", "ideas.example.org"),
        ("SITE_URL", "https://ideas.example.org/path"),
        ("SITE_URL", ""),
        ("IDEAS_MODE", "prod"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("SMTP_URL", "http://mail.example.org"),
        ("REDIS_URL", "memcached://somewhere"),
        ("SMTP_URL", "smtp://mail.example.org:twentyfive"),
        ("SITE_URL", "https://ideas.example.org:https"),
        ("TRUSTED_HOSTS", "https://ideas.example.org"),
        ("OUTBOUND_HOSTS", "https://register.example.org/people"),
        ("DATA_DIR", "/proc/ideas"),
        ("TRUSTED_PROXY_HOPS", "many"),
        ("TRUSTED_PROXY_HOPS", "-1"),
        ("JOBS_IN_PROCESS", "perhaps"),
        ("LOG_LEVEL", "LOUD"),
        ("DEMO_STAFF_WITHOUT_SECOND_FACTOR", "yes"),
    ],
)
def test_a_wrong_setting_is_named_in_a_sentence(name, value):
    with pytest.raises(BadSetting, match=name):
        Settings.from_environment(GOOD | {name: value})


def test_a_demo_keeps_its_own_secret_over_restarts(tmp_path):
    demo = {"IDEAS_MODE": "demo", "DATA_DIR": str(tmp_path)}

    first, second = Settings.from_environment(demo), Settings.from_environment(demo)

    assert len(first.secret_key) >= 32
    assert first.secret_key == second.secret_key


def test_an_address_of_postgresql_is_understood_in_both_its_spellings():
    for url in ("postgres://me@db/ideas", "postgresql://me@db/ideas"):
        assert Settings.from_environment(GOOD | {"DATABASE_URL": url}).database_url == (
            "postgresql+psycopg://me@db/ideas"
        )


def test_a_folder_that_the_house_makes_for_its_data_is_for_nobody_else(tmp_path):
    folder = tmp_path / "data"

    Settings.from_environment(GOOD | {"DATA_DIR": str(folder)})

    assert folder.stat().st_mode & 0o077 == 0

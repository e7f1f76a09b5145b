"""Short secrets that people type: six digits from a mail or an app, and printed recovery codes."""

from __future__ import annotations

import hmac
import secrets

import pyotp

from ideas.core.digests import keyed_digest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing looks like something else
LOOKALIKES = str.maketrans("OIL", "011")
RECOVERY_CODES = 8
STEP_S = 30


def six_digits() -> str:
    """A new code."""
    return f"{secrets.randbelow(1_000_000):06d}"


def digest_of_code(code: str, *, email: str, browser: str) -> bytes:
    """What is kept of a code: worth nothing for another address or another browser."""
    return keyed_digest("sign-in code", code, email, browser)


def digest_of_browser(browser: str) -> bytes:
    """What is kept of a browser's random name."""
    return keyed_digest("browser", browser)


def digest_of_account(email: str, *, of: str) -> bytes:
    """The name under which wrong tries are counted, whether or not such an account exists."""
    return keyed_digest(f"tries of {of}", email)


def printed_codes() -> list[str]:
    """Eight recovery codes of ten characters, in two groups."""
    return ["-".join(_group() for _ in range(2)) for _ in range(RECOVERY_CODES)]


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(5))


def digest_of_recovery(code: str, *, person_id: int) -> bytes:
    """The same whether it is typed small, with spaces, or with an O for a zero."""
    plain = "".join(sign for sign in code.upper().translate(LOOKALIKES) if sign.isalnum())
    return keyed_digest("recovery code", plain, str(person_id))


def new_secret() -> str:
    """A secret for an app that makes codes, 160 bits, base 32."""
    return pyotp.random_base32()


def app_address(secret: str, *, email: str, city: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=f"Ideas {city}")


def digits_at(secret: str, *, at: float) -> str:
    """What an app with this secret shows at a moment, in Unix seconds."""
    return pyotp.HOTP(secret).at(int(at // STEP_S))


def step_of(code: str, *, secret: str, at: float) -> int | None:
    """The 30-second step a code belongs to, now or one beside it, or None; `at` is in Unix seconds."""
    app, now = pyotp.HOTP(secret), int(at // STEP_S)
    typed = code.encode()
    fitting = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(app.at(step).encode(), typed)]
    return fitting[-1] if fitting else None

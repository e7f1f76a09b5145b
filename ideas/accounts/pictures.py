"""Pictures that the house draws itself."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """A QR code as inline SVG: dark on white in every theme, as cameras want it; no style attribute."""
    drawn = segno.make(text, error="m").svg_inline(
        omitsize=True, border=4, dark="#17231d", light="#ffffff", svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno draws numbers; the text is not in it

"""A quiet picture for an idea without a photo: five shapes from its number, in its topic's colours."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

PALETTES = (
    ("leaf", "clay", "pine", "sea", "sky"),
    ("sea", "clay", "leaf", "sun", "mist"),
    ("mist", "pine", "sun", "clay", "sea"),
    ("pine", "leaf", "sun", "mist", "clay"),
    ("sky", "sea", "mist", "sun", "pine"),
    ("clay", "sun", "sea", "mist", "pine"),
)
# Circle, hill, quarter, tower, large hill, stone: each as a path from the corner x, y of its field.
SHAPES = (
    lambda x, y: f"M{x} {y + 15}a15 15 0 1 1 30 0a15 15 0 1 1-30 0z",
    lambda x, y: f"M{x} {y + 30}a20 20 0 0 1 40 0z",
    lambda x, y: f"M{x} {y}h30a30 30 0 0 1-30 30z",
    lambda x, y: f"M{x + 10} {y}h20v30h-20z",
    lambda x, y: f"M{x - 15} {y + 30}a30 30 0 0 1 60 0z",
    lambda x, y: f"M{x + 5} {y + 15}a10 10 0 1 1 20 0a10 10 0 1 1-20 0z",
)
PARTS = 5
FRAME = 'class="picture" viewBox="0 0 120 90" preserveAspectRatio="xMidYMid slice" aria-hidden="true"'


@lru_cache(maxsize=4096)
def idea_picture(number: int, topic: int) -> Markup:
    """The SVG of an idea by its number and its topic's; the same idea always has the same one."""
    ground, *colours = PALETTES[topic % len(PALETTES)]
    rest = (number * 2654435761 + 97) % 2**32
    drawn = [f'<path class="c-{ground}" d="M0 0h120v90H0z"/>']
    for part in range(PARTS):
        kind, column, row = rest % 6, rest // 6 % 4, rest // 24 % 3
        rest //= 72
        colour = colours[part % len(colours)]
        drawn.append(f'<path class="c-{colour}" d="{SHAPES[kind](column * 30, row * 30)}"/>')
    return Markup(f"<svg {FRAME}>{''.join(drawn)}</svg>")  # noqa: S704 - made of numbers alone

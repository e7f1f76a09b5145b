"""What somebody looks for on the board: an order, filters and words, as the address has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from ideas.board.models import NOT_ON_THE_BOARD, Status
from ideas.board.search import LONGEST_QUERY

TRENDING, NEWEST, MOST_SUPPORTED, BEST_MATCH = "trending", "newest", "most-supported", "best-match"
ORDERS = (TRENDING, MOST_SUPPORTED, NEWEST)
WHOLE_CITY = "whole-city"
MOST_VALUES = 40
SETTLED_ELSEWHERE = frozenset({Status.MERGED, Status.WITHDRAWN})
ON_THE_BOARD = tuple(status for status in Status if status not in NOT_ON_THE_BOARD)
LISTED = tuple(status for status in ON_THE_BOARD if status not in SETTLED_ELSEWHERE)


class Address(Protocol):
    """The part after the question mark."""

    def get(self, key: str, default: str) -> str:
        """The first value of a name."""
        ...

    def getlist(self, key: str) -> list[str]:
        """All values of a name."""
        ...


class Find(NamedTuple):
    """One search. `status` empty means every idea that is not merged or withdrawn."""

    order: str = TRENDING
    topic: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    call: tuple[str, ...] = ()
    answered: bool = False
    mine: bool = False
    supported: bool = False
    q: str = ""
    after: str = ""

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses that are shown."""
        return self.status or (ON_THE_BOARD if self.mine or self.supported else LISTED)

    @property
    def is_personal(self) -> bool:
        """Whether a filter is on that the figures of the board know nothing of."""
        return self.answered or self.mine or self.supported

    def query(self, **changed: Any) -> str:
        """The address of this search with some of it changed; what is as usual is left out."""
        asked = self._replace(after="")._replace(**changed)
        usual = BEST_MATCH if asked.q else TRENDING
        pairs = [("q", asked.q)] if asked.q else []
        pairs += [("order", asked.order)] if asked.order != usual else []
        for name in ("topic", "district", "status", "call"):
            pairs += [(name, str(value)) for value in getattr(asked, name)]
        pairs += [(name, "yes") for name in ("answered", "mine", "supported") if getattr(asked, name)]
        pairs += [("after", asked.after)] if asked.after else []
        return f"?{urlencode(pairs)}" if pairs else ""


def find_in(address: Address, *, is_signed_in: bool) -> Find:
    """Read a search out of an address; what makes no sense is as if it were not there."""
    q = " ".join(address.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    orders = (BEST_MATCH, *ORDERS) if q else ORDERS
    order = address.get("order", "")
    return Find(
        order=order if order in orders else orders[0],
        topic=_some(address.getlist("topic")),
        district=_some(address.getlist("district")),
        status=tuple(Status(value) for value in _some(address.getlist("status")) if value in ON_THE_BOARD),
        call=_some(address.getlist("call")),
        answered=_is_on(address, "answered"),
        mine=is_signed_in and _is_on(address, "mine"),
        supported=is_signed_in and _is_on(address, "supported"),
        q=q,
        after=address.get("after", ""),
    )


def _some(values: Iterable[str]) -> tuple[str, ...]:
    kept = (value for value in values if 0 < len(value) <= 80 and "\0" not in value)
    return tuple(dict.fromkeys(kept))[:MOST_VALUES]


def _is_on(address: Address, name: str) -> bool:
    return address.get(name, "") in {"yes", "1", "on", "true"}

"""Finding shortlists, how their ideas stand, and who took part in numbers."""

from ideas.shortlists.queries.lists import (
    Addable,
    Listed,
    addable,
    calls_without_shortlist,
    listed_idea,
    listed_titles,
    shortlist_by,
    shortlist_of,
    shortlists,
)
from ideas.shortlists.queries.standing import Figures, Line, figures, standing
from ideas.shortlists.queries.voters import FEWEST, Turnout, turnout, turnout_on

__all__ = [
    "FEWEST",
    "Addable",
    "Figures",
    "Line",
    "Listed",
    "Turnout",
    "addable",
    "calls_without_shortlist",
    "figures",
    "listed_idea",
    "listed_titles",
    "shortlist_by",
    "shortlist_of",
    "shortlists",
    "standing",
    "turnout",
    "turnout_on",
]

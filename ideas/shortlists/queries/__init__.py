"""Finding shortlists, how their ideas stand, and who took part in numbers."""

from ideas.shortlists.queries.lists import (
    Addable,
    Listed,
    addable,
    calls_without_shortlist,
    checked_cost,
    listed_idea,
    listed_titles,
    newest_assessment,
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
    "checked_cost",
    "figures",
    "listed_idea",
    "listed_titles",
    "newest_assessment",
    "shortlist_by",
    "shortlist_of",
    "shortlists",
    "standing",
    "turnout",
    "turnout_on",
]

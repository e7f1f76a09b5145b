"""Finding what the city said, what it owes, and where an idea stands."""

from ideas.pipeline.queries.desk import (
    Acts,
    DueLine,
    Filters,
    acts_on,
    answers_due,
    answers_owed,
    open_draft,
    pipeline_page,
    status_counts,
    to_sign,
)
from ideas.pipeline.queries.record import (
    case_file,
    checked_cost,
    newest_answer,
    newest_assessment,
    newest_assessments,
)
from ideas.pipeline.queries.stand import stands

__all__ = [
    "Acts",
    "DueLine",
    "Filters",
    "acts_on",
    "answers_due",
    "answers_owed",
    "case_file",
    "checked_cost",
    "newest_answer",
    "newest_assessment",
    "newest_assessments",
    "open_draft",
    "pipeline_page",
    "stands",
    "status_counts",
    "to_sign",
]

"""Finding what the city said, what it owes, and where an idea stands."""

from ideas.pipeline.queries.desk import (
    Acts,
    DueLine,
    Filters,
    acts_on,
    answers_due,
    answers_owed,
    department,
    departments,
    open_draft,
    pipeline_page,
    status_counts,
)
from ideas.pipeline.queries.record import case_file, newest_answer, newest_assessment
from ideas.pipeline.queries.stand import Step, stands

__all__ = [
    "Acts",
    "DueLine",
    "Filters",
    "Step",
    "acts_on",
    "answers_due",
    "answers_owed",
    "case_file",
    "department",
    "departments",
    "newest_answer",
    "newest_assessment",
    "open_draft",
    "pipeline_page",
    "stands",
    "status_counts",
]

"""What staff do is written down, each row bound to the one before."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ideas.core.audit import AuditRow, audit, broken_links
from ideas.core.db import db
from ideas.core.transactions import transaction


def note(act: str) -> None:
    with transaction():
        audit(act, actor=None, role="moderator", about="idea:1")


def test_the_chain_holds_also_when_two_write_at_once(app, town):
    def write() -> None:
        with app.app_context():
            for _ in range(10):
                note("case.decided")
            db.session.remove()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(db.session.scalars(select(AuditRow.id)).all()) == 30
    assert broken_links() == []
    db.session.commit()


@pytest.mark.parametrize("words", ["UPDATE audit_log SET actor = 7", "DELETE FROM audit_log"])
def test_no_row_can_be_changed_or_taken_away(town, words):
    note("case.decided")

    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(words))


def test_a_refused_act_of_staff_is_written_down(town, browse):
    maria = town.moderator()
    browser = browse(maria)

    answer = browser.posts("/desk/meetings/1/open", {"csrf_token": browser.token()})

    assert answer.status == 403
    row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    assert (row.actor, row.result) == (maria.id, "refused")
    db.session.commit()

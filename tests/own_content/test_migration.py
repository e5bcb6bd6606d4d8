"""A plan that was written before plans and lessons were stored alike keeps its words and what « Annuler » takes back."""

from __future__ import annotations

import json
from pathlib import Path

import sqlalchemy as sa

from clicnjob import db
from clicnjob.own_content.changes import StoredContent, apply_change

_STRUCTURE = "INSERT INTO organisation (id, name, created_at) VALUES ('here', 'Ici', '2026-11-01')"
_PLAN = (
    "INSERT INTO ownplan (id, organisation_id, by_id, title, body, version, made_at, changed_at)"
    " VALUES ('plan', 'here', 'x', 'T', :body, 4, '2026-11-01', '2026-11-01')"
)


def test_a_plan_and_its_undo_of_before_are_read_as_they_were(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'before.sqlite3'}"
    db.migrate_database(address, "0034")
    engine = db.connect_engine(address)
    steps = [{"id": "a", "titre": "Dire"}, {"id": "b", "titre": "Lire"}]
    undo = [
        {"act": "set", "step": "", "field": "titre", "value": "Avant"},
        {"act": "remove", "step": "c"},
        {"act": "insert", "at": 1, "body": {"id": "c", "titre": "Rire"}},
        {"act": "move", "step": "b", "at": 0},
        {"act": "set", "step": "a", "field": "titre", "value": "Redire"},
    ]
    with engine.begin() as connection:
        connection.execute(sa.text(_STRUCTURE))
        body = json.dumps({"plan": {"titre": "Après", "etapes": steps}, "undo": undo})
        connection.execute(sa.text(_PLAN), {"body": body})
    db.migrate_database(address)
    with engine.connect() as connection:
        stored = StoredContent.model_validate_json(connection.execute(sa.text("SELECT body FROM ownplan")).scalar_one())
    engine.dispose()
    body = stored.content
    for change in reversed(stored.undo):
        body, _ = apply_change(body, change)
    assert body == {"titre": "Avant", "etapes": [{"id": "b", "titre": "Lire"}, {"id": "a", "titre": "Redire"}]}

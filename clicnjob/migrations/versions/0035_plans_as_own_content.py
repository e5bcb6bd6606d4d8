"""Plans of a structure: the body and its undo are those of all content that a structure writes"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_OWN_PLAN = sa.table("ownplan", sa.column("id", sa.String), sa.column("body", sa.JSON))


def upgrade() -> None:

    connection = op.get_bind()
    for row in connection.execute(sa.select(_OWN_PLAN.c.id, _OWN_PLAN.c.body)).all():
        body = json.loads(row.body) if isinstance(row.body, str) else row.body
        if "plan" in body:
            made = {"content": body["plan"], "undo": [_as_path(one) for one in body.get("undo", [])], "brought": False}
            connection.execute(_OWN_PLAN.update().where(_OWN_PLAN.c.id == row.id).values(body=made))


def downgrade() -> None:

    connection = op.get_bind()
    for row in connection.execute(sa.select(_OWN_PLAN.c.id, _OWN_PLAN.c.body)).all():
        body = json.loads(row.body) if isinstance(row.body, str) else row.body
        if "content" in body:  # a version that knows no sheet cannot take back their changes
            made = {"plan": body["content"], "undo": []}
            connection.execute(_OWN_PLAN.update().where(_OWN_PLAN.c.id == row.id).values(body=made))


def _as_path(change: dict[str, Any]) -> dict[str, Any]:
    """Return an undo of a step or of the plan as the change at a path that it is now."""
    step, act = change.get("step", ""), change["act"]
    if act == "set":
        path = ["etapes", step, change["field"]] if step else [change["field"]]
        return {"act": "put", "path": path, "value": change["value"]}
    if act == "insert":
        return {"act": "insert", "path": ["etapes"], "at": change["at"], "body": change["body"]}
    return {"act": act, "path": ["etapes"], "id": step} | ({"at": change["at"]} if act == "move" else {})

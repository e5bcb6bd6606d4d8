"""Builds what is being written as the model that will check it, so that it can be looked at before it is right."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from clicnjob.own_content.changes import Body


def construct_draft(annotation: Any, value: Any) -> Any:
    """Build what an annotation describes without checking anything, from the data of a draft."""
    if isinstance(value, dict):
        made_of = next(one for one in _models_in(annotation) if _is_of_genre(one, value))
        fields = made_of.model_fields
        return made_of.model_construct(
            **{name: construct_draft(fields[name].annotation, one) for name, one in value.items() if name in fields}
        )
    if isinstance(value, list):
        made = [construct_draft(annotation, one) for one in value]
        return made if typing.get_origin(annotation) is list else tuple(made)
    if annotation is date:
        return date.fromisoformat(str(value))
    return value


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif isinstance(annotation, types.GenericAlias | types.UnionType) or typing.get_origin(annotation) is not None:
        for part in typing.get_args(annotation):
            yield from _models_in(part)


def _is_of_genre(model: type[BaseModel], value: Body) -> bool:
    field = model.model_fields.get("genre")
    return field is None or value.get("genre") in typing.get_args(field.annotation)

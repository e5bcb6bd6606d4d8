"""The JSON Schemas of data/: written from today's models, named in every file, and true to the files."""

from __future__ import annotations

import json

import jsonschema
import pytest

from clicnjob.cli import schemas
from clicnjob.paths import DATA
from tests.yaml_files import read_yaml


def test_the_written_schemas_are_those_of_todays_models() -> None:
    wanted = {file.name: text for file, text in schemas.schema_files().items()}
    written = {file.name: file.read_text(encoding="utf-8") for file in schemas.FOLDER.glob("*.json")}
    different = sorted(name for name in wanted.keys() | written.keys() if wanted.get(name) != written.get(name))
    assert not different, "run `make schemas`"


def test_every_content_file_says_where_its_schema_is() -> None:
    wanted = schemas.first_lines()
    files = {file: file.read_text(encoding="utf-8").partition("\n")[0] for file in DATA.rglob("*.yaml")}
    assert not sorted(str(file) for file, line in files.items() if wanted.get(file) != line), "run `make schemas`"


@pytest.mark.slow
def test_every_content_file_is_accepted_by_its_schema() -> None:
    refused = []
    for file, line in schemas.first_lines().items():
        schema = json.loads((file.parent / line.removeprefix(schemas.MARK)).read_text(encoding="utf-8"))
        body = json.loads(json.dumps(read_yaml(file), default=str))  # an editor has no dates, only their text
        refused += [
            f"{file.name}: {fault.message}" for fault in jsonschema.Draft202012Validator(schema).iter_errors(body)
        ]
    assert not refused


def test_a_word_that_no_model_knows_is_refused_in_the_editor_too() -> None:
    schema = json.loads((schemas.FOLDER / "candidatures-lieux.json").read_text(encoding="utf-8"))
    places = json.loads(json.dumps(read_yaml(DATA / "candidatures" / "lieux.yaml"), default=str))
    places[0]["couleur"] = "rouge"
    assert [fault.validator for fault in jsonschema.Draft202012Validator(schema).iter_errors(places)] == [
        "additionalProperties"
    ]

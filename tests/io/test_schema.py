"""The JSON Schema that editors use: generated from the model, sentences and short forms included."""

from __future__ import annotations

import json

from plantwright.io import state
from plantwright.io.fields import WHOLE, names
from plantwright.io.schema import json_schema


def test_every_field_of_the_plant_is_in_the_schema_with_its_sentence() -> None:
    properties = json_schema()["properties"]
    assert set(properties) == set(names(WHOLE))
    assert [name for name, field in properties.items() if not field.get("description")] == []


def test_a_list_may_be_a_table() -> None:
    forms = json_schema()["properties"]["stations"]["anyOf"]
    assert "A table beside the document." in [form.get("description") for form in forms]


def test_a_record_with_a_short_form_may_be_text() -> None:
    assert {"type": ["string", "number"]} in json_schema()["$defs"]["Setup"]["anyOf"]
    assert "anyOf" not in json_schema()["$defs"]["Batch"]


def test_fields_are_spelt_as_in_documents_and_the_schema_is_plain_json() -> None:
    schema = json.loads(json.dumps(json_schema()))
    assert "end-of-shift" in schema["$defs"]["Station"]["properties"]
    assert "end_of_shift" not in schema["$defs"]["Station"]["properties"]


def test_a_text_may_look_like_a_number() -> None:
    # "op: 010" is a number to other readers of YAML, and a name to this one
    operation = json_schema()["$defs"]["Operation"]["properties"]
    assert operation["op"]["type"] == ["string", "number"]
    assert operation["defects"]["type"] == "string"


def test_every_field_of_a_state_is_in_its_schema_with_its_sentence() -> None:
    schema = json_schema("state")
    assert set(schema["properties"]) == set(names(state.WHOLE))
    told = [schema, *(schema["$defs"][name] for name in ("Part", "Condition", "Ride", "Ageing", "Delivery", "Tooling"))]
    assert [name for each in told for name, field in each["properties"].items() if not field.get("description")] == []
    assert "sample-of" in schema["$defs"]["Part"]["properties"]

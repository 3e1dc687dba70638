"""What OCEL 2.0 asks of a JSON document: its schema, and that whatever is named is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

SCHEMA = json.loads(Path(__file__).with_name("ocel20.schema.json").read_text("utf-8"))
TYPES = {"object": dict, "array": list, "string": str}
VALUES = {"string": str, "integer": int, "boolean": bool, "float": float, "time": str}


def faults_of(log: Mapping[str, Any]) -> list[str]:
    """Everything in which *log* is no OCEL 2.0."""
    broken = list(_against(SCHEMA, log, "log"))
    return broken or [*_named(log), *_undeclared(log, "object"), *_undeclared(log, "event")]


def _against(schema: Mapping[str, Any], value: Any, place: str) -> Iterator[str]:
    """Where *value* breaks the part of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = SCHEMA["definitions"][schema["$ref"]]
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place} is {value}"
    if "type" in schema and not isinstance(value, TYPES[schema["type"]]):
        yield f"{place} is no {schema['type']}"
        return
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        yield f"{place} has no zone"
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place} lacks {name}"
    for inner, part, where in _parts(schema, value, place):
        yield from _against(inner, part, where)


def _parts(
    schema: Mapping[str, Any], value: Any, place: str
) -> Iterator[tuple[Mapping[str, Any], Any, str]]:
    for name, inner in schema.get("properties", {}).items():
        if name in value:
            yield inner, value[name], f"{place}.{name}"
    if "items" in schema:
        for number, one in enumerate(value):
            yield schema["items"], one, f"{place}[{number}]"


def _named(log: Mapping[str, Any]) -> Iterator[str]:
    ids = Counter(one["id"] for one in (*log["objects"], *log["events"]))
    yield from (f"{id} is there {count} times" for id, count in ids.items() if count > 1)
    objects = {one["id"] for one in log["objects"]}
    met = {row["objectId"] for one in log["events"] for row in one["relationships"]}
    related = {row["objectId"] for one in log["objects"] for row in one["relationships"]}
    yield from (f"{id} is no object" for id in (met | related) - objects)
    yield from (f"no event meets {id}: tools would drop it" for id in objects - met)


def _undeclared(log: Mapping[str, Any], what: str) -> Iterator[str]:
    declared = {
        one["name"]: {each["name"]: each["type"] for each in one["attributes"]}
        for one in log[f"{what}Types"]
    }
    for one in log[f"{what}s"]:
        if one["type"] not in declared:
            yield f"the type {one['type']} is not declared"
            continue
        for each in one["attributes"]:
            kind = declared[one["type"]].get(each["name"])
            if kind is None or type(each["value"]) is not VALUES[kind]:
                yield f"{each['name']} of {one['id']} is {each['value']!r}, declared as {kind}"

"""The gate's list of declared facts: those of the statute, the choices of forms, the outputs of tables."""

from __future__ import annotations

import tomllib
from typing import Any

from engine.errors import PetitionError
from engine.procedure.findings import Findings
from engine.procedure.source import Source
from engine.procedure.table_cases import try_cases
from engine.procedure.table_files import read_table
from engine.procedure.tables import Table
from engine.procedure.vocabulary import FactKind, FactWord, Vocabulary


def declared_facts(
    source: Source, words: Vocabulary, findings: Findings
) -> tuple[dict[str, FactWord], dict[str, Table]]:
    """All facts that a gateway may name, and the decision tables by name."""
    facts = dict(words.facts)
    for name, data in source.room("forms", ".toml").items():
        file = f"forms/{name}.toml"
        for fact, word in _form_facts(name, file, data, words, findings).items():
            known = facts.setdefault(fact, word)
            if fact in words.facts or known.kind != word.kind:
                findings.add("fact_taken", file, None, name=fact)
            elif known != word:
                facts[fact] = FactWord(
                    kind=word.kind, values=tuple(dict.fromkeys((*known.values, *word.values)))
                )
    facts, tables = _with_tables(source, facts, findings)
    for name, data in source.room("tables", ".toml").items():
        try_cases(tables.get(name), f"tables/{name}.toml", data, findings)
    return facts, tables


def _with_tables(
    source: Source, facts: dict[str, FactWord], findings: Findings
) -> tuple[dict[str, FactWord], dict[str, Table]]:
    """Read the tables until no further one becomes readable: one may use what another decides."""
    waiting = source.room("tables", ".dmn")
    tables: dict[str, Table] = {}
    while waiting:
        read = {
            name: read_table(name, f"tables/{name}.dmn", data, facts, Findings())
            for name, data in waiting.items()
        }
        good = {name: table for name, table in read.items() if table is not None}
        if not good:
            break
        name, table = next(iter(good.items()))
        tables[name] = (
            read_table(name, f"tables/{name}.dmn", waiting.pop(name), facts, findings) or table
        )
        for fact, word in table.new_facts.items():
            facts[fact] = word
    for name, data in waiting.items():
        read_table(name, f"tables/{name}.dmn", data, facts, findings)
    return facts, tables


def _form_facts(
    name: str, file: str, data: bytes, words: Vocabulary, findings: Findings
) -> dict[str, FactWord]:
    try:
        form = tomllib.loads(data.decode("utf-8"))
        if words.read_form is not None:
            words.read_form(data, file)
        facts = dict(_facts_of(form))
    except PetitionError as fault:
        findings.add("not_toml", file, None, why=fault.text)
        return {}
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as fault:
        findings.add("not_toml", file, None, why=repr(fault)[:200])
        return {}
    if form.get("id") != name:
        findings.add("form_id", file, None, expected=name)
    return facts


def _facts_of(form: dict[str, Any]) -> list[tuple[str, FactWord]]:
    facts: list[tuple[str, FactWord]] = []
    for field in form.get("field", []):
        fact, kind = field.get("fact"), field.get("kind", "text")
        if fact is None:
            continue
        if kind == "boolean":
            facts.append((str(fact), FactWord(kind=FactKind.BOOLEAN)))
        elif kind == "choice":
            values = tuple(str(option["value"]) for option in field["options"])
            facts.append((str(fact), FactWord(kind=FactKind.ENUM, values=values)))
        else:
            raise ValueError(f"a field of the kind {kind} cannot set a fact")
    return facts

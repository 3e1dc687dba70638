"""Files made to hurt get a clear refusal and nothing else happens."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from engine.procedure import Source, check
from tests.procedure import diagrams as draw
from tests.procedure.diagrams import chain, end, gateway, process, start, task, version
from tests.procedure.small_world import WORDS, rules

GOOD = draw.document(draw.straight("p", "u")).decode()
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
IMPORT = '<bpmn:import location="/etc/passwd" namespace="x" importType="y"/>'
BODY = GOOD.split("?>", 1)[1]
LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "lol"}{"lol" * 9}">' for n in range(10)
)


def _file(text: str, encoding: str = "utf-8") -> Source:
    return Source({"bad.bpmn": text.encode(encoding)})


def _nested(depth: int) -> str:
    return (
        draw.HEAD
        + "<bpmn:process id='p'>"
        + "<a>" * depth
        + "</a>" * depth
        + "</bpmn:process>"
        + draw.TAIL
    )


HOSTILE = {
    "empty": (_file(""), "xml_broken"),
    "not_xml": (_file("PK\x03\x04 this is a spreadsheet"), "xml_broken"),
    "cut_off": (_file(GOOD[:200]), "xml_broken"),
    "html": (_file("<html><body/></html>"), "not_bpmn"),
    "no_process": (_file(draw.HEAD + draw.TAIL), "no_process"),
    "binary": (Source({"bad.bpmn": b"\xff\xfe\x00\x01\x80"}), "xml_encoding"),
    "nul": (_file(GOOD + "\0"), "xml_encoding"),
    "doctype": (_file(GOOD.replace("?>", "?><!DOCTYPE x>", 1)), "xml_doctype"),
    "laughs": (_file(f"<!DOCTYPE x [{LAUGHS}]>{BODY}"), "xml_doctype"),
    "external": (_file(f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{BODY}'), "xml_doctype"),
    "parameter": (_file(f'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://example.test/x"> %e;]>{BODY}'), "xml_doctype"),
    "utf16_doctype": (_file("<!DOCTYPE x>" + BODY, "utf-16"), "xml_encoding"),
    "utf16_hidden": (_file('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>' + BODY, "utf-16-le"), "xml_encoding"),
    "utf7": (_file(GOOD.replace("UTF-8", "UTF-7")), "xml_encoding"),
    "gb18030": (_file(GOOD.replace("UTF-8", "GB18030"), "gb18030"), "xml_encoding"),
    "too_large": (_file(GOOD + " " * 2_000_001), "xml_size"),
    "too_deep": (_file(_nested(100)), "xml_depth"),
    "very_deep": (_file(_nested(100_000)), "xml_depth"),
    "too_many": (_file(draw.HEAD + "<bpmn:process id='p'>" + "<a/>" * 60_000 + "</bpmn:process>" + draw.TAIL), "xml_elements"),
    "foreign_root": (_file(GOOD.replace("BPMN/20100524/MODEL", "BPMN/19990101/MODEL")), "not_bpmn"),
    "inclusion": (_file(GOOD.replace(draw.TAIL, INCLUDE + draw.TAIL)), "foreign_element"),
    "imported": (_file(GOOD.replace(draw.TAIL, IMPORT + draw.TAIL)), "unknown_element"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(case: str) -> None:
    source, rule = HOSTILE[case]

    assert rule in rules(source)


def test_a_hostile_file_names_nothing_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("open sesame")
    source = _file(
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{tmp_path}/secret">]>{BODY.replace("u_done", "&e;")}'
    )

    told = " ".join(finding.message.en + finding.message.zh for finding in check(source, WORDS))

    assert "sesame" not in told


def test_an_expansion_bomb_takes_no_memory() -> None:
    tracemalloc.start()
    check(HOSTILE["laughs"][0], WORDS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5_000_000


def _diamonds(count: int, *, joined: bool) -> Source:
    """Parallel blocks in a row: joined by parallel gateways, or left to multiply through exclusive ones."""
    parts, last = [start(), end()], "begin"
    for number in range(count):
        split, a, b, join = (f"{name}{number}" for name in ("g", "a", "b", "j"))
        parts += [
            gateway("parallel", split), task(a), task(b), gateway("parallel" if joined else "exclusive", join),
            chain(last, split, a, join), chain(split, b, join),
        ]  # fmt: skip
        last = join
    return version(process("p", *parts, chain(last, "done")))


def test_unjoined_branches_that_double_again_and_again_are_refused() -> None:
    assert "token_bomb" in rules(_diamonds(16, joined=False))


def test_many_parallel_blocks_in_a_row_are_harmless_because_nothing_is_predicted() -> None:
    assert rules(_diamonds(40, joined=True)) == set()


def test_a_long_chain_without_a_wait_is_refused() -> None:
    names = [f"m{number}" for number in range(400)]
    nodes = [gateway("exclusive", name) for name in names]
    source = version(process("p", start(), *nodes, end(), chain("begin", *names, "done")))

    assert "too_long" in rules(source)


def test_a_long_chain_of_steps_is_no_trouble() -> None:
    assert rules(version(draw.straight("p", *(f"u{number}" for number in range(1000))))) == set()


def test_calls_that_unfold_beyond_measure_are_refused() -> None:
    """Each process calls the next one twice: sixteen small processes are sixty-five thousand."""
    processes = [
        process(
            f"p{n}", start(f"s{n}"), draw.call(f"x{n}", f"p{n + 1}"), draw.call(f"y{n}", f"p{n + 1}"),
            end(f"e{n}"), chain(f"s{n}", f"x{n}", f"y{n}", f"e{n}"),
        )
        for n in range(16)
    ]  # fmt: skip

    assert "too_large" in rules(version(*processes, draw.straight("p16", "u")))


def test_mutual_recursion_is_refused() -> None:
    def calling(name: str, other: str) -> str:
        nodes = (f"{name}_begin", f"{name}_call", f"{name}_done")
        return process(
            name, start(nodes[0]), draw.call(nodes[1], other), end(nodes[2]), chain(*nodes)
        )

    assert "recursive_call" in rules(
        version(calling("a", "b"), calling("b", "c"), calling("c", "a"))
    )


def test_two_files_may_not_bring_the_same_process() -> None:
    source = version(draw.straight("p", "u")).with_files(
        {"again.bpmn": draw.document(draw.straight("p", "u"))}
    )

    assert "id_twice" in rules(source)


FORMS = {
    "broken": b"id = ",
    "not_text": b"\xff\xfe",
    "fields": b'id = "bad"\nfield = 5',
    "options": b'id = "bad"\n[[field]]\nname = "a"\nkind = "choice"\nfact = "x"\noptions = [3]',
    "text_fact": b'id = "bad"\n[[field]]\nname = "a"\nkind = "text"\nfact = "x"',
}


@pytest.mark.parametrize("case", FORMS)
def test_a_broken_form_is_refused(case: str) -> None:
    source = version(draw.straight("p", "u"), files={"forms/bad.toml": FORMS[case]})

    assert "not_toml" in rules(source)


def test_a_form_is_called_as_its_file_and_sets_no_fact_of_the_statute() -> None:
    form = b'id = "other"\n[[field]]\nname = "a"\nkind = "boolean"\nfact = "urgent"'
    source = version(draw.straight("p", "u"), files={"forms/bad.toml": form})

    assert rules(source) == {"form_id", "fact_taken"}

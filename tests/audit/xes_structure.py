"""What IEEE 1849-2016 asks of an XES document, as far as it can be told from the document itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as Xml

NAMESPACE: Final = "{http://www.xes-standard.org/}"
ORDER: Final = ("extension", "global", "classifier", "attribute", "trace")
LIFECYCLE: Final = {
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort", "ate_abort", "complete",
    "autoskip", "manualskip", "unknown",
}  # fmt: skip
STANDARD: Final = {
    "concept": {"log": {"name"}, "trace": {"name"}, "event": {"name", "instance"}},
    "time": {"event": {"timestamp"}},
    "lifecycle": {"log": {"model"}, "event": {"transition", "state"}},
    "org": {"event": {"resource", "role", "group"}},
}
VALUES: Final[Mapping[str, Callable[[str], object]]] = {
    "string": str,
    "date": datetime.fromisoformat,
    "int": int,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def faults_of(document: bytes, own: bytes) -> list[str]:
    """Everything in which *document* is no XES; *own* is the definition of the extension that it declares as its own."""
    log = Xml.fromstring(document)
    return list(_faults(log, Xml.fromstring(own)))


def tag(element: Xml.Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def is_attribute(element: Xml.Element) -> bool:
    return tag(element) in VALUES


def _faults(log: Xml.Element, own: Xml.Element) -> Iterator[str]:
    if tag(log) != "log" or not log.tag.startswith(NAMESPACE):
        yield f"the root is {log.tag}"
    if log.get("xes.version") != "1849-2016" or log.get("xes.features") is None:
        yield "version or features are missing"
    kinds = ["attribute" if is_attribute(one) else tag(one) for one in log]
    if set(kinds) - set(ORDER) or kinds != sorted(kinds, key=ORDER.index):
        yield f"the order of the parts is {list(dict.fromkeys(kinds))}"
    declared = {one.get("prefix", ""): one for one in log if tag(one) == "extension"}
    if own.get("prefix") not in declared or declared[own.get("prefix", "")].get("uri") != own.get("uri"):  # fmt: skip
        yield "its own extension is not declared"
    known = _known(set(declared), own)
    yield from _attributes(log, "log", known)
    globals_ = {
        one.get("scope"): {child.get("key") for child in one} for one in log if tag(one) == "global"
    }
    for one in log:
        if tag(one) == "classifier" and not set((one.get("keys") or "").split()) & known["event"]:
            yield f"the classifier {one.get('name')} names no attribute of events"
    for trace in log.iter(f"{NAMESPACE}trace"):
        yield from _attributes(trace, "trace", known)
        yield from _has(trace, globals_.get("trace", set()))
        yield from _events(trace, known, globals_.get("event", set()))


def _known(declared: set[str], own: Xml.Element) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {"log": set(), "trace": set(), "event": set()}
    for prefix in declared & set(STANDARD):
        for scope, names in STANDARD[prefix].items():
            known[scope] |= {f"{prefix}:{name}" for name in names}
    for scope in own:
        names = {f"{own.get('prefix')}:{one.get('key')}" for one in scope}
        for place in [scope.tag] if scope.tag != "meta" else []:
            known[place] |= names
    return known


def _events(trace: Xml.Element, known: dict[str, set[str]], wanted: set[str | None]) -> Iterator[str]:  # fmt: skip
    before = ""
    for event in trace.iter(f"{NAMESPACE}event"):
        yield from _attributes(event, "event", known)
        yield from _has(event, wanted)
        values = {one.get("key"): one.get("value") or "" for one in event}
        if values.get("lifecycle:transition") not in LIFECYCLE:
            yield f"the transition {values.get('lifecycle:transition')} is none"
        if (at := values.get("time:timestamp", "")) < before:
            yield f"an event of {at} stands after one of {before}"
        before = at


def _attributes(owner: Xml.Element, scope: str, known: dict[str, set[str]]) -> Iterator[str]:
    keys = [one.get("key") for one in owner if is_attribute(one)]
    if len(keys) != len(set(keys)):
        yield f"a {scope} says something twice"
    for one in owner:
        if not is_attribute(one):
            continue
        if one.get("key") not in known[scope]:
            yield f"no extension declares {one.get('key')} of a {scope}"
        try:
            VALUES[tag(one)](one.get("value") or "")
        except (ValueError, KeyError):
            yield f"{one.get('key')} is no {tag(one)}: {one.get('value')}"


def _has(owner: Xml.Element, wanted: set[str | None]) -> Iterator[str]:
    missing = wanted - {one.get("key") for one in owner}
    if missing:
        yield f"{tag(owner)} lacks {sorted(map(str, missing))}"

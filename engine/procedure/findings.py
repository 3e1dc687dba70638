"""What is wrong with a drawing, said so that the designer can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from engine.procedure.sayings import SAYINGS, WARNINGS
from engine.text import Text


class Severity(StrEnum):
    """Refused drawings cannot run; a warning only asks for a second look."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a drawing: which rule, in which file, at which element (its id), and what to do."""

    rule: str
    severity: Severity
    file: str
    element: str | None
    message: Text
    clause: str | None = None


@dataclass(slots=True)
class Findings:
    """Collects findings; each is told once."""

    _found: dict[tuple[str, str, str | None, str], Finding] = field(default_factory=dict)

    def add(self, rule: str, file: str, element: str | None, **values: object) -> None:
        """Note that *rule* is broken; *values* fill its sentence."""
        message = SAYINGS[rule].filled(element=element or file, **values)
        severity = Severity.WARN if rule in WARNINGS else Severity.REFUSE
        finding = Finding(rule=rule, severity=severity, file=file, element=element, message=message)
        self._found.setdefault((rule, file, element, message.en), finding)

    def all(self) -> list[Finding]:
        """Refusals first, then warnings, each in the order in which they were found."""
        return sorted(self._found.values(), key=lambda finding: finding.severity is Severity.WARN)

    def refused(self) -> list[Finding]:
        """The findings for which a drawing cannot run."""
        return refusals(self._found.values())


def refusals(findings: Iterable[Finding]) -> list[Finding]:
    """Those of *findings* for which a drawing cannot run."""
    return [finding for finding in findings if finding.severity is Severity.REFUSE]

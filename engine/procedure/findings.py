"""What is wrong with a drawing, said so that the designer can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.procedure.sayings import SAYINGS, WARNINGS
from engine.text import Text


class Severity(StrEnum):
    """Refused drawings cannot run; a warning only asks for a second look."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """One step of a run that shows a fault, to be played on the diagram.

    ``kind`` is ``start``, ``act``, ``form`` (done at the step ``element``), ``standing`` (an act beside the drawing),
    ``clock`` or ``limit`` (a limit of the statute or of the office's own passes) or ``reopen``. ``word`` names the act, form
    or limit, ``choice`` the answers that lead this way; ``words`` say it to people.
    """

    kind: str
    word: str
    element: str | None
    choice: Mapping[str, str]
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a drawing: which rule, in which file, at which element (its id), and what to do.

    ``clause`` is the article of the law, where a rule of law is broken; ``run`` a shortest way to see it, if there is one.
    """

    rule: str
    severity: Severity
    file: str
    element: str | None
    message: Text
    clause: str | None = None
    run: tuple[RunStep, ...] = ()


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

"""The record as it fills: values by path, the evidence of each, and the problems met."""

from dataclasses import dataclass, field
from typing import Any

from marac.parsers.filling.answers import Answer
from marac.parsers.filling.people import Found
from marac.referral import Evidence, Problem, ProblemCode


@dataclass(slots=True)
class Record:
    """The record as it fills: value and evidence by path, and the problems met."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, path: str, value: object, answer: Answer, confidence: float = 1.0) -> None:
        """Adds a value; a second, different one is a conflict, and the first stands."""
        if path in self.values:
            if self.values[path] != value and path != "date":
                self.problem("conflict", path, "The form gives two different answers; the first was taken.")
            return
        self.values[path] = value
        self.evidence[path] = Evidence(shown(answer), answer.where, round(answer.confidence * confidence, 2))

    def problem(self, code: ProblemCode, path: str, message: str) -> None:
        """Adds a problem, once."""
        each = Problem(code, path, message)
        if each not in self.problems:
            self.problems.append(each)

    def people(self, path: str, found: Found) -> None:
        """Adds what was found about one person under a path."""
        for leaf, value in found.values.items():
            self.values[f"{path}.{leaf}"] = value
            if leaf == "aliases" and isinstance(value, tuple):
                for number in range(len(value)):
                    self.evidence[f"{path}.aliases.{number}"] = found.evidence[leaf]
            else:
                self.evidence[f"{path}.{leaf}"] = found.evidence[leaf]
        for doubt in found.doubts:
            self.problem(doubt.code, f"{path}.{doubt.name}", doubt.message)


def shown(answer: Answer) -> str:
    """The words of an answer with its boxes, as a person would see them."""
    return answer.value.text.replace("\ue000", "☒").replace("\ue001", "☐").strip()

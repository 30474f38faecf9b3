"""Reads forms with what the dictionary has from their own area alone switched off, and scores what is read all the same.

Run, from the repository: python -m benchmarks.leave_one_area_out [FOLDER …] [--errors N]
A folder holds NAME.ext with NAME.truth.json, whose `meta.area` tells the area. An entry of the dictionary (a label, a
heading, a word for a person, a printed choice, a question) that was looked up with success in the forms of one area
only is that area's own; each area is read without its own, as a form of an area that nobody has met would be. What
papers of no area look up counts for nobody. The goal is 95 % of the leaves.
"""

import argparse
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from marac.document import EXCEL, PDF, WORD, Document
from marac.parsers.blocks import Allowance, Block, NeedsTime, UnreadableDocument
from marac.parsers.dictionary.dictionary import shipped_rows
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import BRACKETS, ORDINAL, Meaning, plain
from marac.parsers.formats import format_of
from marac.parsers.paper import reading
from tests.scoring import Tally, score

GOAL = 95.0
_TYPES = {".docx": WORD, ".pdf": PDF, ".xlsx": EXCEL}
_NO_AREA = ("none", "None")

Wording = TypeVar("Wording", bound=Hashable)
Meant = TypeVar("Meant")
Entry = tuple[str, Hashable]


class Noted(dict[Wording, Meant]):
    """A table of the dictionary that notes which entries were looked up with success."""

    def __init__(self, name: str, entries: Mapping[Wording, Meant], notes: set[Entry]) -> None:
        super().__init__(entries)
        self._name, self._notes = name, notes

    def __getitem__(self, wording: Wording) -> Meant:
        meant = super().__getitem__(wording)
        self._notes.add((self._name, wording))
        return meant

    def get(self, wording: Wording, default: Any = None) -> Any:
        try:
            return self[wording]
        except KeyError:
            return default


class Thorough(Vocabulary):
    """A dictionary that tries the shapes too where a wording has settled the matter, so that their use is noted."""

    def meaning(self, label: str) -> Meaning | None:
        self.labels.shaped(label)
        return super().meaning(label)

    def person_word(self, text: str) -> str | None:
        found = super().person_word(text)
        if found is not None:
            words = plain(BRACKETS.sub(" ", text))
            for tried in (words, ORDINAL.sub("", words)):
                self.people.shapes.person(tried)
        return found


class Form:
    """One file with its truth, unpacked once; every dictionary reads the same blocks."""

    def __init__(self, truth_path: Path) -> None:
        self.truth: dict[str, Any] = json.loads(truth_path.read_text(encoding="utf-8"))
        self.path = truth_path.parent / self.truth["meta"]["file"]
        self.area = str(self.truth["meta"].get("area"))
        document = Document(
            self.path.name, _TYPES.get(self.path.suffix, "application/octet-stream"), self.path.read_bytes()
        )
        self.blocks: list[Block] | None = None
        try:
            form = format_of(document, Allowance())
            self.blocks = None if form is None else list(form.blocks(document))
        except (UnreadableDocument, NeedsTime):
            return

    def read(self, vocabulary: Vocabulary) -> Tally:
        """What this dictionary gets right of the form."""
        return score(self.truth, reading(self.blocks or [], dt.date.today(), vocabulary))


def looked_up(forms: list[Form]) -> set[Entry]:
    """The entries that these forms look up with success."""
    notes: set[Entry] = set()
    vocabulary = Thorough(shipped_rows(), lambda name, entries: Noted(name, entries, notes))
    for form in forms:
        form.read(vocabulary)
    return notes


def own_entries(by_area: Mapping[str, list[Form]]) -> dict[str, set[Entry]]:
    """For each area the entries that no other area looks up."""
    used = {area: looked_up(forms) for area, forms in by_area.items()}
    times = Counter(entry for entries in used.values() for entry in entries)
    return {area: {entry for entry in entries if times[entry] == 1} for area, entries in used.items()}


def rows_without(entries: set[Entry]) -> dict[str, Any]:
    """The dictionary's rows less these entries."""
    rows = deepcopy(dict(shipped_rows()))
    dropped = defaultdict(set)
    for table, wording in entries:
        dropped[table].add(wording)
    labels = rows["labels"]
    for name, tables in (
        ("people", rows["people"]), ("headings", rows["headings"]), ("person", labels["person"]),
        ("children", labels["person"]), ("form", labels["form"]), ("options", rows["options"]),
    ):  # fmt: skip
        for key, wordings in tables.items():
            if name != "children" or key.startswith("relationship_to_"):
                tables[key] = [wording for wording in wordings if plain(wording) not in dropped[name]]
    shapes = rows["shapes"]
    shapes["rows"] = [row for row in shapes["rows"] if row["means"] not in dropped["shapes"]]
    rows["people_shapes"] = {
        person: shape for person, shape in rows["people_shapes"].items() if person not in dropped["people_shapes"]
    }
    rows["questions"] = [row for place, row in enumerate(rows["questions"]) if place not in dropped["questions"]]
    return rows


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", metavar="FOLDER", type=Path, nargs="*", default=[Path("tests/forms")])
    arguments.add_argument("--errors", type=int, default=0, help="show so many of the leaves that were lost, an area")
    arguments.add_argument("--entries", action="store_true", help="show what was switched off")
    arguments.add_argument("--pooled", action="store_true", help="take the areas of all folders together")
    given = arguments.parse_args()
    groups = [given.folders] if given.pooled else [[folder] for folder in given.folders]
    worst = min(scored(folders, given.errors, entries=given.entries) for folders in groups)
    return 0 if worst >= GOAL else 1


def scored(folders: list[Path], errors: int, *, entries: bool) -> float:
    """Prints the figures of a folder; the share of leaves read right in all its areas, in per cent."""
    forms = [Form(path) for folder in folders for path in sorted(folder.glob("*.truth.json"))]
    closed = [form for form in forms if form.blocks is None]
    by_area: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        if form.blocks is not None and form.area not in _NO_AREA:
            by_area[form.area].append(form)
    whole, total = Vocabulary(shipped_rows()), Counter[str]()
    print(
        f"{', '.join(map(str, folders))}: {sum(map(len, by_area.values()))} forms of {len(by_area)} areas; {len(closed)} files not opened"
    )
    print("area            files  leaves   with all  without own  silent with/without  switched off")
    for area, own in sorted(own_entries(by_area).items()):
        without = Vocabulary(rows_without(own))
        pairs = [(form, form.read(whole), form.read(without)) for form in by_area[area]]
        counts = Counter(
            leaves=sum(one.leaves for _, one, _ in pairs),
            whole=sum(one.right for _, one, _ in pairs), without=sum(other.right for *_, other in pairs),
            silent=sum(len(one.silent) for _, one, _ in pairs), silent_without=sum(len(other.silent) for *_, other in pairs),
            own=len(own), files=len(pairs),
        )  # fmt: skip
        total += counts
        print(_line(area, counts))
        if entries:
            print("   ", "; ".join(sorted(f"{table}: {wording}" for table, wording in own)))
        for form, one, other in pairs:
            for silent in [each for each in other.silent if each not in one.silent][:errors]:
                print(f"    {form.path.name} SILENT {silent[:170]}")
            lost = [path for path in other.errors if path not in one.errors]
            if lost and errors:
                print(f"    {form.path.name}: {', '.join(lost[:errors])}")
    print(_line("all", total))
    return 100 * total["without"] / max(total["leaves"], 1)


def _line(area: str, counts: Mapping[str, int]) -> str:
    leaves = max(counts["leaves"], 1)
    return (
        f"{area:15} {counts['files']:5} {counts['leaves']:7} {100 * counts['whole'] / leaves:9.2f} % "
        f"{100 * counts['without'] / leaves:9.2f} % {counts['silent']:10}/{counts['silent_without']:<10} {counts['own']:9}"
    )


if __name__ == "__main__":
    raise SystemExit(main())

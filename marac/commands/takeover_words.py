"""What `marac import` says: the columns as they are understood, the books of the rows, and what was taken. Counts, no names."""

from collections import Counter
from collections.abc import Mapping, Sequence

from marac.commands.working import count
from marac.parsers.dictionary.wordings import plain
from marac.takeover.columns import KNOWN_FIELDS
from marac.takeover.entering import TakenOver
from marac.takeover.plan import Plan
from marac.takeover.register_words import OldState, outcome_in
from marac.takeover.shapes import ColumnInWords, is_short
from marac.takeover.understanding import UnderstoodSheet

_MOST_LISTED = 12
_REFERENCES = 5
_NOTHING_OF_IT = {"unknown": "not understood", "whose?": "WHOSE IS IT?", "said": "not taken, as you said"}


def tell_columns(
    sheets: Sequence[UnderstoodSheet],
    columns: Sequence[ColumnInWords],
    outcomes: Counter[str],
    meanings: Mapping[str, OldState],
) -> None:
    """Say how the sheets, their columns and their outcomes are understood."""
    for sheet in sheets:
        print(_sheet_in_words(sheet))
    print("\nThe columns, as marac understands them:")
    for each in columns:
        print(_column_in_words(each))
    if open_ones := [each.column for each in columns if not each.column.taken and each.column.sureness != "said"]:
        print(
            f"  {count(len(open_ones), 'column is', 'columns are')} not taken. To take one, say what it is, such as "
            f'--say "{open_ones[0].title}=victim.date_of_birth".'
        )
    if outcomes:
        _tell_outcomes(outcomes, meanings)


def _tell_outcomes(outcomes: Counter[str], meanings: Mapping[str, OldState]) -> None:
    """Say what the outcomes are taken for; the words of long ones, which may tell of people, are not shown."""
    print("\nThe outcomes:")
    longer: Counter[str] = Counter()
    for words, number in outcomes.most_common():
        means = str(meanings.get(plain(words)) or outcome_in(words) or "not understood: a draft, for you to look at")
        if is_short(words):
            print(f"  {words:24} {number:5}   {means}")
        else:
            longer[means] += number
    for means, number in longer.most_common():
        print(f"  {'(in more words)':24} {number:5}   {means}")


def _sheet_in_words(found: UnderstoodSheet) -> str:
    sheet = found.sheet
    what = f"Sheet {sheet.number}" + (f" “{sheet.title}”" if sheet.title else "")
    hidden = [
        "the sheet is hidden" if sheet.hidden else "",
        count(sheet.hidden_rows, "hidden row") if sheet.hidden_rows else "",
        count(sheet.hidden_columns, "hidden column") if sheet.hidden_columns else "",
    ]
    told = f" ({', '.join(filter(None, hidden))}: read like the others)" if any(hidden) else ""
    if found.headings is None:
        return f"{what}: no headings of a register; none of its {count(len(sheet.rows), 'row')} is taken{told}."
    kind = "actions" if found.headings.lists_actions else "cases"
    if kind == "cases" and not found.headings.names_victims:
        return f"{what}: no column for the victim's name; none of its {count(len(sheet.rows), 'row')} is taken{told}."
    return f"{what}: {kind}, with the headings in row {found.headings.row}, {count(len(sheet.rows), 'row')}{told}."


def _column_in_words(each: ColumnInWords) -> str:
    column = each.column
    if not column.taken:
        return f"  {column.title:32} {_NOTHING_OF_IT.get(column.sureness, 'not taken'):44} {count(each.filled, 'cell')}"
    doubt = ", likely" if column.sureness == "likely" else ""
    field = f"{KNOWN_FIELDS[column.field]}{doubt}"
    shapes = "   ".join(each.shapes)
    return f"  {column.title:32} {field:44} {each.read} of {count(each.filled, 'cell')} read   {shapes}"


def tell_plan(plan: Plan, *, taken: bool = False) -> None:
    """Say what becomes of the rows, and that each is accounted for."""
    states = Counter(each.case.state for each in plan.cases)
    print("\nWhat becomes of the rows:" if taken else "\nWhat would become of the rows:")
    for state, number in sorted(states.items()):
        print(f"  {number:6} {'as a draft, for you to accept' if state == 'draft' else state}")
    if plan.actions:
        print(f"  {plan.actions:6} actions, kept in words with their cases; nobody is asked about them")
    for kind, number in sorted(plan.passed_over.items()):
        print(f"  {number:6} passed over: {kind}")
    if plan.unread:
        print(f"  {len(plan.unread):6} not taken, for you to look at")
        for row in plan.unread[:_MOST_LISTED]:
            print(f"           sheet {row.sheet}, row {row.row}: {row.why}")
    if len(plan.unread) > _MOST_LISTED:
        print(f"           and {len(plan.unread) - _MOST_LISTED} more")
    passed = sum(plan.passed_over.values())
    books = f"{len(plan.cases)} cases + {plan.actions} actions + {passed} passed over + {len(plan.unread)} not taken"
    print(f"The books: {plan.rows} rows = {books}." if plan.balanced else f"! The books do not balance: {books}.")
    doubts = sum(bool(each.case.reading.problems) for each in plan.cases)
    if doubts:
        print(
            f"{count(doubts, 'case has', 'cases have')} something to look at; it stands with the case in the register."
        )


def tell_taken(taken: TakenOver, plan: Plan) -> None:
    """Say what was entered."""
    first, last = min(taken.references), max(taken.references)
    print(
        f"\n{count(len(taken.references), 'case')} taken over, {first} to {last}. The spreadsheet is kept in the store."
    )
    if taken.alike:
        print(
            f"{count(len(taken.alike), 'case looks', 'cases look')} like one that the register has already, and "
            f"{'waits' if len(taken.alike) == 1 else 'wait'} for you to say: {_some(taken.alike)}."
        )
    if taken.flagged_anew:
        print(f"Still to be heard, and with something new to know about them: {_some(taken.flagged_anew)}.")
    if drafts := sum(each.case.state == "draft" for each in plan.cases):
        print(f"{count(drafts, 'draft waits', 'drafts wait')} for you in the register.")


def _some(references: Sequence[str]) -> str:
    more = f" and {len(references) - _REFERENCES} more" if len(references) > _REFERENCES else ""
    return ", ".join(references[:_REFERENCES]) + more

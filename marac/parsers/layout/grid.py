"""Tables to answers: labels beside and above their words, people side by side, and matrices. Pure."""

from collections.abc import Collection

from marac.parsers.blocks import Table
from marac.parsers.layout.bare_labels import part_bare_labels
from marac.parsers.layout.cells import join_label, mark_gender
from marac.parsers.layout.columns import Columns, are_choices, are_people, guides_in, without_guides
from marac.parsers.layout.label_answers import LabelAnswers
from marac.parsers.layout.lists import PeopleList, is_header
from marac.parsers.layout.lone_cells import LoneCells
from marac.parsers.layout.page import Page
from marac.parsers.layout.rows_across import RowsAcross
from marac.parsers.layout.squares import Square, label_look, mark_prompts, rows_of
from marac.parsers.layout.stories import is_story
from marac.parsers.layout.unclaimed import Taken, leave_unclaimed

_FIRST_ROWS = 3  # in which the columns of a table are headed; its title may come before


class Grid:
    """One table on its way to answers."""

    def __init__(self, page: Page, table: Table, taken: Collection[int] = ()) -> None:
        self._page = page
        self._table = table
        self._rows = rows_of(table, page.vocabulary, taken)
        for square in [square for row in self._rows.values() for square in row if square.role == "pairs"]:
            join_label(square, page)
        self._leave_out_guides()
        self._numbers = sorted(self._rows)
        part_bare_labels(self._rows, page.vocabulary)
        squares = [square for row in self._rows.values() for square in row]
        self._look = label_look(squares)
        mark_prompts(squares, page.vocabulary, self._look)
        for square in squares:
            if square.role == "text":
                mark_gender(square, self._look)
        self._tell_stories()
        self._columns = Columns(page)
        if table.column is None and table.where == page.parted[0]:
            self._columns.bands = list(page.parted[1])
        self._done: set[int] = set()
        self._answers = LabelAnswers(page, table, self._columns, self._look)
        self._across = RowsAcross(page, self._columns, self._look, self._answers)
        self._lone = LoneCells(page, self._rows, self._numbers, self._columns, self._look, self._answers)

    def _leave_out_guides(self) -> None:
        """Takes out the columns that tell how to answer, with the row that heads them."""
        for number in sorted(self._rows)[:_FIRST_ROWS]:
            guides = guides_in(self._rows[number])
            if guides:
                self._rows = {place: row for place, row in without_guides(self._rows, number, guides).items() if row}
                return

    def _tell_stories(self) -> None:
        """A long text beside or below anything is words, whatever labels it seems to hold."""
        for row in self._rows.values():
            full = [square for square in row if square.role != "blank"]
            for place, square in enumerate(full):
                if square.role not in ("label", "pairs", "prompt") or not is_story(square.writing):
                    continue
                if place == 0 and (len(full) > 1 or self._begins_with_label(square)):
                    continue
                square.found, square.role, square.section = [], "text", None

    def _begins_with_label(self, square: Square) -> bool:
        """Whether a long text alone in its row begins with its own label, as printed or set off by its look."""
        first = square.found[0] if square.found else None
        if first is None:
            return bool(square.writing.turns()) or not self._look.plain
        return bool(square.writing.turns()) or (first.start == 0 and first.meaning.key == "reason")

    def read(self) -> None:
        """Adds the table's answers to the page; those of an inner table are whose the cell around it is."""
        page = self._page
        if self._table.column is None:
            self._read_rows()
            page.columns = self._columns.around(self._rows[self._numbers[-1]] if self._numbers else [])
            page.inside, page.parted = {}, (self._table.where, self._columns.bands)
            return
        before = page.scope
        named = page.scope_inside(self._table.column)
        page.scope = named or before
        self._read_rows()
        if named is not None:
            page.scope = before

    def _read_rows(self) -> None:
        for place, number in enumerate(self._numbers):
            if number not in self._done:
                before, done = Taken.so_far(self._page), len(self._done)
                self._read_row(place, number)
                listed = self._numbers[place + 1 : place + 1 + len(self._done) - done]
                leave_unclaimed(self._page, [self._rows[each] for each in (number, *listed)], self._answers, before)
        if self._lone.answered:
            self._page.waiting = None
        self._title_what_follows()
        if self._columns.bands or (self._lone.is_others and self._page.scope.section == "other"):
            self._page.scope = self._page.begun(None)

    def _title_what_follows(self) -> None:
        """A label alone in the last row, with nothing beside it, may be the title of a narrative below the table."""
        full = [square for square in self._rows[self._numbers[-1]] if square.role != "blank"] if self._numbers else []
        if len(full) == 1 and self._page.waiting is None and full[0].role in ("label", "prompt"):
            self._page.titled = full[0].writing.words

    def _read_row(self, place: int, number: int) -> None:
        row = self._rows[number]
        for square in row:
            if square.choices:
                self._answers.answer_choices(square)
        full = [square for square in row if square.role != "blank"]
        if not full:
            return
        if len(row) == 1 or (len(full) == 1 and self._lone.stands_for_row(place, full[0])):
            self._lone.read(place, full[0])
        elif are_people(row):
            self._columns.name_people(full)
        elif are_choices(row):
            self._columns.name_choices(row)
        elif place + 1 < len(self._numbers) and is_header(row, self._rows[self._numbers[place + 1]], self._look):
            people = PeopleList(self._page, row, self._columns.scope(row[0]), self._look, self._table.where)
            self._done |= people.read(self._rows, self._numbers[place + 1 :])
        else:
            self._across.read(row)

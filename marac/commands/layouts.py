"""`marac layout learn` and `marac layout show`: what the labels of a form mean, and what a person adds to the dictionary."""

import contextlib
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from marac.commands.layout_questions import agreed, asked, said_in_words
from marac.commands.working import count, office_for, reader_for, signed_in
from marac.files import write_whole
from marac.intake.opening.message import shown
from marac.intake.reading.layout_forms import LayoutForm, StoredForms, form_at
from marac.intake.reading.libreoffice import LibreOffice
from marac.office import Office
from marac.parsers.dictionary.additions import Addition, additions_in, additions_of, joined_rows, text_of
from marac.parsers.dictionary.dictionary import shipped_rows, vocabulary_of
from marac.parsers.dictionary.learning import differences, page_in, strange_labels, understood
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.written_additions import with_additions
from marac.parsers.paper import reading
from marac.referral import Reading
from marac.register.trail import record

_LONGEST_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Lesson:
    """A form at hand, the office, and the dictionary in use."""

    office: Office
    form: LayoutForm
    reading: Reading
    vocabulary: Vocabulary
    libreoffice: LibreOffice = field(repr=False)


def learn(arguments: Namespace) -> int:
    """Ask what the labels mean that were not understood, show what that changes, and write it once it is agreed."""
    with _lesson(arguments) as lesson:
        additions = _answers(arguments, lesson)
        if not additions:
            print("Nothing was said of any label, so nothing is written.")
            return 0
        _text_with(lesson.office, lesson.form, additions)
        _show_changes(lesson, additions)
        if arguments.dry_run:
            print("This was a dry run: nothing is written.")
        elif arguments.yes or agreed(f"Write {count(len(additions), 'wording')} into {_file(lesson.office).name}?"):
            _write(lesson.office, lesson.form, additions)
        else:
            print("Nothing is written.")
    return 0


def show(arguments: Namespace) -> int:
    """Show what each label of a form was understood as, and which were not."""
    with _lesson(arguments) as lesson:
        page = page_in(lesson.form.blocks, lesson.vocabulary)
        for label, meant, where in understood(page):
            print(f"{shown(label)[:_LONGEST_SHOWN]:40} {meant:32} {where}")
        strange = strange_labels(page)
        print(
            f"\n{count(len(strange), 'label')} with words beside it not understood."
            if strange
            else "\nEvery label was understood."
        )
        for each in strange:
            why = "known, but not whose it is" if each.known else "not known"
            print(f"  “{shown(each.label)}” ({each.where}): {why}")
    return 0


@contextlib.contextmanager
def _lesson(arguments: Namespace) -> Iterator[Lesson]:
    with office_for(arguments) as office, contextlib.ExitStack() as held:
        limits = office.settings.reading
        vocabulary = vocabulary_of(limits.wordings)
        reader = held.enter_context(reader_for(office))
        libreoffice = LibreOffice(limits.libreoffice)
        held.callback(libreoffice.close)
        form, found = form_at(arguments.form, reader, libreoffice, limits.tessdata)
        yield Lesson(office, form, found, vocabulary, libreoffice)


def _answers(arguments: Namespace, lesson: Lesson) -> list[Addition]:
    """What a person says of the labels, as words of the command or by answering questions."""
    strange = strange_labels(page_in(lesson.form.blocks, lesson.vocabulary))
    if arguments.say:
        return said_in_words(arguments.say, strange, lesson.reading, lesson.form.blocks)
    open_labels = [each for each in strange if not each.known]
    nobodys = [each.label for each in strange if each.known]
    if nobodys:
        print(f"Known, but the form does not say whose: {', '.join(f'“{shown(label)}”' for label in nobodys)}.")
        print(
            'Say what the heading above them means: marac layout learn FORM --say "HEADING=victim" (or another person)'
        )
    if not open_labels:
        print("There is no label on this form that marac does not know.")
    return asked(open_labels, lesson.reading)


def _text_with(office: Office, form: LayoutForm, additions: Sequence[Addition]) -> str:
    """The area's file with these wordings in it.

    Raises:
        SettingsError: the file has a mistake, or a wording means something else already.
    """
    path = _file(office)
    additions_in(path, shipped_rows())
    text = with_additions(text_of(path), additions, f"{office.today.isoformat()}, form {form.sha256[:16]}")
    additions_of(text, path.name, shipped_rows())
    return text


def _show_changes(lesson: Lesson, additions: Sequence[Addition]) -> None:
    """What this form and every stored one with the same labels would say otherwise."""
    office = lesson.office
    before = lesson.vocabulary
    rows = joined_rows(shipped_rows(), (*additions_in(_file(office), shipped_rows()), *additions))
    after = Vocabulary(rows)
    stored = StoredForms(office.store, office.originals, lesson.libreoffice)
    print("\nWhat would read otherwise:")
    compared, changed = 0, []
    forms = {form.sha256: form for form in stored.bearing(additions, before, lesson.form.sha256)}
    for form in (lesson.form, *(form for form in forms.values() if form.sha256 != lesson.form.sha256)):
        compared += 1
        case = forms.get(form.sha256, form).case
        if _show_form(form, office, before, after) and case is not None:
            changed.append(case)
    print(f"{count(compared, 'form')} compared, this one and the stored ones that bear the same labels.")
    if stored.unopened:
        print(f"{count(stored.unopened, 'stored form')} could not be compared: scans, or files that are gone.")
    if changed:
        print(f"Cases that would read differently: {', '.join(changed)}. What is registered stays as it is: look at")
        print("them in the register, each beside its form.")


def _show_form(form: LayoutForm, office: Office, before: Vocabulary, after: Vocabulary) -> bool:
    found = differences(reading(form.blocks, office.today, before), reading(form.blocks, office.today, after))
    for each in found:
        print(f"  {form.called}: {each.path}: {_value(each.before)} → {_value(each.after)}")
    if not found:
        print(f"  {form.called}: nothing")
    return bool(found)


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    words = shown(str(value))
    return f"“{words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + '…'}”"


def _write(office: Office, form: LayoutForm, additions: Sequence[Addition]) -> None:
    """Writes the wordings into the area's file as it stands now, and enters that into the trail: fields, never labels."""
    path = _file(office)
    with office.alone():
        write_whole(path, _text_with(office, form, additions).encode("utf-8"))
        fields = ", ".join(f"{'.'.join(each.table)} {each.key}" for each in additions)
        with office.store.changing() as connection:
            record(connection, office.entry("wordings learnt", form.sha256[:16], fields, actor=signed_in()))
    print(
        f"{count(len(additions), 'wording')} written into {path.name}. Forms that arrive from now on are read with it."
    )


def _file(office: Office) -> Path:
    """The file of the area's own wordings."""
    return office.settings.reading.wordings

"""`marac template`: check, preview, list the fields of, and copy the templates of documents and messages."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from marac.commands.working import count
from marac.errors import NotFoundError, TemplateError, UsageError
from marac.files import free_name, private_folder, write_whole
from marac.generators.fields import RECORDS, Kind
from marac.generators.template_check import faults, kind_of, remarks
from marac.generators.template_comments import annotated
from marac.generators.template_faults import Fault
from marac.generators.template_needs import own_template
from marac.generators.text_templates import own_text, text_faults, text_fields, text_kind_of, text_kinds
from marac.settings import settings_from


@dataclass(frozen=True, slots=True)
class _Checked:
    """A template that was looked at: what is wrong with it, and what it leaves out."""

    path: Path
    content: bytes
    kind: str
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]


def check(arguments: Namespace) -> int:
    """Say what is wrong in a template, in words; in every one of the area's folder where none is named."""
    paths = [_found(arguments, path) for path in arguments.files] or [*_of_the_area(arguments)]
    if arguments.annotate and len(paths) > 1:
        raise UsageError("Name one template with --annotate OUT; without OUT each copy is put beside its template.")
    checked = [_checked(path, arguments.kind) for path in paths]
    for each in checked:
        print("\n".join(_told(each)))
        if arguments.annotate is not None and (each.faults or each.remarks):
            print(_annotate(each, arguments.annotate))
    if not arguments.files:
        print(_rest(paths))
    return TemplateError.exit_code if any(each.faults for each in checked) else 0


def preview(arguments: Namespace) -> int:
    """Fill a template with the fullest and the emptiest invented case, and say where the two files are."""
    from marac.generators.template_preview import previews

    path = _found(arguments, arguments.file)
    kind, content = _kind(path.name, arguments.kind), _content(path)
    found = faults(content, kind)
    if found:
        print("\n".join(_told(_Checked(path, content, kind, found, ()))))
        return TemplateError.exit_code
    folder = private_folder(arguments.out or Path("template preview"))
    for document in previews(content, kind):
        target = folder / document.name
        write_whole(target, document.content)
        print(f"Made {target}.")
        print(_as_pdf(arguments, target, document.content))
    print("All people in them are invented. Look at each page: long names, empty cells, breaks between pages.")
    return 0


def fields(arguments: Namespace) -> int:
    """List the fields of a kind, or of every kind, in words."""
    from marac.generators.field_list import field_list
    from marac.generators.field_words import described

    if arguments.kind in text_kinds():
        print(f"{arguments.kind}.txt: {', '.join(f'${name}' for name in text_fields(arguments.kind))}")
        return 0
    kinds = (_known_kind(arguments.kind),) if arguments.kind else tuple(RECORDS)
    if arguments.word:
        if arguments.word.exists():
            raise UsageError(f"{arguments.word} is there already, and nothing is overwritten. Name a new file.")
        write_whole(arguments.word, field_list(kinds).content)
        print(f"The fields of {', '.join(kinds)} are listed in {arguments.word}.")
        return 0
    for kind in kinds:
        print(f"{kind}.docx")
        for field in described(kind):
            print(f"  {'    ' * field.depth}{field.name}: {field.words} ({field.shape})")
    if not arguments.kind:
        for name in text_kinds():
            print(f"{name}.txt: {', '.join(f'${field}' for field in text_fields(name))}")
    return 0


def copy(arguments: Namespace) -> int:
    """Put a copy of marac's own template into the area's folder; nothing is overwritten."""
    is_text = arguments.kind in text_kinds()
    name = f"{arguments.kind}.txt" if is_text else f"{_known_kind(arguments.kind)}.docx"
    target = private_folder(_folder(arguments)) / name
    if target.exists():
        raise UsageError(f"{target} is there already, and nothing is overwritten. Move it away first.")
    content = own_text(arguments.kind).encode("utf-8") if is_text else own_template(_known_kind(arguments.kind))
    write_whole(target, content)
    print(f"Made {target}. It is used from now on. Change it, then: marac template check {name}")
    return 0


def _folder(arguments: Namespace) -> Path:
    return settings_from(arguments.config.absolute()).folders.templates


def _found(arguments: Namespace, path: Path) -> Path:
    """The file that was named: as a path, or by its name in the area's folder."""
    if path.is_file():
        return path
    if path.name == str(path) and arguments.config.is_file() and (found := _folder(arguments) / path).is_file():
        return found
    raise NotFoundError(f"There is no file {path}, nor one of that name among your templates.")


def _of_the_area(arguments: Namespace) -> Iterator[Path]:
    """The area's own templates: those that marac would use."""
    folder = _folder(arguments)
    names = (*(f"{kind}.docx" for kind in RECORDS), *(f"{name}.txt" for name in text_kinds()))
    yield from (path for name in names if (path := folder / name).is_file())


def _rest(paths: list[Path]) -> str:
    if not paths:
        return "Your folder holds no template: marac's own are used. marac template copy KIND brings one to change."
    return f"{count(len(paths), 'template')} checked; for everything else marac's own templates are used."


def _checked(path: Path, named: str | None) -> _Checked:
    content = _content(path)
    if (text := text_kind_of(path.name)) is not None:
        return _Checked(path, content, text, tuple(map(Fault, text_faults(content, text))), ())
    kind = _kind(path.name, named)
    found = faults(content, kind)
    return _Checked(path, content, kind, found, () if found else remarks(content, kind))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UsageError(f"{path} cannot be opened. Is it open in Word? Close it there.") from None


def _kind(name: str, named: str | None) -> Kind:
    found = _known_kind(named) if named else kind_of(name)
    if found is None:
        raise UsageError(
            f"The name {name} does not say what the template is for. Add --kind and one of: {', '.join(RECORDS)}."
        )
    return found


def _known_kind(named: str) -> Kind:
    for kind in RECORDS:
        if named.removesuffix(".docx") == kind:
            return kind
    raise UsageError(f"There is no kind {named!r}. The kinds are {', '.join((*RECORDS, *text_kinds()))}.")


def _told(checked: _Checked) -> Iterator[str]:
    name = checked.path.name
    if checked.faults:
        yield f"{name} cannot be used as it is:"
        yield from (f"  - {fault}" for fault in checked.faults)
        return
    if checked.kind in text_kinds():
        yield f"{name} is sound: every field is known."
    else:
        yield f"{name} is sound: every field is known, and the fullest and the emptiest case lose no word."
    yield from (f"  - {remark}" for remark in checked.remarks)
    if checked.path.stem != checked.kind:
        yield f"  It is used only under the name {checked.kind}.docx, in your templates folder."


def _annotate(checked: _Checked, out: str) -> str:
    if checked.kind in text_kinds():
        return f"{checked.path.name} is a text: there is no copy with comments."
    path = checked.path
    target = Path(out) if out else free_name(path.parent, f"{path.stem} with comments", ".docx")
    if target.exists():
        raise UsageError(f"{target} is there already, and nothing is overwritten. Name a new file.")
    try:
        write_whole(target, annotated(checked.content, (*checked.faults, *checked.remarks)))
    except TemplateError as error:
        return str(error)
    return f"A copy with a comment at each place: {target}. Mend {path.name} itself; it was not touched."


def _as_pdf(arguments: Namespace, target: Path, content: bytes) -> str:
    """Print a document as a PDF beside it, where LibreOffice is there."""
    from marac.intake.reading.libreoffice import LibreOffice, NotConvertedError

    named = settings_from(arguments.config.absolute()).reading.libreoffice if arguments.config.is_file() else None
    office = LibreOffice(named)
    if office.program is None:
        return "  No PDF of it: LibreOffice is not on this computer."
    try:
        with office.as_pages(content, "docx") as pages:
            write_whole(target.with_suffix(".pdf"), pages.read_bytes())
    except NotConvertedError:
        return "  No PDF of it: LibreOffice could not print it. Open it in Word to look at it."
    finally:
        office.close()
    return f"Made {target.with_suffix('.pdf')}."

"""What can be typed after `marac template`."""

from pathlib import Path

from marac.commands.command_line import Commands, command_called, group_called

_KIND = "agenda, research, letter, …: marac template fields lists them all"


def add_templates(commands: Commands) -> None:
    """Let templates be checked, previewed, copied, and their fields be listed."""
    group = group_called(commands, "template")
    check = command_called(group, "template check", "templates:check")
    check.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="*",
        help="a template, as agenda.docx or cover_email.txt (default: all in your templates folder)",
    )
    check.add_argument("--kind", metavar="KIND", help=f"what it is for, where the name does not say: {_KIND}")
    check.add_argument(
        "--annotate",
        metavar="OUT",
        nargs="?",
        const="",
        help="also make a copy with a Word comment at each fault (default: beside the template)",
    )
    preview = command_called(group, "template preview", "templates:preview")
    preview.add_argument("file", metavar="FILE", type=Path, help="a Word template")
    preview.add_argument("--kind", metavar="KIND", help=f"what it is for, where the name does not say: {_KIND}")
    preview.add_argument("--out", metavar="FOLDER", type=Path, help="where to (default: the folder template preview)")
    fields = command_called(group, "template fields", "templates:fields")
    fields.add_argument("kind", metavar="KIND", nargs="?", help="only this kind (default: all)")
    fields.add_argument("--word", metavar="FILE", type=Path, help="write the list as a Word document instead")
    copied = command_called(group, "template copy", "templates:copy")
    copied.add_argument("kind", metavar="KIND", help=_KIND)

"""`marac template check`."""

from argparse import Namespace

from marac.errors import TemplateError, UsageError
from marac.generators.template_check import faults, kind_of


def check(arguments: Namespace) -> int:
    """Say what is wrong in a template, in words."""
    kind = arguments.kind or kind_of(arguments.file.name)
    if kind is None:
        raise UsageError(
            "The name does not say what this template is for: add --kind agenda, --kind research or --kind letter."
        )
    try:
        template = arguments.file.read_bytes()
    except OSError:
        raise UsageError(f"{arguments.file} cannot be opened.") from None
    found = faults(template, kind)
    if not found:
        print(
            f"{arguments.file.name} is sound: every field is known, and the longest and the emptiest case lose no word."
        )
        return 0
    print(f"{arguments.file.name} cannot be used as it is:")
    for fault in found:
        print(f"  - {fault}")
    return TemplateError.exit_code

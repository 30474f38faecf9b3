"""The command line: it understands what was typed, runs it, and says in words what stopped it."""

import datetime as dt
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from marac.commands.syntax import arguments_of
from marac.errors import MaracError, UnforeseenError

Clock = Callable[[], dt.datetime]
"""What says which moment it is, in UTC."""

_STOPPED_BY_HAND = 130


def console() -> NoReturn:
    """Run the command that was typed, and end with its exit code."""
    sys.exit(main(sys.argv[1:]))


def main(words: Sequence[str], clock: Clock | None = None) -> int:
    """The exit code of one command: 0 when it did what it says, and for each kind of error its own.

    Args:
        words: what was typed.
        clock: what stamps are made by, if not this computer's clock: the demo plays on invented days.
    """
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a Windows console cannot show every name
    arguments = arguments_of(words)
    arguments.clock = clock
    arguments.run_command = main  # the demo plays a fortnight by the same commands
    module, _, name = arguments.does.partition(":")
    try:
        command: Callable[..., int] = getattr(importlib.import_module(f"marac.commands.{module}"), name)
        return command(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has seen enough
        return 0
    except MaracError as error:
        print(f"marac: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - a traceback can show what stands on a form
        unforeseen = UnforeseenError(error)
        print(f"marac: {unforeseen}", file=sys.stderr)
        return unforeseen.exit_code
    except KeyboardInterrupt:
        print("marac: stopped. Nothing is half done.", file=sys.stderr)
        return _STOPPED_BY_HAND

"""The command line: it understands what was typed, runs it, and says in words what stopped it."""

import importlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from marac.commands.syntax import arguments_of
from marac.errors import MaracError

_STOPPED_BY_HAND = 130
_UNFORESEEN = 70


def console() -> NoReturn:
    """Run the command that was typed, and end with its exit code."""
    sys.exit(main(sys.argv[1:]))


def main(words: Sequence[str]) -> int:
    """The exit code of one command: 0 when it did what it says, and for each kind of error its own."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a Windows console cannot show every name
    arguments = arguments_of(words)
    arguments.run_command = main  # the demo plays a fortnight by the same commands
    module, _, name = arguments.does.partition(":")
    command: Callable[..., int] = getattr(importlib.import_module(f"marac.commands.{module}"), name)
    try:
        return command(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has seen enough
        return 0
    except MaracError as error:
        print(f"marac: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - a traceback can show what stands on a form
        print(
            f"marac: something unforeseen happened ({_place_of(error)}). Nothing is half done. Please report this line.",
            file=sys.stderr,
        )
        return _UNFORESEEN
    except KeyboardInterrupt:
        print("marac: stopped. Nothing is half done.", file=sys.stderr)
        return _STOPPED_BY_HAND


def _place_of(error: Exception) -> str:
    """The kind of an error and where in the program it arose; its own text may hold what stands on a form."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "marac" in Path(frame.filename).parts]
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"

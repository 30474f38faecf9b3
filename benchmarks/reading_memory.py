"""How much memory the process that reads forms comes to hold, over every file of a folder, one after the other.

Run: python benchmarks/reading_memory.py [FOLDER]
Prints the peak in megabytes, and which file raised it most; the goal is at most 150.
"""

import resource
import sys
from pathlib import Path

from marac.document import Document
from marac.parsers import readings

FORMS = Path(__file__).parents[1] / "tests" / "forms"


def peak() -> float:
    """Megabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FORMS
    raised = {"the program itself": peak()}
    files = [path for path in sorted(folder.iterdir()) if path.suffix not in {".json", ".md", ".py"}]
    for path in files:
        before = peak()
        readings(Document(path.name, "application/octet-stream", path.read_bytes()))
        raised[path.name] = peak() - before
    most = sorted(raised, key=raised.__getitem__, reverse=True)[:4]
    print(
        f"{len(files)} files, peak {peak():.0f} MB; raised most by " + ", ".join(f"{n} ({raised[n]:.0f})" for n in most)
    )


main()

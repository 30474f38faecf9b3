"""CPU that `marac --help` takes to start, beside a bare interpreter, in one run."""

import resource
import subprocess
import sys

RUNS = 15


def cpu(command: list[str]) -> float:
    """The least user and system time of a few runs, in seconds."""
    times = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(times)


bare, helped = cpu([sys.executable, "-c", "pass"]), cpu([sys.executable, "-m", "marac", "--help"])
print(f"bare interpreter {bare:.3f} s, marac --help {helped:.3f} s, {helped / bare:.1f} times (goal: under 0.3 s)")

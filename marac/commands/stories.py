"""`marac case story` and `marac not-heard`: what happened to a case, and which referrals were never heard."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from marac.commands.working import count, day, office_for, signed_in
from marac.errors import UsageError
from marac.files import write_whole
from marac.register.cases import every_case
from marac.register.trail import record
from marac.story import page, story_of, told, with_handed_over
from marac.triage.not_heard import NotHeard, not_heard


def story(arguments: Namespace) -> int:
    """Show a case's story; that somebody looked is noted with the case."""
    with office_for(arguments) as office:
        with office.store.reading() as connection:
            found = with_handed_over(story_of(connection, arguments.case), office.originals)
        by = (arguments.by or signed_in()).strip()
        with office.store.changing() as connection:
            record(connection, office.entry("case looked at", found.case.reference, actor=by))
        if arguments.page:
            write_whole(_free(arguments.page), page(found).encode())
            print(
                f"The story of {found.case.reference} is in {arguments.page}. It names people: keep it where the register is."
            )
        else:
            print("\n".join(told(found)))
    return 0


def unheard(arguments: Namespace) -> int:
    """List the referrals of a month that were not heard, and those that still wait, with who said so and why."""
    with office_for(arguments) as office:
        asked = arguments.month or office.today.replace(day=1)
        with office.store.reading() as connection:
            found = not_heard(every_case(connection), asked)
        waiting = [each for each in found if each.waits]
        rest = f", and {count(len(waiting), 'referral waits', 'referrals wait')} for a decision" if waiting else ""
        print(
            f"{office.settings.marac.name}, {asked:%B %Y}: {count(len(found) - len(waiting), 'referral')} not heard{rest}."
        )
        for each in found:
            print("\n".join(_in_words(each)))
    return 0


def _in_words(each: NotHeard) -> Iterator[str]:
    """Who said what and why; what speaks for hearing it only where nobody has decided yet."""
    yield f"{each.case}, received {day(each.received)}: {'waits for a decision' if each.waits else each.state}"
    if each.waits:
        yield from (f"  {flag}" for flag in each.flags)
    else:
        when = f" on {day(each.on)}" if each.on else ""
        yield f"  {each.by or 'nobody named'}{when}: {each.reason or 'no reason recorded'}"


def _free(path: Path) -> Path:
    if path.exists():
        raise UsageError("There is a file of that name already. Choose another name.")
    return path

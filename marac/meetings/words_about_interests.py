"""What people's words about conflicts of interest come to: the last one counts, and a word for one person is for that one."""

from collections.abc import Mapping, Sequence

from marac.fortnight import Interest
from marac.meetings.namesake_recipients import likeness

Words = Mapping[tuple[str, str], Sequence[Interest]]


def held_words(interests: Sequence[Interest]) -> Words:
    """Case and agency to the words by which the case is held back there and which nobody took back.

    A word that clears the agency takes back all of them; one that clears a person takes back what was said of that
    person, and leaves what was said of the agency as a whole.
    """
    standing: dict[tuple[str, str], list[Interest]] = {}
    for word in interests:
        earlier = standing.setdefault((word.case, word.agency), [])
        if word.kind == "held":
            earlier.append(word)
        else:
            earlier[:] = [each for each in earlier if not _speaks_of(word, each.person)]
    return {place: tuple(words) for place, words in standing.items() if words}


def persons_held(interests: Sequence[Interest], case: str) -> tuple[str, ...]:
    """The persons at agencies of whom somebody said that they have a conflict of interest in a case."""
    words = (word for (about, _), said in held_words(interests).items() if about == case for word in said)
    return tuple(dict.fromkeys(word.person for word in words if word.person))


def cleared(interests: Sequence[Interest], case: str, agency: str, person: str | None) -> bool:
    """Whether the last word that speaks of a person at an agency, or of all of it, is that there is no conflict.

    It outranks what names look like, for ever: unless a person says otherwise, later.
    """
    about = [word for word in interests if (word.case, word.agency) == (case, agency) and _speaks_of(word, person)]
    return bool(about) and about[-1].kind == "cleared"


def spoken_of(interests: Sequence[Interest], case: str, agency: str, person: str) -> bool:
    """Whether anybody has said anything about a person at an agency, or about all of it."""
    return any((word.case, word.agency) == (case, agency) and _speaks_of(word, person) for word in interests)


def _speaks_of(word: Interest, person: str | None) -> bool:
    """Whether a word is about this person: named in it, or one of the agency as a whole."""
    if word.person is None:
        return True
    return person is not None and (word.person == person or likeness(word.person, (person,)) == "same")

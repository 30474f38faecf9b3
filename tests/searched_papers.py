"""Everything that a fortnight's readers were sent, opened with their keys, as one text in which anything can be searched."""

import email
import email.policy
import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from marac.delivery.packets import sealed_for
from marac.mailbox.protocol import Letter
from marac.referral import Perpetrator, Referral, Victim
from tests.openpgp_keys import KeyOwner


@dataclass(frozen=True, slots=True)
class Got:
    """A message as its reader has it."""

    reader: str
    kind: str
    subject: str
    openers: tuple[str, ...]
    """The keys that can open what is sealed in it."""
    text: str = field(repr=False)
    """Everything in it, headers, properties and hidden parts too, as letters and digits alone."""

    def tells(self, words: Iterable[str]) -> list[str]:
        """Which of these words it holds."""
        return [each for each in words if squeezed(each) in self.text]


def got(letter: Letter, readers: Mapping[str, str], owners: Mapping[str, KeyOwner]) -> Got:
    """A message opened by whoever it is for.

    Args:
        letter: as it was handed over.
        readers: mail address to the reader's id.
        owners: reader's id to whoever has the key.
    """
    message = email.message_from_bytes(letter.content, policy=email.policy.default)
    assert [str(message["To"])] == [letter.recipient]
    reader, openers, parts = readers[letter.recipient], list[str](), [*map(str, message.values())]
    kind = "message"
    for part in message.walk():
        if part.get_content_maintype() == "text":
            parts.append(part.get_content())
        elif not part.is_multipart():
            sealed, name = part.get_content(), str(part.get_filename())
            kind = name.partition(".")[0]
            openers += sealed_for(sealed)
            parts += [name, *_everything(owners[reader].opened(sealed))]
    return Got(reader, kind, str(message["Subject"]), tuple(openers), squeezed("\n".join(parts)))


def squeezed(text: str) -> str:
    """Small letters and digits alone, without accents: no formatting hides a word or a number."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def names_in(form: Referral) -> tuple[str, ...]:
    """Who stands on a form, by name, other name and date of birth, as documents and properties write one."""
    people: tuple[Victim | Perpetrator, ...] = (form.victim, *form.perpetrators)
    born = [each.date_of_birth for each in people if each.date_of_birth]
    days = [f"{day.day} {day:%B} {day.year}" for day in born] + [f"{day:%d/%m/%Y}" for day in born]
    names = [name for each in people for name in (each.name, *each.aliases)]
    return tuple(filter(None, (*names, *(child.name for child in form.children), *days)))


def homes_in(form: Referral) -> tuple[str, ...]:
    """Where the people of a form live: the first line and the postcode."""
    people: tuple[Victim | Perpetrator, ...] = (form.victim, *form.perpetrators)
    found = [part for each in people for part in ((each.address or "").partition(",")[0], each.postcode)]
    return tuple(filter(None, found))


def telephones_in(form: Referral) -> tuple[str, ...]:
    """Their telephone numbers."""
    return tuple(filter(None, (form.victim.phone, *(each.phone for each in form.perpetrators))))


def _everything(content: bytes) -> Iterator[str]:
    """Every text, attribute, name and comment in a Word file, however deep."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield archive.comment.decode("latin-1")
        for member in archive.infolist():
            yield f"{member.filename} {member.comment!r} {member.extra!r}"
            assert member.date_time == (1980, 1, 1, 0, 0, 0), "the moment of making is told"
            text = archive.read(member).decode("utf-8", "replace")
            yield html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:(p|tc)>", "\n", text)))
            yield html.unescape("\n".join(re.findall(r'"([^"]*)"', text)))

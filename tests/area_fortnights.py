"""A fortnight of an area's, begun with its profile and played with the commands that a coordinator gives."""

import datetime as dt
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

import docx
import tomlkit

from marac.case import MeetingDate
from marac.delivery.openpgp import Keyring
from marac.settings import Settings, settings_from
from tests.area_referrals import Couple
from tests.area_settings import set_in
from tests.openpgp_keys import KeyOwner
from tests.sent_papers import Keys, Sent, sent_from
from tests.working_folder import WorkingFolder

GATEWAY = "mx.area.example"
COORDINATOR = "Win Harker"
SIGNED = dt.date(2024, 4, 1)
SENIOR = "senior.housing@housing-senior.example"


@dataclass(slots=True)
class AreaFortnight:
    """One MARAC's working folder, its people, and what happened so far."""

    folder: WorkingFolder
    keys: Keys
    ids: Mapping[str, str]
    """The agencies that take part, by what they are to the story: police, idva, housing, childrens."""
    meeting: dt.date
    cases: dict[str, str] = field(default_factory=dict)
    """The case that each couple's referral became."""
    opened: dict[str, Sent] = field(default_factory=dict)
    posted: int = 0

    @property
    def settings(self) -> Settings:
        """As config.toml has them now."""
        return settings_from(self.folder.path / "config.toml")

    @property
    def date(self) -> MeetingDate:
        """The meeting, with its deadlines."""
        from marac.meetings.calendar import meetings_between
        from marac.settings.bank_holidays import closed_days

        settings = self.settings
        (found,) = meetings_between(self.meeting, self.meeting, settings.calendar_rules, closed_days(settings.closed))
        return found

    @property
    def prepared_on(self) -> dt.date:
        """The day after the cut-off."""
        assert self.date.cut_off is not None
        return self.date.cut_off + dt.timedelta(days=1)

    @property
    def day_after(self) -> dt.date:
        """The day after the meeting."""
        return self.meeting + dt.timedelta(days=1)

    def begin(self, **tables: Sequence[str]) -> None:
        """Fill in what the profile leaves to the coordinator: the mailbox, who has signed, keys, and standing releases."""
        config = self.folder.path / "config.toml"
        text = config.read_text(encoding="utf-8").replace("the MARAC coordinator", COORDINATOR, 1)
        config.write_text(text.replace("marac@carrowdale.example", self.mailbox), encoding="utf-8")
        set_in(self.folder.path, "senders", f'gateway = "{GATEWAY}"')
        set_in(self.folder.path, "acknowledgements", f'released_by = "{COORDINATOR}"')
        set_in(self.folder.path, "research", f'released_by = "{COORDINATOR}"')
        for name, lines in tables.items():
            set_in(self.folder.path, name, *lines)
        self._sign()

    def _sign(self) -> None:
        place, keyring = self.folder.path / "agencies.toml", Keyring(self.folder.path / "keyring")
        agencies = tomlkit.parse(place.read_text(encoding="utf-8"))
        for role, name in self.ids.items():
            row = agencies[name]
            row["signed"], row["fingerprint"] = SIGNED, self.keys.fingerprints[role]  # type: ignore[index]
            row["representative"] = f"The {role} representative"  # type: ignore[index]
            keyring.add(self.keys.public(role), self.keys.fingerprints[role])
        place.write_text(tomlkit.dumps(agencies), encoding="utf-8")

    @property
    def mailbox(self) -> str:
        """The MARAC's own address."""
        return f"marac@{self.folder.path.name}.example"

    def address(self, role: str) -> str:
        """The mailbox of an agency."""
        return self.settings.agencies[self.ids[role]].email

    def name(self, role: str) -> str:
        """The name of an agency."""
        return self.settings.agencies[self.ids[role]].name

    def marac(self, *words: str, on: dt.date) -> str:
        """Give a command that must succeed; what it said."""
        done = self.folder.marac(*words, on=on)
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def post(
        self,
        sender: str,
        on: dt.date,
        text: str = "Please find a referral attached.",
        files: Mapping[str, bytes] | None = None,
        answers: Sent | None = None,
    ) -> None:
        """Put a message into the inbox, as the mail server would; `answers` is what it replies to."""
        self.posted += 1
        moment = dt.datetime.combine(on, dt.time(10, self.posted % 60), dt.UTC)
        message, domain = EmailMessage(), sender.partition("@")[2]
        message["Authentication-Results"] = f"{GATEWAY}; dmarc=pass header.from={domain}"
        message["From"], message["To"], message["Date"] = sender, self.mailbox, format_datetime(moment)
        message["Subject"], message["Message-ID"] = f"MARAC {self.posted}", f"<{self.posted}.{on:%Y%m%d}@{domain}>"
        if answers:
            message["In-Reply-To"] = answers.message_id
        message.set_content(text)
        for name, content in (files or {}).items():
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        path = self.folder.path / "inbox" / f"{self.posted:03}.eml"
        path.write_bytes(message.as_bytes())
        os.utime(path, (moment.timestamp(), moment.timestamp()))

    def sent(self, role: str = "", kind: str = "") -> list[Sent]:
        """What left so far, opened by its readers: to whom, and documents of which kind."""
        owners = self._owners()
        self.opened = sent_from(self.folder.path / "sent", owners, self.opened)
        to = self.address(role) if role in self.ids else role
        return [each for each in self.opened.values() if to in ("", each.to) and each.name.startswith(kind)]

    def only(self, role: str, kind: str) -> Sent:
        """The one document of a kind that somebody has."""
        (found,) = self.sent(role, kind)
        return found

    def _owners(self) -> dict[str, KeyOwner]:
        owners = {self.address(role): self.keys.owners[role] for role in self.ids}
        return {**owners, SENIOR: self.keys.owners["senior"]}

    def papers(self, kind: str) -> list[str]:
        """The words of the papers of a kind in the meeting's folder."""
        from tests.word_templates import words_of

        found = sorted((self.folder.path / "meetings" / self.meeting.isoformat()).glob(f"{kind}*.docx"))
        return [words_of(path.read_bytes()) for path in found]


def shows(words: str, couple: Couple) -> bool:
    """Whether anything of a couple stands in a text."""
    return any(name.casefold() in words.casefold() for name in couple.names)


def opened(content: bytes) -> object:
    """A Word file, opened."""
    return docx.Document(io.BytesIO(content))

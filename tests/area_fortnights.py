"""A MARAC that was begun with its area's profile: what is filled in, posted and commanded there, and what left it."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

import tomlkit

from marac.action import Action
from marac.case import Case, MeetingDate
from marac.delivery.openpgp import Keyring
from marac.meetings.calendar import meetings_between
from marac.office import Office, open_office
from marac.referral import Referral, Referrer
from marac.register.actions import every_action
from marac.register.cases import every_case
from marac.register.face import register_contents
from marac.register.workbook.attention import matters
from marac.settings import Settings, settings_from
from marac.settings.bank_holidays import closed_days
from tests.area_forms import FORMS
from tests.area_referrals import Couple
from tests.area_settings import set_in
from tests.sent_papers import Keys, Sent, sent_from
from tests.word_templates import words_of
from tests.working_folder import WorkingFolder

GATEWAY = "mx.area.example"
COORDINATOR = "Win Harker"
SENIOR = "deputy.director@housing-director.example"
_SIGNED = dt.date(2024, 4, 1)


@dataclass(slots=True)
class AreaMarac:
    """One MARAC's working folder, and its agencies by what they are to the story: police, idva, housing, childrens."""

    folder: WorkingFolder
    keys: Keys
    ids: Mapping[str, str]
    meeting: dt.date
    said: dict[str, str] = field(default_factory=dict)
    """What commands said, by the step of the story."""
    _opened: dict[str, Sent] = field(default_factory=dict)
    _posted: int = 0
    _settings: Settings | None = None

    def begin(self, tables: Mapping[str, Sequence[str]]) -> None:
        """Fill in what the profile leaves to the coordinator: the mailbox, who has signed, keys, and standing releases."""
        config = self.folder.path / "config.toml"
        text = config.read_text(encoding="utf-8").replace('"the MARAC coordinator"', f'"{COORDINATOR}"', 1)
        config.write_text(text.replace("marac@carrowdale.example", self.mailbox), encoding="utf-8")
        released = f'released_by = "{COORDINATOR}"'
        usual = {"senders": [f'gateway = "{GATEWAY}"'], "acknowledgements": [released], "research": [released]}
        for name, lines in {**usual, **tables}.items():
            set_in(self.folder.path, name, *lines)
        self._sign()

    def _sign(self) -> None:
        """The agencies of the story sign and bring their keys; the others of the profile have not yet."""
        place, keyring = self.folder.path / "agencies.toml", Keyring(self.folder.path / "keyring")
        agencies = tomlkit.parse(place.read_text(encoding="utf-8"))
        for role, name in self.ids.items():
            fingerprint = self.keys.fingerprints[role]
            told = {"signed": _SIGNED, "fingerprint": fingerprint, "representative": f"Representative of {role}"}
            agencies[name].update(told)
            keyring.add(self.keys.public(role), fingerprint)
        place.write_text(tomlkit.dumps(agencies), encoding="utf-8")
        self._settings = None

    @property
    def settings(self) -> Settings:
        """As config.toml has them once the story has begun."""
        if self._settings is None:
            self._settings = settings_from(self.folder.path / "config.toml")
        return self._settings

    @property
    def mailbox(self) -> str:
        """The MARAC's own address."""
        return f"marac@{self.folder.path.name}.example"

    @property
    def date(self) -> MeetingDate:
        """The meeting as the profile's calendar has it, with its deadlines."""
        settings = self.settings
        (found,) = meetings_between(self.meeting, self.meeting, settings.calendar_rules, closed_days(settings.closed))
        return found

    @property
    def last_day(self) -> dt.date:
        """The last day on which referrals can arrive."""
        assert self.date.cut_off is not None
        return self.date.cut_off

    @property
    def prepared_on(self) -> dt.date:
        """The day after the cut-off."""
        return self.last_day + dt.timedelta(days=1)

    @property
    def answered_on(self) -> dt.date:
        """The day on which research is due back."""
        assert self.date.research_back is not None
        return self.date.research_back.date()

    @property
    def day_after(self) -> dt.date:
        """The day after the meeting."""
        return self.meeting + dt.timedelta(days=1)

    @property
    def overdue_on(self) -> dt.date:
        """The day after news of the actions was due."""
        assert self.date.updates_due is not None
        return self.date.updates_due.date() + dt.timedelta(days=1)

    def address(self, role: str) -> str:
        """The mailbox of an agency."""
        return SENIOR if role == "senior" else self.settings.agencies[self.ids[role]].email

    def name(self, role: str) -> str:
        """The name of an agency."""
        return self.settings.agencies[self.ids[role]].name

    def worker(self, role: str) -> Referrer:
        """Somebody there who refers."""
        email = f"worker@{self.address(role).partition('@')[2]}"
        return Referrer(f"Worker of {role}", "Officer", self.name(role), "01632960111", email)

    def marac(self, step: str, *words: str, on: dt.date) -> str:
        """Give a command that must succeed; what it said, which is kept under the step's name."""
        done = self.folder.marac(*words, on=on)
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout}\n{done.stderr}"
        self.said[step] = done.stdout
        return done.stdout

    def refer(self, role: str, on: dt.date, form: Referral, file: str) -> None:
        """A worker sends a form, of the kind that its file name says."""
        self.post(str(self.worker(role).email), on, files={file: FORMS[file](form)})

    def post(
        self,
        sender: str,
        on: dt.date,
        text: str = "Please find a referral attached.",
        files: Mapping[str, bytes] | None = None,
        answers: Sent | None = None,
    ) -> None:
        """Put a message into the inbox, as the mail server would; `answers` is what it replies to."""
        self._posted += 1
        moment = dt.datetime.combine(on, dt.time(10, self._posted), dt.UTC)
        message, domain = EmailMessage(), sender.partition("@")[2]
        message["Authentication-Results"] = f"{GATEWAY}; dmarc=pass header.from={domain}"
        message["From"], message["To"], message["Date"] = sender, self.mailbox, format_datetime(moment)
        message["Subject"], message["Message-ID"] = "MARAC", f"<{self._posted}.{on:%Y%m%d}.{self.mailbox}@{domain}>"
        if answers:
            message["In-Reply-To"] = answers.message_id
        message.set_content(text)
        for name, content in (files or {}).items():
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        path = self.folder.path / "inbox" / f"{self._posted:03}.eml"
        path.write_bytes(message.as_bytes())
        os.utime(path, (moment.timestamp(), moment.timestamp()))

    def sent(self, role: str = "", kind: str = "") -> list[Sent]:
        """What left so far, opened by its readers: what one of them has, of one kind."""
        owners = {self.address(reader): self.keys.owners[reader] for reader in (*self.ids, "senior")}
        self._opened = sent_from(self.folder.path / "sent", owners, self._opened)
        to = self.address(role) if role else ""
        found = [each for each in self._opened.values() if to in {"", each.to} and kind in {"", each.kind}]
        return sorted(found, key=lambda each: (each.to, each.kind, each.words))

    def only(self, role: str, kind: str) -> Sent:
        """The one document of a kind that somebody has."""
        (found,) = self.sent(role, kind)
        return found

    def for_the_chair(self, kind: str) -> bytes:
        """The newest paper of a kind that stays in the meeting's folder."""
        (found,) = (self.folder.path / "meetings" / self.meeting.isoformat()).glob(f"{kind} {self.meeting}*.docx")
        return found.read_bytes()

    def chairs_words(self, kind: str) -> str:
        """All its words."""
        return words_of(self.for_the_chair(kind))

    def case(self, couple: Couple) -> Case:
        """The newest case of a couple."""
        with self._office() as office, office.store.reading() as connection:
            return [each for each in every_case(connection) if each.referral.victim.name == couple.victim][-1]

    def actions(self) -> tuple[Action, ...]:
        """Every action of the register."""
        with self._office() as office, office.store.reading() as connection:
            return tuple(every_action(connection))

    def waiting(self, on: dt.date) -> dict[str, str]:
        """What waits for a person on a day: why, by its subject."""
        with self._office() as office, office.store.reading() as connection:
            moment = dt.datetime.combine(on, dt.time(12))
            contents = register_contents(connection, office.settings, office.store.folder / "originals", moment)
            found = matters(contents, on)
        return {
            each.subject: "\n".join(other.why for other in found if other.subject == each.subject) for each in found
        }

    def _office(self) -> AbstractContextManager[Office]:
        noon = dt.datetime.combine(self.meeting, dt.time(12), dt.UTC)
        return open_office(self.folder.path / "config.toml", self.meeting, lambda: noon)


def shows(words: str, couple: Couple) -> bool:
    """Whether a name, the address or the number of a couple stands in a text."""
    return any(name.casefold() in words.casefold() for name in couple.names)

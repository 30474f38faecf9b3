"""What config.toml may say: frozen tables, with no room for unknown keys.

Paths are made absolute against the folder of config.toml while the file is read.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from marac.agency import Agency
from marac.meetings.calendar import CalendarRules
from marac.settings.agencies import of_contact
from marac.settings.area_rules import Area, Matching, Repeat, Thresholds
from marac.settings.fields import Address, Password, PlacedPath, Table
from marac.settings.fortnight import (
    Actions,
    CalendarRow,
    ClosedDays,
    Deadlines,
    Figures,
    Flagging,
    Idva,
    Meeting,
    Minutes,
    OtherMaracs,
    Outcome,
    Research,
)
from marac.settings.mailboxes import MailboxTable, SendingTable
from marac.triage.rules import AreaRules, MatchingRules, RepeatRules, Rules, ThresholdRules


class Marac(Table):
    """Who this MARAC is."""

    name: str = Field(min_length=1)
    id: str = Field(default="marac", pattern=r"^[a-z][a-z0-9-]{0,59}$")
    """What it is called in a store that several MARACs share; it must not be changed once there are cases."""
    coordinator: str = "the MARAC coordinator"
    chair: str = "the chair"
    email: Address
    """The secure mailbox: letters come from it, replies go to it."""


class Folders(Table):
    """Where things are kept."""

    register_workbook: PlacedPath = Field(default=Path("register.xlsx"), alias="register")
    store: PlacedPath = Path("store")
    meetings: PlacedPath = Path("meetings")
    templates: PlacedPath = Path("templates")
    """The area's own Word templates; one that is not there is taken from the program."""
    keyring: PlacedPath = Path("keyring")
    """The public keys of the agencies, in a GnuPG home that only this program uses."""


class Database(Table):
    """Where the register's database is, when it is not a file in the store folder."""

    url: str | None = Field(default=None, pattern=r"^postgresql://[^:@/\s]+(:[^@/\s]*)?@?[^\s]*$")
    """`postgresql://marac@db.council.example/marac`, without a password; None for SQLite in the store folder."""
    password: Password | None = None


class RegisterWorkbook(Table):
    """How register.xlsx is written."""

    password: Password | None = None
    """Without one, the workbook opens for everybody who can reach its folder."""


class Reading(Table):
    """Limits on the reading of one file, and what it is read with."""

    deadline_seconds: float = Field(default=60, gt=0, le=600)
    memory_megabytes: int = Field(default=2048, ge=512, le=65536)
    libreoffice: PlacedPath | None = None
    """The program that opens old Word files (.doc, .rtf, .odt); None for wherever it is found."""
    tessdata: PlacedPath | None = None
    """The folder of the models that read scans; None for where the system keeps them."""
    wordings: PlacedPath = Path("wordings.toml")
    """The area's own wordings; a file that is not there adds nothing."""


class Decryption(Table):
    """The MARAC's own keys, with which mail that was sealed for it is opened."""

    key: str | None = None
    """The fingerprint of the MARAC's own OpenPGP key; its secret half is in the keyring folder."""
    passphrase: Password | None = None
    certificate: PlacedPath | None = None
    """The mailbox's S/MIME certificate, as a PEM file."""
    certificate_key: PlacedPath | None = None
    certificate_passphrase: Password | None = None


class Senders(Table):
    """How it is told who sent a message."""

    gateway: str | None = None
    """The name that the council's own mail gateway writes into Authentication-Results; "microsoft" for Microsoft 365."""


class StandingRelease(Table):
    """Whether messages of one kind leave without being released one by one, and who said so."""

    released_by: str | None = None
    """The person who gave the standing release; without one, each message waits for a person."""


class Acknowledgements(StandingRelease):
    """Answers that tell a referrer that the referral has arrived."""

    write: bool = True
    most_a_day: int = Field(default=20, ge=1, le=1000)
    """To one address; what is above it waits for a person."""


class Digest(StandingRelease):
    """A daily message to the coordinator's own mailbox: counts and case references, so that silence means something."""

    write: bool = False
    hour: int = Field(default=8, ge=0, le=23)
    """Not before this hour of the day, by this computer's clock."""

    @model_validator(mode="after")
    def _somebody_lets_it_go(self) -> Self:
        if self.write and not self.released_by:
            raise ValueError("must name in released_by who lets the digest leave every day")
        return self


class Watching(Table):
    """Signs of life of `marac watch`."""

    heartbeat: PlacedPath = Path("heartbeat.json")
    alarm_minutes: int = Field(default=30, ge=1, le=1440)
    """From this silence on, the watcher counts as dead."""


class Settings(Table):
    """The whole of config.toml, and the agencies of the file beside it."""

    marac: Marac
    folders: Folders
    mailbox: MailboxTable
    sending: SendingTable
    decryption: Decryption = Decryption()
    senders: Senders = Senders()
    acknowledgements: Acknowledgements = Acknowledgements()
    digest: Digest = Digest()
    watching: Watching = Watching()
    database: Database = Database()
    workbook: RegisterWorkbook = RegisterWorkbook()
    thresholds: Thresholds = Thresholds()
    area: Area = Area()
    repeat: Repeat = Repeat()
    matching: Matching = Matching()
    calendar: tuple[CalendarRow, ...] = ()
    closed: ClosedDays = ClosedDays()
    deadlines: Deadlines = Deadlines()
    research: Research = Research()
    minutes: Minutes = Minutes()
    actions: Actions = Actions()
    outcome: Outcome = Outcome()
    idva: Idva = Idva()
    flagging: Flagging = Flagging()
    figures: Figures = Figures()
    other_maracs: OtherMaracs = Field(default={})
    reading: Reading = Reading()
    meetings: tuple[Meeting, ...] = ()
    agencies: Mapping[str, Agency] = Field(default={}, exclude=True)
    """By id, from agencies.toml; never written in config.toml itself."""

    @property
    def calendar_rules(self) -> CalendarRules:
        """What the meetings and their deadlines are counted from; without [[calendar]] and [deadlines], cut-offs alone."""
        counted = self.calendar or "deadlines" in self.model_fields_set
        return CalendarRules(
            tuple(row.series for row in self.calendar),
            tuple(meeting.listed for meeting in self.meetings),
            self.deadlines.rules if counted else None,
            self.closed.move,
        )

    @property
    def readers(self) -> Mapping[str, Agency]:
        """Everybody whom sealed documents can go to, by id: agencies, their seniors and managers, other MARACs."""
        seniors = (of_contact(agency, "senior") for agency in self.agencies.values())
        managers = (of_contact(agency, "manager") for agency in self.agencies.values())
        others = (
            Agency(f"marac.{name}", each.name, each.email, (_domain(each.email),), each.fingerprint, signed=dt.date.min)
            for name, each in self.other_maracs.items()
        )
        found = (*self.agencies.values(), *seniors, *managers, *others)
        return {reader.id: reader for reader in found if reader is not None}

    @property
    def rules(self) -> Rules:
        """What triage goes by."""
        return Rules(
            ThresholdRules(**self.thresholds.model_dump()),
            RepeatRules(**self.repeat.model_dump()),
            MatchingRules(**self.matching.model_dump()),
            AreaRules(**self.area.model_dump()),
            tuple(self.agencies.values()),
        )

    @model_validator(mode="after")
    def _a_mailbox_that_can_send(self) -> Self:
        if self.sending.kind == "mailbox" and self.mailbox.kind not in {"ews", "graph"}:
            raise ValueError('[sending] kind = "mailbox" needs a [mailbox] of the kind ews or graph')
        return self

    @model_validator(mode="after")
    def _standing_or_listed(self) -> Self:
        counted = self.calendar or "deadlines" in self.model_fields_set
        if not counted and any(meeting.cut_off is None and not meeting.urgent for meeting in self.meetings):
            raise ValueError("a meeting without cut_off under [[meetings]] needs the table [deadlines]")
        return self

    @model_validator(mode="after")
    def _every_meeting_once(self) -> Self:
        if len({meeting.date for meeting in self.meetings}) < len(self.meetings):
            raise ValueError("the same meeting date stands twice under [[meetings]]")
        return self


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()

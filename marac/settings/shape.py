"""What config.toml may say: frozen tables, with no room for unknown keys.

Paths are made absolute against the folder of config.toml while the file is read.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from marac.case import Agency, MeetingDate
from marac.credentials import SecretReference
from marac.triage.rules import RepeatRules, Rules, ThresholdRules


def _beside_the_settings(path: Path, info: ValidationInfo) -> Path:
    folder: Path = (info.context or {}).get("folder", Path())
    return (folder / path.expanduser()).resolve()


def _a_reference(value: object) -> object:
    if not isinstance(value, Mapping):
        raise ValueError(  # noqa: TRY004 - pydantic makes its report of ValueErrors
            'must not stand here; write where it is kept: { env = "NAME" }, { file = "path" } or { keyring = "service", user = "name" }'
        )
    if sum(key in value for key in ("env", "file", "keyring")) != 1:
        raise ValueError("must name exactly one of env, file and keyring")
    return value


def _path_of_reference(reference: SecretReference, info: ValidationInfo) -> SecretReference:
    if reference.file is None:
        return reference
    return SecretReference(file=_beside_the_settings(reference.file, info))


PlacedPath = Annotated[Path, AfterValidator(_beside_the_settings)]
Password = Annotated[SecretReference, BeforeValidator(_a_reference), AfterValidator(_path_of_reference)]
Address = Annotated[str, Field(pattern=r"^[^@\s,;<>\"]+@[A-Za-z0-9.-]+$")]


class Table(BaseModel):
    """A table of a settings file: frozen, closed, and silent about its values in errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True)


class Marac(Table):
    """Who this MARAC is."""

    name: str = Field(min_length=1)
    coordinator: str = "the MARAC coordinator"
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


class FolderMailbox(Table):
    """A folder of saved messages (.eml), bare form files, or a Maildir."""

    kind: Literal["folder"] = "folder"
    path: PlacedPath = Path("inbox")


class ImapMailbox(Table):
    """A folder on an IMAP server, always over TLS."""

    kind: Literal["imap"]
    host: str
    port: int = Field(default=993, ge=1, le=65535)
    user: str
    password: Password
    folder: str = "INBOX"
    processed: str = "Processed"
    needs_a_person: str = "Needs a person"
    certificate_authority: PlacedPath | None = None
    """The certificate that the server's is signed by, where this computer does not know it yet."""
    timeout_seconds: float = Field(default=60, gt=0, le=600)


class FolderSending(Table):
    """Letters are written to a folder, to be sent by hand."""

    kind: Literal["folder"] = "folder"
    path: PlacedPath = Path("sent")


class SmtpSending(Table):
    """Letters leave by an SMTP server, always over TLS."""

    kind: Literal["smtp"]
    host: str
    port: int = Field(default=465, ge=1, le=65535)
    security: Literal["tls", "starttls"] = "tls"
    user: str | None = None
    password: Password | None = None
    certificate_authority: PlacedPath | None = None
    timeout_seconds: float = Field(default=60, gt=0, le=600)


_TICKS: Mapping[Literal["dash", "dash-police", "other"], int] = {"dash": 14, "dash-police": 14, "other": 14}


class Thresholds(Table):
    """When a referral is high risk by the area's rules. Below them is never "no": a person decides."""

    ticks: Mapping[Literal["dash", "dash-police", "other"], Annotated[int, Field(ge=1, le=40)]] = _TICKS
    merit: int | None = Field(default=None, ge=1, le=1000)
    """The MeRIT total from which a case is high risk, in areas that use MeRIT; then a stated score is a MeRIT total."""
    dara: Literal["standard", "medium", "high"] | None = "high"
    """The grade on a DARA from which a case is high risk; it has no ticks, and a lower grade is for a person."""
    professional_judgement: bool = True
    escalation_events: int = Field(default=3, ge=1, le=50)
    escalation_months: int = Field(default=12, ge=1, le=60)
    minimum_age: int = Field(default=16, ge=0, le=25)

    @field_validator("ticks", mode="before")
    @classmethod
    def _the_others_stay(cls, ticks: object) -> object:
        """A checklist that the area says nothing of keeps its threshold."""
        return {**_TICKS, **ticks} if isinstance(ticks, Mapping) else ticks


class Repeat(Table):
    """What counts as a repeat."""

    months: int = Field(default=12, ge=1, le=60)
    counted_from: Literal["last referral", "last meeting"] = "last referral"


class Research(Table):
    """What the research packs show."""

    addresses: bool = False


class Meeting(Table):
    """One meeting, and the last day on which a referral for it can arrive."""

    date: dt.date
    cut_off: dt.date

    @model_validator(mode="after")
    def _cut_off_comes_first(self) -> Self:
        if self.cut_off > self.date:
            raise ValueError("cut_off must not be later than date")
        return self


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


class Settings(Table):
    """The whole of config.toml, and the agencies of the file beside it."""

    marac: Marac
    folders: Folders
    mailbox: Annotated[FolderMailbox | ImapMailbox, Field(discriminator="kind")]
    sending: Annotated[FolderSending | SmtpSending, Field(discriminator="kind")]
    thresholds: Thresholds = Thresholds()
    repeat: Repeat = Repeat()
    research: Research = Research()
    reading: Reading = Reading()
    meetings: tuple[Meeting, ...] = ()
    agencies: Mapping[str, Agency] = Field(default={}, exclude=True)
    """By id, from agencies.toml; never written in config.toml itself."""

    @property
    def meeting_dates(self) -> tuple[MeetingDate, ...]:
        """The meetings, earliest first."""
        return tuple(sorted((MeetingDate(m.date, m.cut_off) for m in self.meetings), key=lambda m: m.date))

    @property
    def rules(self) -> Rules:
        """What triage goes by."""
        return Rules(ThresholdRules(**self.thresholds.model_dump()), RepeatRules(**self.repeat.model_dump()))

    @model_validator(mode="after")
    def _every_meeting_once(self) -> Self:
        if len({meeting.date for meeting in self.meetings}) < len(self.meetings):
            raise ValueError("the same meeting date stands twice under [[meetings]]")
        return self

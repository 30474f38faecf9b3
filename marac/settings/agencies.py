"""agencies.toml: who sits at the MARAC, the one mailbox each is written to, and the one key its letters are sealed for."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import tomlkit
from pydantic import AfterValidator, Field, RootModel, field_validator, model_validator

from marac.agency import Agency, AgencyKind, Contact
from marac.errors import NotFoundError
from marac.settings.fields import Address, Table

_ID = re.compile(r"[a-z][a-z0-9-]*")
_FINGERPRINT = re.compile(r"[0-9A-F]{40}")


def fingerprint(text: str) -> str:
    """A fingerprint as written by people and by programs, in one form: 40 hexadecimal digits, upper case.

    Raises:
        ValueError: it is not a full fingerprint; a short one can be forged.
    """
    digits = re.sub(r"[\s:]", "", text).upper().removeprefix("0X")
    if not _FINGERPRINT.fullmatch(digits):
        raise ValueError("must be the full fingerprint of the key: 40 digits and letters from A to F")
    return digits


Fingerprint = Annotated[str | None, AfterValidator(lambda text: fingerprint(text) if text else None)]


class ContactRow(Table):
    """A person of an agency with a mailbox and a key of their own."""

    name: str = Field(min_length=1)
    email: Address
    fingerprint: Fingerprint = None

    def contact(self) -> Contact:
        """The person that this row describes."""
        return Contact(self.name, self.email, self.fingerprint)


class AgencyRow(Table):
    """One agency of agencies.toml."""

    name: str = Field(min_length=1)
    email: Address
    domains: tuple[str, ...] = ()
    """The domains its people write from; without any, that of `email`."""
    fingerprint: Fingerprint = None
    representative: str | None = None
    deputy: str | None = None
    signed: dt.date | None = None
    """When it signed the area's protocol or information sharing agreement; nothing is prepared for it before that."""
    kind: AgencyKind = "other"
    core: bool = True
    child_files: bool = False
    senior: ContactRow | None = None
    manager: ContactRow | None = None

    @field_validator("domains")
    @classmethod
    def _plain_domains(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        if any(not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in domains):
            raise ValueError("must be plain domains in lower case, such as police.example")
        return domains

    @model_validator(mode="after")
    def _its_mailbox_is_in_its_domains(self) -> Self:
        if self.domains and self.email.rpartition("@")[2].lower() not in self.domains:
            raise ValueError("its email is not in its domains; letters would go elsewhere than its people write from")
        return self

    def agency(self, row_id: str) -> Agency:
        """The agency that this row describes."""
        domains = self.domains or (self.email.rpartition("@")[2].lower(),)
        return Agency(
            id=row_id,
            name=self.name,
            email=self.email,
            domains=domains,
            fingerprint=self.fingerprint,
            representative=self.representative,
            signed=self.signed,
            deputy=self.deputy,
            kind=self.kind,
            core=self.core,
            child_files=self.child_files,
            senior=self.senior.contact() if self.senior else None,
            manager=self.manager.contact() if self.manager else None,
        )


class AgenciesFile(RootModel[dict[str, AgencyRow]]):
    """The whole file: a table an agency, under its short id."""

    @model_validator(mode="after")
    def _ids_are_plain(self) -> Self:
        for row_id in self.root:
            if not _ID.fullmatch(row_id):
                raise ValueError(f"[{row_id}]: an agency's id is lower-case letters, digits and hyphens")
        return self

    @model_validator(mode="after")
    def _every_mailbox_once(self) -> Self:
        seen: dict[str, str] = {}
        for row_id, row in self.root.items():
            other = seen.setdefault(row.email.lower(), row_id)
            if other != row_id:
                raise ValueError(f"[{row_id}] and [{other}] have the same email: they would read each other's letters")
        return self

    @model_validator(mode="after")
    def _every_key_once(self) -> Self:
        seen: dict[str, str] = {}
        for row_id, row in self.root.items():
            if row.fingerprint and (other := seen.setdefault(row.fingerprint, row_id)) != row_id:
                raise ValueError(
                    f"[{row_id}] and [{other}] have the same fingerprint: they would open each other's letters"
                )
        return self

    @model_validator(mode="after")
    def _contacts_have_mailboxes_of_their_own(self) -> Self:
        mailboxes = {row.email.lower(): row_id for row_id, row in self.root.items()}
        taken: dict[str, str] = {}
        for row_id, row in self.root.items():
            for part, contact in (("senior", row.senior), ("manager", row.manager)):
                if contact is None:
                    continue
                if (agency := mailboxes.get(contact.email.lower())) is not None:
                    raise ValueError(
                        f"[{row_id}] {part} has the mailbox of the agency [{agency}]: what is held back from it would be "
                        "read there. Name a mailbox that this person alone reads"
                    )
                if taken.setdefault(contact.email.lower(), row_id) != row_id:
                    raise ValueError(
                        f"[{row_id}] {part} has the mailbox of somebody of [{taken[contact.email.lower()]}]: they would read "
                        "what is meant for the other"
                    )
        return self

    @model_validator(mode="after")
    def _contacts_have_keys_of_their_own(self) -> Self:
        keys = {row.fingerprint: row_id for row_id, row in self.root.items() if row.fingerprint}
        for row_id, row in self.root.items():
            for part, contact in (("senior", row.senior), ("manager", row.manager)):
                if contact is not None and contact.fingerprint in keys:
                    raise ValueError(
                        f"[{row_id}] {part} has the key of the agency [{keys[contact.fingerprint]}], which could open what is "
                        "held back from it. Ask this person for a key of their own"
                    )
        return self

    def agencies(self) -> Mapping[str, Agency]:
        """The agencies by id, in the order of the file."""
        return {row_id: row.agency(row_id) for row_id, row in self.root.items()}


def of_contact(agency: Agency, who: Literal["senior", "manager"]) -> Agency | None:
    """The agency's senior contact or manager as a reader of their own; None where nobody is named.

    They are written to at the address that agencies.toml has, and at no other, even where it is at another domain.
    """
    contact = agency.senior if who == "senior" else agency.manager
    if contact is None:
        return None
    return replace(
        agency,
        id=f"{agency.id}.{who}",
        email=contact.email,
        domains=(contact.email.rpartition("@")[2].lower(),),
        fingerprint=contact.fingerprint,
        representative=contact.name,
        deputy=None,
        senior=None,
        manager=None,
    )


def with_fingerprint(text: str, reader: str, new: str) -> str:
    """The text of agencies.toml with the fingerprint of an agency pinned, or of its senior contact or manager.

    Everything else stays as a person wrote it.

    Args:
        text: of the file.
        reader: `housing`, `housing.senior` or `housing.manager`.
        new: the fingerprint.

    Raises:
        NotFoundError: no such agency is in the file, or it names no such person.
    """
    document = tomlkit.parse(text)
    agency, _, part = reader.partition(".")
    if agency not in document:
        raise NotFoundError(f"There is no agency {agency!r} in agencies.toml.")
    row: Any = document[agency]
    if part:
        if part not in row:
            raise NotFoundError(f"The agency {agency!r} names no {part} in agencies.toml.")
        row = row[part]
    row["fingerprint"] = new
    return tomlkit.dumps(document)


def with_fingerprint_of_marac(text: str, name: str, new: str) -> str:
    """The text of config.toml with the fingerprint of another MARAC pinned; everything else stays as it was.

    Raises:
        NotFoundError: the file has no such MARAC under [other_maracs].
    """
    document = tomlkit.parse(text)
    others: Any = document.get("other_maracs", {})
    if name not in others:
        raise NotFoundError(f"There is no [other_maracs.{name}] in config.toml.")
    others[name]["fingerprint"] = new
    return tomlkit.dumps(document)


def agencies_path(settings_path: Path) -> Path:
    """Where the agencies of a config.toml stand: beside it."""
    return settings_path.with_name("agencies.toml")

"""`marac keys`: an agency's key is pinned when a person has heard its fingerprint; the MARAC's own key is taken in."""

import sys
from argparse import Namespace
from collections.abc import Mapping

from marac.agency import Agency
from marac.commands.working import day, office_for, signed_in
from marac.delivery.openpgp import Key, Keyring
from marac.errors import NotFoundError, SealingError, UsageError
from marac.files import write_whole
from marac.intake.opening.sealed.own_key_file import taken_in
from marac.meetings.withholding import MANAGER, SENIOR
from marac.office import Office
from marac.register.trail import record
from marac.register.who_sees_what import reader_in_words
from marac.settings.agencies import (
    agencies_path,
    fingerprint,
    with_fingerprint,
    with_fingerprint_of_marac,
)

OF_MARACS = "marac."
"""How the ids of other MARACs begin, as readers; they stand in config.toml."""


def add(arguments: Namespace) -> int:
    """Show the key, ask for the fingerprint, and pin it."""
    with office_for(arguments, changes=True) as office:
        agency = _reader(office, arguments.agency)
        name = reader_in_words(agency.id, office.settings)
        content = _content(arguments)
        keyring = Keyring(office.settings.folders.keyring)
        keys = keyring.keys_in(content)
        for key in keys:
            _show(key)
        heard = _heard(arguments, name)
        if heard not in {key.fingerprint for key in keys}:
            raise SealingError(
                "That is not the fingerprint of a key in this file. Nothing was imported. Ring the agency again."
            )
        _refuse_a_key_of_another(office.settings.readers, agency, heard)
        keyring.add(content, heard)
        _pin(office, agency.id, heard)
        with office.store.changing() as connection:
            record(connection, office.entry("key pinned", agency.id, heard, actor=arguments.by or signed_in()))
        state = keyring.state(heard, office.today)
        print(f"Pinned for {name}. Documents for it are sealed with this key from now on.")
        if not state.usable:
            print(f"! {state.advice}")
    return 0


def own(arguments: Namespace) -> int:
    """Take the MARAC's own key in, and say what to write into config.toml."""
    with office_for(arguments, changes=True) as office:
        content = _content(arguments)
        key = taken_in(content, office.settings.folders.keyring)
        with office.store.changing() as connection:
            entry = office.entry("own key taken in", "", key.fingerprint, actor=arguments.by or signed_in())
            record(connection, entry)
        _show(key)
        print("The MARAC's own key is in the keyring folder. Mail that is sealed for it can be opened from now on.")
        if office.settings.decryption.key != key.fingerprint:
            print("Write this into config.toml, and say under passphrase where its passphrase is kept, if it has one:")
            print(f'\n[decryption]\nkey = "{key.fingerprint}"\n')
        print(
            "Then run: marac doctor. It tries the key out. Keep the file where nobody else can read it, or delete it."
        )
    return 0


def _reader(office: Office, reader: str) -> Agency:
    """Whose key it is: an agency, its senior contact or manager, or another MARAC.

    Raises:
        NotFoundError: there is nobody of that id.
    """
    found = office.settings.readers.get(reader)
    if found is None:
        known = ", ".join(office.settings.readers) or "none yet"
        raise NotFoundError(f"There is no agency {reader!r} in agencies.toml. Keys can be pinned for: {known}.")
    return found


def _pin(office: Office, reader: str, heard: str) -> None:
    """Write the fingerprint into the file in which the reader stands."""
    of_marac = reader.startswith(OF_MARACS)
    path = office.settings_path if of_marac else agencies_path(office.settings_path)
    text = path.read_text(encoding="utf-8-sig")
    if of_marac:
        changed = with_fingerprint_of_marac(text, reader.removeprefix(OF_MARACS), heard)
    else:
        changed = with_fingerprint(text, reader, heard)
    write_whole(path, changed.encode("utf-8"))


def _content(arguments: Namespace) -> bytes:
    try:
        content: bytes = arguments.file.read_bytes()
    except OSError:
        raise UsageError(f"{arguments.file} cannot be opened.") from None
    return content


def _refuse_a_key_of_another(readers: Mapping[str, Agency], reader: Agency, heard: str) -> None:
    """One key for two readers would let each read the other's letters; most often a wrong file was picked.

    One person may be an agency's senior contact and its manager: then both have one mailbox, and one key.
    """
    for other in readers.values():
        if other.fingerprint == heard and other.id != reader.id and other.email.lower() != reader.email.lower():
            whose = other.representative if other.id.endswith((SENIOR, MANAGER)) else other.name
            raise SealingError(f"This key is pinned for {whose} already. Nothing was imported. Is it the right file?")


def _show(key: Key) -> None:
    until = day(key.expires) if key.expires else "never"
    print(f"Fingerprint  {_in_groups(key.fingerprint)}")
    print(f"Owner        {'; '.join(key.owners) or 'none named'}")
    print(f"Made         {day(key.created)}")
    print(f"Expires      {until}")


def _heard(arguments: Namespace, name: str) -> str:
    """The fingerprint that the agency read out."""
    if arguments.fingerprint:
        typed = arguments.fingerprint
    elif sys.stdin is not None and sys.stdin.isatty():
        typed = input(f"Ring {name}, have it read its fingerprint out, and type what you hear: ")
    else:
        raise UsageError(
            "Say the fingerprint that the agency read out to you: --fingerprint '…'. Nothing was imported."
        )
    try:
        return fingerprint(typed)
    except ValueError as error:
        raise UsageError(f"The fingerprint {error}. Nothing was imported.") from None


def _in_groups(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))

"""`marac keys`: an agency's key is pinned when a person has heard its fingerprint; the MARAC's own key is taken in."""

import sys
from argparse import Namespace
from collections.abc import Mapping

from marac.case import Agency
from marac.commands.working import day, office_for, signed_in
from marac.delivery.openpgp import Key, Keyring
from marac.errors import NotFoundError, SealingError, UsageError
from marac.files import write_whole
from marac.intake.opening.sealed.own_key_file import taken_in
from marac.register.trail import record
from marac.settings.agencies import agencies_path, fingerprint, with_fingerprint


def add(arguments: Namespace) -> int:
    """Show the key, ask for the fingerprint, and pin it."""
    with office_for(arguments, changes=True) as office:
        agency = office.settings.agencies.get(arguments.agency)
        if agency is None:
            raise NotFoundError(f"There is no agency {arguments.agency!r} in agencies.toml.")
        content = _content(arguments)
        keyring = Keyring(office.settings.folders.keyring)
        keys = keyring.keys_in(content)
        for key in keys:
            _show(key)
        heard = _heard(arguments, agency.name)
        if heard not in {key.fingerprint for key in keys}:
            raise SealingError(
                "That is not the fingerprint of a key in this file. Nothing was imported. Ring the agency again."
            )
        _refuse_a_key_of_another(office.settings.agencies, agency, heard)
        keyring.add(content, heard)
        path = agencies_path(office.settings_path)
        text = path.read_text(encoding="utf-8-sig")
        write_whole(path, with_fingerprint(text, agency.id, heard).encode("utf-8"))
        with office.store.changing() as connection:
            record(connection, office.entry("key pinned", agency.id, heard, actor=arguments.by or signed_in()))
        state = keyring.state(heard, office.today)
        print(f"Pinned for {agency.name}. Documents for it are sealed with this key from now on.")
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


def _content(arguments: Namespace) -> bytes:
    try:
        content: bytes = arguments.file.read_bytes()
    except OSError:
        raise UsageError(f"{arguments.file} cannot be opened.") from None
    return content


def _refuse_a_key_of_another(agencies: Mapping[str, Agency], agency: Agency, heard: str) -> None:
    """One key for two agencies would let each read the other's letters; most often a wrong file was picked."""
    for other in agencies.values():
        if other.fingerprint == heard and other.id != agency.id:
            raise SealingError(
                f"This key is pinned for {other.name} already. Nothing was imported. Is it the right file?"
            )


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

"""What settings tables are made of: closed tables, paths beside the file, secrets by reference, addresses."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from marac.credentials import SecretReference


class Table(BaseModel):
    """A table of a settings file: frozen, closed, and silent about its values in errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True)


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


def _encrypted(url: str) -> str:
    if not re.fullmatch(r"https://[^\s@/]+(/\S*)?", url):
        raise ValueError("must be an address that begins with https://")
    return url.rstrip("/")


PlacedPath = Annotated[Path, AfterValidator(_beside_the_settings)]
Password = Annotated[SecretReference, BeforeValidator(_a_reference), AfterValidator(_path_of_reference)]
Address = Annotated[str, Field(pattern=r"^[^@\s,;<>\"]+@[A-Za-z0-9.-]+$")]
EncryptedUrl = Annotated[str, AfterValidator(_encrypted)]

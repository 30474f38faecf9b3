"""Makes files that are locked with a password, as Office, 7-Zip and PDF writers lock them."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from hashlib import md5, sha1
from typing import Literal

import msoffcrypto
import pikepdf
import pyzipper
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.method.ecma376_standard import ECMA376Standard
from msoffcrypto.method.rc4 import _makekey

from tests.outlook_messages import file_of_streams

PLAIN_RECORD = b"Maya Sample, Flat 3, Bakery House" * 60
"""What stands in the third record of `locked_workbook`."""

_AES_128, _SHA_1, _RSA_AES = 0x660E, 0x8004, 0x18
_BEGINNING, _LOCK, _TEXT, _END = 0x0809, 0x002F, 0x00FC, 0x000A


def locked_office(content: bytes, password: str) -> bytes:
    """A Word or Excel file as Office locks it since 2010."""
    locked = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(content)).encrypt(password, locked)
    return locked.getvalue()


def locked_office_2007(content: bytes, password: str) -> bytes:
    """A Word or Excel file as Office 2007 locks it (MS-OFFCRYPTO 2.3.4.5)."""
    salt = os.urandom(16)
    key = ECMA376Standard.makekey_from_password(password, _AES_128, _SHA_1, 128, 128, 16, salt)
    verifier = os.urandom(16)
    shown = _aes(key, verifier) + _aes(key, sha1(verifier).digest() + bytes(12))  # noqa: S324 - as Office 2007 does it
    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, _AES_128, _SHA_1, 128, _RSA_AES, 0, 0) + provider
    described = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header
    described += struct.pack("<I", 16) + salt + shown[:16] + struct.pack("<I", 20) + shown[16:]
    package = struct.pack("<Q", len(content)) + _aes(key, content + bytes(-len(content) % 16))
    return file_of_streams({"EncryptionInfo": described, "EncryptedPackage": package})


def locked_workbook(password: str) -> bytes:
    """An old Excel file, locked as Excel 97 does it (MS-XLS 2.2.10): RC4, in blocks of 1024 bytes."""
    salt, verifier = os.urandom(16), os.urandom(16)
    shown = _rc4(_makekey(password, salt, 0), verifier + md5(verifier).digest())  # noqa: S324 - as Excel 97 does it
    lock = struct.pack("<HHH", 1, 1, 1) + salt + shown
    records = ((_BEGINNING, bytes(16)), (_LOCK, lock), (_TEXT, PLAIN_RECORD), (_END, b""))
    length = sum(4 + len(content) for _, content in records)
    blocks = [_rc4(_makekey(password, salt, number), bytes(1024)) for number in range(length // 1024 + 1)]
    stream, key_stream = b"", b"".join(blocks)
    for kind, content in records:
        at = len(stream) + 4
        if kind not in {_BEGINNING, _LOCK}:
            content = bytes(one ^ other for one, other in zip(content, key_stream[at:], strict=False))  # noqa: PLW2901
        stream += struct.pack("<HH", kind, len(content)) + content
    return file_of_streams({"Workbook": stream + bytes(4096)})


def locked_text() -> bytes:
    """The beginning of an old Word file that says that it is locked (MS-DOC 2.5.2)."""
    return file_of_streams({"WordDocument": b"\xec\xa5" + bytes(8) + struct.pack("<H", 0x0100) + bytes(5000)})


def locked_pdf(
    text: str, *, user: str, owner: str = "owner-824", attachment: bytes = b"", revision: Literal[3, 4, 6] = 6
) -> bytes:
    """A PDF of one page; where `user` is empty it only forbids things."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(f"BT ({text}) Tj ET".encode())
    if attachment:
        pdf.attachments["form.docx"] = attachment
    made = io.BytesIO()
    pdf.save(
        made, encryption=pikepdf.Encryption(user=user, owner=owner, R=revision, aes=revision > 3, metadata=revision > 3)
    )
    return made.getvalue()


def locked_zip(files: Mapping[str, bytes], password: bytes) -> bytes:
    """A zip archive locked with AES, as 7-Zip makes it."""
    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password)
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def zip_locked_long_ago(name: str, content: bytes, password: bytes) -> bytes:
    """A zip archive of one file with the old zip encryption (APPNOTE.TXT 6.1), as Windows opens it."""
    check = zlib.crc32(content)
    locked = bytes(_zip_cipher(os.urandom(11) + bytes([check >> 24]) + content, password))
    common = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0, 0x21, check, len(locked), len(content), len(name), 0)
    local = b"PK\x03\x04" + common + name.encode()
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name.encode()
    start = len(local) + len(locked)
    return local + locked + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), start, 0)


def _zip_cipher(content: bytes, password: bytes) -> Iterator[int]:
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in password:
        _stir(keys, byte)
    for byte in content:
        mixed = (keys[2] & 0xFFFF) | 2
        yield byte ^ (mixed * (mixed ^ 1) >> 8 & 0xFF)
        _stir(keys, byte)


def _stir(keys: list[int], byte: int) -> None:
    keys[0] = ~zlib.crc32(bytes([byte]), ~keys[0] & 0xFFFFFFFF) & 0xFFFFFFFF
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
    keys[2] = ~zlib.crc32(bytes([keys[1] >> 24]), ~keys[2] & 0xFFFFFFFF) & 0xFFFFFFFF


def _aes(key: bytes, content: bytes) -> bytes:
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - as Office 2007 does it
    return cipher.update(content) + cipher.finalize()


def _rc4(key: bytes, content: bytes) -> bytes:
    return Cipher(ARC4(key), None).encryptor().update(content)

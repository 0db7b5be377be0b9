"""Looks into a ZIP archive (XLSX, DOCX and OFD are ZIP) before anyone else opens it."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.conf import settings

from zhunsheng.platform.documents.errors import ArchiveRefused, FileTooLarge

_CHUNK = 1 << 18
_ENCRYPTED = 0x1
_ENTRY = b"PK\x01\x02"  # begins each entry of the central directory
_SMALL = 1 << 20  # below this unpacked size the ratio says nothing: an empty sheet packs a hundredfold


@dataclass(frozen=True)
class ArchiveLimits:
    """How much an archive may hold: members, unpacked bytes in all, unpacked over packed."""

    members: int
    bytes: int
    ratio: int

    @classmethod
    def from_settings(cls) -> "ArchiveLimits":
        """Return the configured limits."""
        limits = settings.ZHUNSHENG_LIMITS
        return cls(limits["archive_members"], limits["archive_bytes"], limits["archive_ratio"])


def check_archive(file: BinaryIO, limits: ArchiveLimits | None = None) -> tuple[str, ...]:
    """Unpack every member without keeping it, and return the members' names.

    Sizes are counted while unpacking: what the directory declares is believed only when it is too much.
    Raises: FileTooLarge; ArchiveRefused for damaged, encrypted, overlapping or dangerously named members.
    """
    limits = limits or ArchiveLimits.from_settings()
    if _count_entries(file) > limits.members:
        raise _too_much("The archive holds more than %(most)s files.", limits.members)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            packed = file.seek(0, 2)
            _check_directory(members, packed, limits)
            _unpack_all(archive, members, max(packed, 1), limits)
            return tuple(member.filename for member in members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise ArchiveRefused(
            "The archive is damaged: %(why)s.",
            params={"why": str(error) or type(error).__name__},
            remedy="Save the file again and send that.",
        ) from error


def _count_entries(file: BinaryIO) -> int:
    """Count the entries of the directory without building it: half a million empty members fit into 32 MiB."""
    file.seek(0)
    count, before = 0, b""
    while chunk := file.read(_CHUNK):
        count += (before + chunk).count(_ENTRY)
        before = chunk[-len(_ENTRY) + 1 :]
    return count


def _check_directory(members: list[zipfile.ZipInfo], packed: int, limits: ArchiveLimits) -> None:
    if sum(member.file_size for member in members) > limits.bytes:
        raise _too_much("The archive unpacks to more than %(most)s bytes.", limits.bytes)
    if sum(member.compress_size for member in members) > packed:
        raise ArchiveRefused("Members of the archive overlap.", remedy="Save the file again and send that.")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise ArchiveRefused("Two members of the archive have one name.", remedy="Save the file again and send that.")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or "\0" in member.filename:
            raise ArchiveRefused(
                "The archive holds a path that leads outside it: %(name)s.",
                params={"name": member.filename[:80]},
                remedy="Pack the files again without folders above them.",
            )
        if member.flag_bits & _ENCRYPTED:
            raise ArchiveRefused(
                "The archive is encrypted, so it can't be checked.", remedy="Send it without a password."
            )


def _unpack_all(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int, limits: ArchiveLimits) -> None:
    total = 0
    for member in members:
        with archive.open(member) as content:
            while chunk := content.read(_CHUNK):
                total += len(chunk)
                if total > limits.bytes:
                    raise _too_much("The archive unpacks to more than %(most)s bytes.", limits.bytes)
                if total > _SMALL and total > limits.ratio * packed:
                    raise _too_much("The archive unpacks to more than %(most)s times its size.", limits.ratio)


def _too_much(message: str, most: int) -> FileTooLarge:
    return FileTooLarge(message, params={"most": most}, remedy="Send the files in smaller archives.")

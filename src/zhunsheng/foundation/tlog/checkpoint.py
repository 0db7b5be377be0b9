"""Checkpoints (c2sp.org/tlog-checkpoint): the signed size and root of a log."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from zhunsheng.foundation.signing import Signer
from zhunsheng.foundation.tlog.hashing import HASH_BYTES
from zhunsheng.foundation.tlog.note import Note, NoteKey, NoteProblem

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says about itself: its origin, how many leaves, and their root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the note text that is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode("ascii"), *self.extensions]
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint in a note's text.

        Raises: NoteProblem, also for leading zeroes and for hashes of another length.
        """
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) < 3 or not all(lines):
            raise NoteProblem("a checkpoint has an origin, a size and a root, each on its line")
        origin, size, root_text, *extensions = lines
        if not _SIZE.fullmatch(size) or int(size) >= 2**63:
            raise NoteProblem("not a tree size")
        try:
            root = base64.b64decode(root_text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise NoteProblem("not a root hash") from error
        if len(root) != HASH_BYTES or base64.b64encode(root).decode("ascii") != root_text:
            raise NoteProblem("not a root hash")
        return cls(origin, int(size), root, tuple(extensions))

    def signed(self, signer: Signer) -> Note:
        """Return the note signed under the origin's name.

        Raises: NoteProblem.
        """
        return Note(self.text).signed(self.origin, signer)


def open_checkpoint(source: str | bytes, keys: Sequence[NoteKey]) -> Checkpoint:
    """Return the checkpoint in a note that one of these keys signed under the checkpoint's own origin.

    Raises: NoteProblem.
    """
    note = Note.parse(source)
    signers = note.verify(keys)
    checkpoint = Checkpoint.parse(note.text)
    if all(key.name != checkpoint.origin for key in signers):
        raise NoteProblem("the checkpoint is of another log")
    return checkpoint

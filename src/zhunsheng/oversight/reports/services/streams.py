"""The body of a request as lines: read ahead so that no sender waits for itself, unpacked and cut with bounded memory.

A sender may write the whole batch before it reads the first answer. If the server stopped reading while its answers
are not taken, both would wait for ever: a thread reads ahead, into memory first and then into a temporary file.
"""

import tempfile
import threading
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Protocol

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.format import FormatProblem
from zhunsheng.oversight.reports.services.refusals import Refusal

BLOCK: Final = 64 * 1024
IN_MEMORY: Final = 4 * 1024 * 1024
IDLE_SECONDS: Final = 0.3
MOST_IDLE: Final = 200
"""Pauses of IDLE_SECONDS in a row, a minute in all, after which a sender who says nothing counts as gone."""

SLACK: Final = 1024 * 1024
"""Bytes that may always be unpacked: a small body of repeated text is no bomb."""


class Readable(Protocol):
    """What a WSGI server hands over as the body of the request."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


class ReadAhead:
    """Blocks of a request body, read by a thread of their own; an empty block says that nothing came for a while."""

    def __init__(self, source: Readable, length: int | None, *, most: int) -> None:
        """Take the body and its declared length, None where the sender declared none; no more than `most` is kept."""
        self._source = source
        self._left = length
        self._most = self._room = most
        self._more = threading.Condition()
        self._blocks: deque[bytes] = deque()
        self._held = 0
        self._ended = False
        self._stopped = False
        self._error: Exception | None = None
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._written = 0
        self._taken = 0
        self._thread = threading.Thread(target=self._fill, name="read-ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body. Raises: Refusal when it ended before its declared length."""
        idle = 0
        while idle <= MOST_IDLE:
            with self._more:
                if not self._blocks and self._written == self._taken and not self._ended:
                    self._more.wait(IDLE_SECONDS)
                if self._blocks:
                    block = self._blocks.popleft()
                    self._held -= len(block)
                elif self._written > self._taken:
                    block = self._from_file()
                elif self._ended:
                    break
                else:
                    block = b""
            idle = 0 if block else idle + 1
            yield block
        if isinstance(self._error, Refusal):
            raise self._error
        if self._error is not None or self._left or not self._ended:
            raise Refusal("batch-cut")

    def close(self) -> None:
        """Stop reading and give the temporary file back."""
        with self._more:
            self._stopped = True
        if self._ended:
            self._file.close()

    def _fill(self) -> None:
        try:
            while not self._stopped and self._left != 0:
                block = self._source.read(BLOCK if self._left is None else min(BLOCK, self._left))
                if not block:
                    break
                self._count(block)
                self._put(block)
        except Exception as error:
            self._error = error
        with self._more:
            self._ended = True
            self._more.notify()
            if self._stopped:
                self._file.close()

    def _count(self, block: bytes) -> None:
        self._room -= len(block)
        if self._room < 0:
            raise Refusal("batch-bytes", limit=self._most)

    def _put(self, block: bytes) -> None:
        with self._more:
            if self._left is not None:
                self._left -= len(block)
            if self._written == self._taken and self._held < IN_MEMORY:
                self._blocks.append(block)
                self._held += len(block)
            elif not self._stopped:
                self._file.seek(self._written)
                self._file.write(block)
                self._written += len(block)
            self._more.notify()

    def _from_file(self) -> bytes:
        self._file.seek(self._taken)
        block = self._file.read(min(BLOCK, self._written - self._taken))
        self._taken += len(block)
        if self._taken == self._written:
            self._file.truncate(0)
            self._taken = self._written = 0
        return block


def unpacked(blocks: Iterable[bytes], encoding: str, limits: Mapping[str, int]) -> Iterator[bytes]:
    """Yield the blocks without their content encoding.

    Raises: Refusal for an unknown encoding, unsound gzip, or one that grows beyond `archive_ratio`.
    """
    if encoding in {"", "identity"}:
        yield from blocks
    elif encoding in {"gzip", "x-gzip"}:
        yield from _gunzip(blocks, limits["archive_ratio"])
    else:
        raise Refusal("encoding-unknown", "Content-Encoding", found=encoding[:40])


def _gunzip(blocks: Iterable[bytes], ratio: int) -> Iterator[bytes]:
    taken = given = 0
    unpacker = zlib.decompressobj(wbits=31)
    for block in blocks:
        taken += len(block)
        data = block
        if not data:
            yield b""
        while data:
            try:
                out = unpacker.decompress(data, BLOCK)
            except zlib.error as error:
                raise Refusal("gzip", "Content-Encoding", found=str(error)) from error
            given += len(out)
            if given > SLACK + ratio * taken:
                raise Refusal("gzip-bomb", "Content-Encoding", limit=ratio)
            if out:
                yield out
            data = unpacker.unconsumed_tail or unpacker.unused_data
            if unpacker.eof and data:
                unpacker = zlib.decompressobj(wbits=31)
    if taken and not unpacker.eof:
        raise Refusal("gzip", "Content-Encoding", found="it ends in the middle")


def limited(blocks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Yield the blocks until they are more than `most` bytes. Raises: Refusal."""
    given = 0
    for block in blocks:
        given += len(block)
        if given > most:
            raise Refusal("batch-bytes", limit=most)
        yield block


def lines(blocks: Iterable[bytes], limits: Mapping[str, int]) -> Iterator[bytes | DomainError | None]:
    """Yield each non-empty line, None where the sender pauses, and a problem in place of a line that is too long.

    Only the first line, which may be a manifest, may be longer than a report. Holds one line at a time.
    Raises: Refusal after `batch_lines`.
    """
    cutter = _Cutter(limits)
    for block in blocks:
        if not block:
            yield None
        yield from cutter.cut(block)
    yield from cutter.rest()


class _Cutter:
    """Cuts blocks into lines; forgets what is too long and remembers how long it was."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self._most = limits["report_bytes"]
        self._most_first = limits.get("manifest_bytes", 128 * self._most)
        self._most_lines = limits["batch_lines"]
        self._begun: list[bytes] = []
        self._length = 0
        self._count = 0

    def cut(self, block: bytes) -> Iterator[bytes | DomainError | None]:
        first, *others = block.split(b"\n")
        self._add(first)
        for part in others:
            yield from self._end()
            self._add(part)

    def rest(self) -> Iterator[bytes | DomainError | None]:
        yield from self._end()

    def _add(self, part: bytes) -> None:
        self._length += len(part)
        if self._length <= self._largest():
            self._begun.append(part)
        else:
            self._begun.clear()

    def _largest(self) -> int:
        return self._most if self._count else self._most_first

    def _end(self) -> Iterator[bytes | DomainError | None]:
        length, self._length = self._length, 0
        line = b"".join(self._begun).strip(b" \t\r")
        self._begun.clear()
        if not length or (length <= self._largest() and not line):
            return
        if self._count >= self._most_lines:
            yield None
            raise Refusal("batch-lines", limit=self._most_lines)
        largest = self._largest()
        self._count += 1
        yield line if length <= largest else FormatProblem("size", limit=self._most, found=length)


def request_body(environ: Mapping[str, Any]) -> tuple[Readable, int | None]:
    """Return the body of a WSGI request and its declared length, None when it is sent in chunks."""
    declared = str(environ.get("CONTENT_LENGTH") or "")
    if declared.isdecimal():
        return environ["wsgi.input"], int(declared)
    chunked = "chunked" in str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower()
    return environ["wsgi.input"], None if chunked else 0


def read_whole(
    environ: Mapping[str, Any], limits: Mapping[str, int], most: int, *, over: Callable[[int], DomainError]
) -> bytes:
    """Return a whole small body, unpacked. Raises: what `over` makes of its size when it exceeds `most`; Refusal."""
    source, length = request_body(environ)
    if length is not None and length > most:
        raise over(length)
    parts: list[bytes] = []
    size = 0
    blocks = unpacked(_plain_blocks(source, length), content_encoding(environ), limits)
    for block in blocks:
        size += len(block)
        if size > most:
            raise over(size)
        parts.append(block)
    return b"".join(parts)


def content_encoding(environ: Mapping[str, Any]) -> str:
    """Return the content encoding that the sender declared, in lower case."""
    return str(environ.get("HTTP_CONTENT_ENCODING", "")).strip().lower()


def _plain_blocks(source: Readable, length: int | None) -> Iterator[bytes]:
    left = length
    while left != 0:
        block = source.read(BLOCK if left is None else min(BLOCK, left))
        if not block:
            break
        if left is not None:
            left -= len(block)
        yield block
    if left:
        raise Refusal("batch-cut")

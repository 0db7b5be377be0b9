"""From a frozen frame and a public source to a seed, and from the seed to numbers: no generator of any library."""

import hmac
from collections.abc import Iterator

from zhunsheng.foundation.canonical import digest_hex

TAG = "zhunsheng-draw/1"


def seed_hex(*, frame_sha256: str, commitment_sha256: str, source: str, reference: str, material: str) -> str:
    """Return the SHA-256 of six lines in UTF-8, each ended by LF: the tag, then the arguments in this order."""
    lines = (TAG, frame_sha256, commitment_sha256, source, reference, material)
    return digest_hex("".join(line + "\n" for line in lines).encode("utf-8"))


class Uniforms(Iterator[float]):
    """Numbers in [0, 1), multiples of 2^-53: the k-th is from HMAC-SHA-256(seed, k), k = 0, 1, … in 8 bytes.

    The first 8 bytes of the digest are read as a big-endian number, its 53 highest bits divided by 2^53. `used` counts.
    """

    def __init__(self, seed: str) -> None:
        self._key = bytes.fromhex(seed)
        self.used = 0

    def __next__(self) -> float:
        digest = hmac.digest(self._key, self.used.to_bytes(8, "big"), "sha256")
        self.used += 1
        return (int.from_bytes(digest[:8], "big") >> 11) / 9007199254740992.0

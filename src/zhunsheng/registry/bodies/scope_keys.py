"""The 64-bit key under which the scope index keeps a line, and the names it is made of.

Canonical names, each hashed by BLAKE2b with 8 bytes of output, little-endian, and a person string naming its part:

=========  ==========================================================================================
part       canonical name
=========  ==========================================================================================
body       the body's slug
object     the test object's catalogue code; where the catalogue doesn't know it, "~" + normalised text
parameter  the parameter's catalogue code; else "~" + normalised text
method     the edition as in "GB/T 5750.6-2023"; without a year the base; no standard number: "~" + normalised text
site       the site's code; empty for a line that holds at every site
=========  ==========================================================================================

The five hashes are joined in this order by k = mix(k * P + h), where P is odd and mix is the finaliser of SplitMix64
(a bijection), so that a whole batch is joined in a few array operations. With 5 million lines a look-up meets a foreign
key by chance once in 3.7 million million times.
"""

from hashlib import blake2b
from typing import cast

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)
_REMEMBERED = 500_000
PARTS = ("body", "object", "parameter", "method", "site")


class NameHashes:
    """The hashes of the names of one part, remembered because the same few names come again and again."""

    def __init__(self, part: str) -> None:
        if part not in PARTS:
            raise ValueError(f"unknown part: {part}")
        self._person = part.encode("ascii")
        self._known: dict[str, int] = {}

    def of(self, name: str) -> int:
        """Return the 64-bit hash of a canonical name."""
        found = self._known.get(name)
        if found is None:
            made = blake2b(name.encode("utf-8"), digest_size=8, person=self._person).digest()
            found = int.from_bytes(made, "little")
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[name] = found
        return found


def _mixed(values: Keys) -> Keys:
    values = (values ^ (values >> _S30)) * _MIX_1
    values = (values ^ (values >> _S27)) * _MIX_2
    return cast("Keys", values ^ (values >> _S31))


def join(*parts: Keys) -> Keys:
    """Return the keys of hashed names given in the order of PARTS; shapes broadcast, arithmetic is modulo 2^64."""
    if len(parts) != len(PARTS):
        raise ValueError(f"a key has {len(PARTS)} parts")
    joined = _mixed(parts[0])
    for part in parts[1:]:
        joined = _mixed(joined * _PRIME + part)
    return joined

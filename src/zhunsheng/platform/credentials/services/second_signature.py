"""The signature beside Ed25519: SM2 with SM3 over the same canonical form, where a key for it was made."""

from zhunsheng.foundation import durable, signing, sm2
from zhunsheng.platform.credentials import beside, issuer


def second_signatures(signed: bytes) -> list[dict[str, str]]:
    """Return the signatures over a credential's canonical form beside its proof: one where a key of SM2 was made.

    Raises: KeyProblem where there is such a key and nothing that signs with it.
    """
    paths = beside.key_files()
    if not paths:
        return []
    sm2.register()
    key = signing.load_private(paths[0])
    return [
        {
            "format": beside.FORMAT,
            "algorithm": sm2.NAME,
            "method": f"{issuer.did()}#{beside.method_name(paths[0])}",
            "key": signing.public_text(key),
            "signature": signing.sign_text(key, beside.PREFIX + signed),
        }
    ]


def make_key() -> str:
    """Add a key of SM2 and return its name; from now on it signs, and what older ones signed still verifies.

    Raises: KeyProblem without the extra `sm2`.
    """
    sm2.register()
    made = signing.generate_key(sm2.NAME).pem()
    number = 1 + max((int(path.stem) for path in beside.key_files()), default=0)
    while not durable.create(path := beside.folder() / f"{number:04d}.pem", made):
        number += 1
    return beside.method_name(path)

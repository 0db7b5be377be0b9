"""When two lines of capability ask for the same: one definition for applications, decisions and the register. Pure."""

from typing import Final

from zhunsheng.foundation.identifiers import normalise_name

What = tuple[int | str, int | str, int | str, str]
"""Object, parameter, method and clause: the catalogue's rows, or the texts where it knows nothing."""
FIELDS: Final = (
    "object_id", "object_text", "parameter_id", "parameter_text", "edition_id", "method_text", "clause",
)  # fmt: skip
"""The fields of a line, of an application or of the register, that `what_of` reads, in its order."""


def what_of(
    object_id: int | None,
    object_text: str,
    parameter_id: int | None,
    parameter_text: str,
    edition_id: int | None,
    method_text: str,
    clause: str,
) -> What:
    """Return what a line is about; two lines of one site with the same are the same line."""
    return (
        object_id or normalise_name(object_text),
        parameter_id or normalise_name(parameter_text),
        edition_id or normalise_name(method_text),
        clause.strip(),
    )

"""The same file handed in by others: as material of an application, or with what a body states in its defence."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from zhunsheng.admission.licensing.models import Application, Attachment, HearingFile

MOST_NUMBERS = 50
"""Applications that are named beside one page's files; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Reused:
    """Applications of others in which the same content is: how many, and the numbers that the reader may see."""

    count: int
    numbers: tuple[str, ...]


def reused(files: Mapping[int, str], owner_id: int, visible: QuerySet[Application]) -> dict[int, Reused]:
    """Return in which applications of other applicants the same files were handed in.

    Args:
        files: digest by the key under which the answer stands.
        owner_id: the organisation whose own applications do not count.
        visible: the applications that the reader may see; of the others only the number is told.
    """
    digests = set(files.values())
    if not digests:
        return {}
    of_statement = "statement__hearing__verification__application"
    materials = Attachment.objects.filter(file_id__in=digests).exclude(application__organisation_id=owner_id)
    stated = HearingFile.objects.filter(file_id__in=digests).exclude(**{f"{of_statement}__organisation_id": owner_id})
    found: dict[str, set[int]] = {}
    for digest, application in [
        *materials.values_list("file_id", "application_id"),
        *stated.values_list("file_id", f"{of_statement}_id"),
    ]:
        found.setdefault(digest, set()).add(application)
    if not found:
        return {}
    named = visible.filter(pk__in=set().union(*found.values())).order_by("number")
    numbers = dict(named.values_list("pk", "number")[:MOST_NUMBERS])
    return {
        key: Reused(len(found[digest]), tuple(number for pk, number in numbers.items() if pk in found[digest]))
        for key, digest in files.items()
        if digest in found
    }

"""The national library as JSON."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.national import law_book, selectors

router = Router(tags=["catalogue"])
MOST = 500


@router.get("national-library/answers", url_name="national-answers")
def answers(request: HttpRequest, code: Annotated[list[str], Query(...)], on: date | None = None) -> dict[str, Any]:
    """Get for each standard number one of the five answers, with its effect and the law that it rests on."""
    if len(code) > MOST:
        raise DomainError(
            "The list has %(found)s numbers; at most %(most)s are answered at once.",
            params={"found": len(code), "most": MOST},
            code="too-many-asked",
            field="code",
            remedy="Split the list.",
        )
    day, entry, library = on or timezone.localdate(), law_book.latest(), selectors.Library.current()
    found = {given: library.answer(given, day) for given in code}
    return {
        "on": day,
        "loaded": library.loaded_on(day),
        "rule": {"id": entry.id, "version": law_book.book().version_of(entry), "verified": entry.verified},
        "answers": [
            {
                "code": given,
                "kind": one.kind.value,
                "domains": one.domains,
                "other_editions": one.others,
                "effect": dict(entry.values["effects"][one.kind.value]),
            }
            for given, one in found.items()
        ],
    }

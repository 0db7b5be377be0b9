"""The need-for-licence test as JSON."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.selectors import need as selectors

router = Router(tags=["licensing"])
Purpose = Literal["society", "own_control", "research", "reference"]


class Asked(Schema):
    """The questions; the choices and their words are in `choices` of the answer."""

    purpose: Purpose = "society"
    domain: str = "other"
    owner: Literal["state", "other"] = "other"
    form: Literal["entity", "branch"] = "entity"
    occasion: str = "first"
    on: date | None = None


@router.get("licence-needed", url_name="licence-needed")
def licence_needed(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Tell whether accreditation is needed, by which article, who decides, and which routes are open."""
    facts = asked.dict(exclude={"on"})
    found = selectors.licence_needed(facts, asked.on or timezone.localdate())
    needs, ways = law_book.needs(), law_book.ways()
    answers = {"need": found.need, "decider": found.decider, "form": found.form}
    return {
        "on": found.on,
        "answer": found.answer,
        **{name: selectors.as_dict(entry, needs) for name, entry in answers.items() if entry is not None},
        "routes": [
            selectors.as_dict(one.entry, ways) | {"open": one.open, "barred_by": one.barred_by} for one in found.routes
        ],
        "choices": law_book.choices(),
    }

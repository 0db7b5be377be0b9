"""What the national library says of standard numbers, beside their currency in the catalogue."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.catalogue.remarks import Remark
from zhunsheng.registry.national.selectors import Library

TITLE = _("National library")


def on_numbers(numbers: Sequence[str], on: date) -> list[Remark | None]:
    """Return a remark for every number, none where the library was not in force or no number was given."""
    library = Library.current()
    if not library.loaded_on(on):
        return [None] * len(numbers)
    found: list[Remark | None] = []
    for number in numbers:
        if not number:
            found.append(None)
            continue
        answer = library.answer(number, on)
        href = f"{reverse('national:list')}?{urlencode({'q': number})}"
        found.append(Remark(answer.meaning, str(answer.words), href))
    return found

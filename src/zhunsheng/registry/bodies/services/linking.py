"""Scope lines that print a name which the catalogue has just learned are tied to its row, whatever their number."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.transaction import atomic

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.services.histories import update_keys_recorded
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.catalogue.selectors import Vocabulary


@dataclass(frozen=True, slots=True)
class Named:
    """Rows of the catalogue that lines may print by name."""

    object_id: int
    parameter_id: int
    edition_id: int


@atomic
def link_lines(named: Named, *, by: User | None, at: datetime, why: str) -> int:
    """Tie every line that prints this parameter or edition, and has no row of the catalogue there, to these rows.

    The object is tied on lines of the parameter or the edition only. What a line prints stays as it is printed.
    A few queries, and two statements for every 500 lines that change. Returns how many changed.
    Whoever calls has asked its own policy. Raises: MissingReason.
    """
    lacking: dict[int, dict[str, int]] = defaultdict(dict)
    bodies: set[int] = set()
    for column, row, lines in _unlinked(named):
        for key, body in lines.order_by().values_list("pk", "body_id"):
            lacking[key][column] = row
            bodies.add(body)
    alike: dict[tuple[tuple[str, int], ...], list[int]] = defaultdict(list)
    for key, values in sorted(lacking.items()):
        alike[tuple(values.items())].append(key)
    with recorded(by, why):
        for changes, keys in alike.items():
            update_keys_recorded(ScopeLine, keys, at=at, **dict(changes))
    if bodies:
        bump_scope(bodies)
    return len(lacking)


def _unlinked(named: Named) -> list[tuple[str, int, QuerySet[ScopeLine]]]:
    """Return for each column its row and the lines that print the row's name and lack it."""
    words = Vocabulary.current()
    lines = ScopeLine.objects.all()
    parameters = _texts(lines.filter(parameter=None), "parameter_text", words.parameter_id, named.parameter_id)
    of_parameter = Q(parameter=None, parameter_text__in=parameters)
    found = [("parameter_id", named.parameter_id, lines.filter(of_parameter))]
    edition, of_either = words.edition_by_id(named.edition_id), Q(parameter_id=named.parameter_id) | of_parameter
    if edition is not None:
        of_edition = Q(edition=None, method_base=edition.base_code, method_year=edition.year)
        found.append(("edition_id", named.edition_id, lines.filter(of_edition)))
        of_either |= Q(edition_id=named.edition_id) | of_edition
    near = lines.filter(of_either, object=None)
    objects = _texts(near, "object_text", words.object_id, named.object_id)
    return [*found, ("object_id", named.object_id, near.filter(object_text__in=objects))]


def _texts(lines: QuerySet[ScopeLine], column: str, meaning: Callable[[str], int | None], row: int) -> list[str]:
    """Return the different texts of a column that mean a row."""
    texts = lines.order_by().values_list(column, flat=True).distinct()
    return [text for text in texts.iterator(chunk_size=10_000) if meaning(text) == row]

"""Every read of credit files."""

from zhunsheng.registry.credit.selectors.files import (
    breaches_between,
    events_between,
    events_by_key,
    events_of,
    events_visible_to,
    obligations_of,
    obligations_open,
    obligations_visible_to,
    own_body,
)
from zhunsheng.registry.credit.selectors.grades import (
    cities_by_digits,
    distribution,
    grade_on,
    grades_of,
    grades_on,
    grades_visible_to,
    movements_visible_to,
    newest_scoring,
    scorings_of,
    scorings_visible_to,
)
from zhunsheng.registry.credit.selectors.persons import events_of_practitioner, own_file, person_events_visible_to
from zhunsheng.registry.credit.selectors.petitions import (
    petitions_about,
    petitions_due,
    petitions_visible_to,
    petitions_waiting,
    petitions_without_day,
)

__all__ = [
    "breaches_between",
    "cities_by_digits",
    "distribution",
    "events_between",
    "events_by_key",
    "events_of",
    "events_of_practitioner",
    "events_visible_to",
    "grade_on",
    "grades_of",
    "grades_on",
    "grades_visible_to",
    "movements_visible_to",
    "newest_scoring",
    "obligations_of",
    "obligations_open",
    "obligations_visible_to",
    "own_body",
    "own_file",
    "person_events_visible_to",
    "petitions_about",
    "petitions_due",
    "petitions_visible_to",
    "petitions_waiting",
    "petitions_without_day",
    "scorings_of",
    "scorings_visible_to",
]

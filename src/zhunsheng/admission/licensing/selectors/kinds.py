"""What an organisation may apply for on a day, and why not for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.rules.routing import Reason, RoutingFacts, bars_of_kind
from zhunsheng.admission.licensing.selectors.routing import bars_by_credit, bars_of, certificates_held
from zhunsheng.registry.bodies.models import Body


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of application with its words, zh and en; it fits where nothing bars it.

    `bars` are the conditions that stand against it, each with law, article and what can be done.
    """

    kind: str
    words: Mapping[str, str]
    bars: tuple[Reason, ...]

    @property
    def fits(self) -> bool:
        """Tell whether an application of this kind can be begun."""
        return not self.bars


def offers(organisation_id: int, body: Body | None, on: date) -> list[Offer]:
    """Return every kind of application with what bars it for this organisation and body: a few queries for all."""
    bars = bars_of(organisation_id, on) | bars_by_credit(body.pk if body else None, on)
    held = bool(certificates_held(body, on))
    return [
        Offer(
            kind, words,
            bars_of_kind(RoutingFacts(kind=kind, on=on, bars=bars, certificate_in_force=held), law_book.ways()),
        )
        for kind, words in law_book.choices()["occasion"].items()
    ]  # fmt: skip

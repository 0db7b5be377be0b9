"""A run over the lake and what comes of it: new alerts, alerts seen again, evidence frozen and sealed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.reports import selectors as reports
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.screening import explaining, running, selectors
from zhunsheng.oversight.screening.combine import Lead
from zhunsheng.oversight.screening.detectors.base import Lines, Signal
from zhunsheng.oversight.screening.evidence.gathering import gather
from zhunsheng.oversight.screening.lifecycle import ALERT, Stage
from zhunsheng.oversight.screening.models import Alert, Run, Sighting
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.lake import engines, tables
from zhunsheng.platform.lake import selectors as lake
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.bodies.models import Body

LOCK: Final = "screening-run"
SCREENED: Final = gettext_noop("A screening found it.")
TELLING_P: Final = 0.01
"""A sign with a larger p-value than this raises no alert beside stronger ones."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A kept run and all that it ranked."""

    run: Run
    found: running.Screening


@dataclass(frozen=True, slots=True)
class _Seen:
    """One family of signs of one body, with its evidence."""

    lead: Lead
    family: str
    signals: tuple[Signal, ...]
    evidence: dict[str, Any]


def run_screening(
    *, by: User | None, at: datetime, months: Sequence[str] | None = None, engine: str = engines.DUCKDB,
    progress: running.Progress | None = None, wait_seconds: float | None = 0,
) -> Outcome:  # fmt: skip
    """Run every detector over this installation's lake, keep the run, raise new alerts and add to known ones.

    Only bodies with a division are alerted on: somebody must be able to look. Nobody is told but officers of the place.

    Args:
        by: None for the worker.
        months: such as "2026-03"; all that the lake holds if None.
    Raises: LockBusy when another run is at work; EngineUnknown; NotInForce.
    """
    backend = engines.connect(engine)  # before the lock: a wrong engine is refused without asking the database
    with exclusive(LOCK, wait_seconds=wait_seconds):
        state = lake.state()
        lines = tables.lines(backend, months)
        day = timezone.localdate(at)
        found = running.screen(lines, day, progress=progress)
        seen = _telling(lines, found, day)
        held = sorted(months or state.months)
        with transaction.atomic(), recorded(by, SCREENED):
            run = _kept(found, by=by, at=at, engine=engine, months=held, leaf=state.leaf_index)
            _remember(run, seen, at)
        return Outcome(run, found)


def _kept(
    found: running.Screening, *, by: User | None, at: datetime, engine: str, months: Sequence[str], leaf: int
) -> Run:
    coverage = reports.coverage(Report.objects.all())
    return Run.objects.create(
        at=at, by=by, engine=engine, first_month=months[0] if months else "", last_month=months[-1] if months else "",
        settings=found.settings.name, lake_leaf=leaf, bodies=len(found.leads), full=coverage.full,
        by_digest=coverage.by_digest, seconds=found.seconds, lead_q=found.settings["lead_q"],
    )  # fmt: skip


def _telling(lines: Lines, found: running.Screening, day: date) -> list[_Seen]:
    """Return for each lead the families of signs that speak, with their evidence from the lake."""
    supervised = set(
        Body.objects.filter(slug__in=[one.body for one in found.leads], division__isnull=False).values_list(
            "slug", flat=True
        )
    )
    scales = {one.detector: explaining.sign_of(one.detector, day).scale for lead in found.leads for one in lead.signals}
    seen = []
    for lead in found.leads:
        if lead.q > found.settings["lead_q"] or lead.body not in supervised:
            continue
        for family, signals in _families(lead, day).items():
            evidence = gather(lines, lead, signals, found.leads, scales, found.settings)
            seen.append(_Seen(lead, family, tuple(signals), evidence | {"family": family}))
    return seen


def _families(lead: Lead, day: date) -> Mapping[str, list[Signal]]:
    """Return the telling signals of a body by family; where none tells by itself, the strongest one."""
    telling = [one for one in lead.signals if one.p <= TELLING_P] or list(lead.signals[:1])
    found: dict[str, list[Signal]] = defaultdict(list)
    for signal in telling:
        found[explaining.family_of(signal.detector, day)].append(signal)
    return found


def _remember(run: Run, seen: Sequence[_Seen], at: datetime) -> None:
    bodies = {one.slug: one for one in Body.objects.filter(slug__in={one.lead.body for one in seen})}
    known = {
        (one.body_id, one.family): one
        for one in Alert.objects.select_for_update(of=("self",)).filter(body__in=bodies.values())
    }
    for one in seen:
        body = bodies[one.lead.body]
        alert = known.get((body.pk, one.family))
        if alert is None:
            alert = _raised(run, body, one, at)
            run.raised += 1
        else:
            _seen_again(run, alert, one)
            run.seen_again += 1
        _frozen(run, alert, one, body, at)
    run.save(update_fields=["raised", "seen_again"])


def _raised(run: Run, body: Body, one: _Seen, at: datetime) -> Alert:
    strongest = one.signals[0]
    return Alert.objects.create(
        body=body, division_id=body.division_id or "", field=body.cma[4:6] if body.cma else "", family=one.family,
        detector=strongest.detector, detectors=[signal.detector for signal in one.signals], p=strongest.p,
        q=one.lead.q, rank=one.lead.rank, raised_on=timezone.localdate(at), first_run=run, last_run=run,
    )  # fmt: skip


def _seen_again(run: Run, alert: Alert, one: _Seen) -> None:
    """Add to a known alert; one that people explained comes back when reports are named that they did not see."""
    before = selectors.last_sighting(alert)
    alert.detector, alert.detectors = one.signals[0].detector, [signal.detector for signal in one.signals]
    alert.p, alert.q, alert.rank, alert.last_run = one.signals[0].p, one.lead.q, one.lead.rank, run
    fields = ["detector", "detectors", "p", "q", "rank", "last_run"]
    known = set(before.evidence["reports"]) if before else set()
    if alert.stage == Stage.DISMISSED and not set(one.evidence["reports"]) <= known:
        alert.stage = ALERT.target(Stage(alert.stage), "return")
        alert.raised_on = timezone.localdate(run.at)
        fields += ["stage", "raised_on"]
    alert.save(update_fields=fields)


def _frozen(run: Run, alert: Alert, one: _Seen, body: Body, at: datetime) -> Sighting | None:
    """Keep what was seen, sealed; where it is to the byte what was seen before, nothing is added."""
    digest = canonical_digest(one.evidence)
    before = selectors.last_sighting(alert)
    if before is not None and before.sha256 == digest:
        return None
    entry = ledger.append(kind="screening.alert", subject=digest, body=body.slug, at=at)
    return Sighting.objects.create(alert=alert, run=run, evidence=one.evidence, sha256=digest, entry_id=entry.id)

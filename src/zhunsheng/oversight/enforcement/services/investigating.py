"""Investigate: who, with which files, what is held, when the clock stands still, how long it may run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from django.db import transaction
from django.db.models import Max, Q

from zhunsheng.oversight.enforcement import law_book, permissions
from zhunsheng.oversight.enforcement.lifecycle import CASE, RUNNING, EvidenceKind, PauseCause, Stage
from zhunsheng.oversight.enforcement.models import (
    Case,
    CaseExtension,
    CaseFile,
    CaseFinding,
    CasePause,
    EvidenceHold,
)
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services.filing import FindingFacts, add_findings, refuse_ahead
from zhunsheng.oversight.enforcement.services.steps import (
    INVESTIGATED,
    CaseRefused,
    count_again,
    day_of,
    demand,
    due,
    locked,
    refuse_done_by,
    require,
    write_down,
)
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.documents import files, media
from zhunsheng.platform.documents.models import StoredFile

MOST_FILES = 2000


def _investigated(case_id: int, action: str, by: User, at: datetime) -> Case:
    """Return a locked case that this person investigates. Raises: Case.DoesNotExist, NotAllowed, IllegalMove."""
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    CASE.target(case.stage, action)
    return case


@keeps_refused
@transaction.atomic
def name_second(*, case_id: int, second_id: int, by: User, at: datetime, why: str) -> Case:
    """Name the second investigator, or another one. Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused."""
    case = _investigated(case_id, "investigate", by, at)
    second = User.objects.get(pk=second_id)
    require(second, Can.INVESTIGATE, case, at)
    if second_id == case.investigator_id:
        raise CaseRefused("Two different people investigate a case.", field="second", remedy="Name another officer.")
    case.second = second
    with recorded(by, demand("why", why)):
        case.save(update_fields=["second"])
    write_down(case, "second", f"{second}：{why}", by, at)
    return case


@keeps_refused
@transaction.atomic
def step_aside(
    *, case_id: int, successor_id: int, by: User, at: datetime, why: str, leaving_id: int | None = None
) -> Case:
    """Let an investigator keep out of a case (回避) and another take the place.

    Args:
        leaving_id: who keeps out; None is who asks. Of another only the head decides that, whether or not they ask.
    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    CASE.target(case.stage, "investigate")
    leaving, successor = User.objects.get(pk=leaving_id or by.pk), User.objects.get(pk=successor_id)
    permissions.require(by, Can.INVESTIGATE if leaving.pk == by.pk else Can.DECIDE, case, day_of(at))
    require(successor, Can.INVESTIGATE, case, at)
    if successor_id in (case.investigator_id, case.second_id):
        raise CaseRefused("This officer is on the case already.", field="successor", remedy="Name another officer.")
    if leaving.pk == case.second_id:
        case.second = successor
    elif leaving.pk == case.investigator_id:
        case.investigator = successor
    else:
        raise CaseRefused("Only an investigator of the case keeps out of it.", field="leaving",
                          remedy="Choose one of the two.")  # fmt: skip
    with recorded(by, demand("why", why)):
        case.save(update_fields=["investigator", "second"])
    write_down(case, "step_aside", f"{leaving} → {successor}：{why}", by, at, values={"left": leaving.pk})
    return case


@keeps_refused
@transaction.atomic
def note(*, case_id: int, words: str, by: User, at: datetime) -> Case:
    """Write an investigation step down. Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused."""
    case = _investigated(case_id, "investigate", by, at)
    write_down(case, "investigate", demand("words", words), by, at)
    return case


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that comes to a case, and where, when and from whom it was taken."""

    content: files.Stream | bytes
    name: str
    kind: str = EvidenceKind.DOCUMENT
    taken_on: date | None = None
    place: str = ""
    source: str = ""


def add_files(*, case_id: int, taken: Sequence[Taken], by: User, at: datetime) -> list[CaseFile]:
    """Keep files and put them to a case that runs; one that is there already stays as it is.

    Raises: Case.DoesNotExist, NotAllowed, CaseRefused, FileRefused, FileTooLarge, ArchiveRefused.
    """
    kept = [files.store(one.content) for one in taken]  # before the lock: a slow upload must not hold the case
    return put_files(case_id=case_id, taken=list(zip(taken, [one.sha256 for one in kept], strict=True)), by=by, at=at)


@keeps_refused
@transaction.atomic
def put_files(*, case_id: int, taken: Sequence[tuple[Taken, str]], by: User, at: datetime) -> list[CaseFile]:
    """Put files that the store holds, by their digests, to a case. Raises: as `add_files`."""
    case = locked(case_id)
    permissions.require_adding(by, case, day_of(at))
    if case.stage not in (*RUNNING, Stage.DECIDED, Stage.SERVED, Stage.TRANSFERRED):
        raise CaseRefused("This case has ended.", remedy="Write to the case that is open.")
    _refuse_active([digest for _one, digest in taken])
    held = case.files.aggregate(newest=Max("number"))["newest"] or 0
    if held + len(taken) > MOST_FILES:
        raise CaseRefused(
            "A case has at most %(most)s files.", params={"most": MOST_FILES}, field="uploads",
            remedy="Put them into one archive.",
        )  # fmt: skip
    known = set(case.files.filter(file__in=[digest for _one, digest in taken]).values_list("file_id", flat=True))
    fresh = {digest: one for one, digest in taken if digest not in known}
    rows = [
        CaseFile(
            case=case, number=held + place, kind=EvidenceKind(one.kind), name=PurePath(one.name).name[:200],
            file_id=digest, taken_on=one.taken_on, place=one.place.strip()[:200], source=one.source.strip()[:200],
            by=by, at=at,
        )
        for place, (digest, one) in enumerate(fresh.items(), 1)
    ]  # fmt: skip
    made = CaseFile.objects.bulk_create(rows)
    if made:
        values = {"files": [{"number": one.number, "name": one.name, "sha256": one.file_id} for one in made]}
        write_down(case, "files", "、".join(one.name for one in made)[:1000], by, at, values=values)
    return made


def _refuse_active(digests: Sequence[str]) -> None:
    """Refuse empty files, and pages and drawings that may carry scripts. Raises: CaseRefused."""
    held = StoredFile.objects.filter(sha256__in=digests)
    wrong = held.filter(Q(media_type__in=media.ACTIVE) | Q(bytes=0)).first()
    if wrong is not None:
        raise CaseRefused(
            "Files of this kind are not taken: %(sort)s.", params={"sort": wrong.media_type}, field="uploads",
            remedy="Send a PDF or a picture of the page.",
        )  # fmt: skip


@keeps_refused
@transaction.atomic
def hold(*, case_id: int, items: str, place: str, by: User, at: datetime) -> EvidenceHold:
    """Hold things as evidence; something is decided about them within the law's working days.

    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = _investigated(case_id, "investigate", by, at)
    clock = law_book.rule("CASE-EVIDENCE-HOLD", day_of(at))
    with recorded(by, demand("items", items)):
        made = EvidenceHold.objects.create(
            case=case, items=items.strip(), place=demand("place", place)[:200], held_at=at,
            due_on=due(clock, day_of(at)), law=law_book.named(clock), by=by,
        )  # fmt: skip
    write_down(case, "hold", made.items, by, at, values={"due": str(made.due_on), "place": made.place})
    return made


@keeps_refused
@transaction.atomic
def end_hold(*, hold_id: int, outcome: str, by: User, at: datetime) -> EvidenceHold:
    """Say what became of what was held. Raises: EvidenceHold.DoesNotExist, NotAllowed, CaseRefused."""
    found = EvidenceHold.objects.select_for_update(of=("self",)).select_related("case").get(pk=hold_id)
    require(by, Can.INVESTIGATE, found.case, at)
    if found.ended_at is not None:
        raise CaseRefused("This hold has ended.", remedy="Read how on the case's page.")
    found.outcome, found.ended_at = demand("outcome", outcome)[:500], at
    with recorded(by, outcome):
        found.save(update_fields=["outcome", "ended_at"])
    write_down(found.case, "end_hold", f"{found.items}：{found.outcome}", by, at)
    return found


@keeps_refused
@transaction.atomic
def pause(*, case_id: int, cause: str, words: str, by: User, at: datetime) -> CasePause:
    """Let the clock stand still from this day on: testing, appraisal and the like do not count.

    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    if case.stage not in RUNNING or case.pauses.filter(until=None).exists():
        raise CaseRefused("No clock runs that could be stopped.", remedy="Look at the case's clock.")
    with recorded(by, demand("words", words)):
        made = CasePause.objects.create(
            case=case, cause=PauseCause(cause), since=day_of(at), words=words.strip()[:300], by=by
        )
    write_down(case, "pause", words, by, at, values={"cause": cause})
    return made


@keeps_refused
@transaction.atomic
def resume(*, case_id: int, by: User, at: datetime) -> Case:
    """Let the clock run again; the days of the pause are added. Raises: Case.DoesNotExist, NotAllowed, CaseRefused."""
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    running = case.pauses.filter(until=None).first()
    if running is None:
        raise CaseRefused("The clock runs already.", remedy="Look at the case's clock.")
    running.until = max(day_of(at), running.since)
    with recorded(by, "resumed"):
        running.save(update_fields=["until"])
    count_again(case, by, f"clock stood still from {running.since} to {running.until}")
    write_down(case, "resume", running.words, by, at, values={"due": str(case.due_on)})
    return case


@keeps_refused
@transaction.atomic
def extend(*, case_id: int, words: str, by: User, at: datetime, days: int = 0, collective: bool = False) -> Case:
    """Extend the decision's clock: once by the law's days on the head's approval, after that collectively.

    Args:
        days: how many, for a collective extension; the first one has the law's own length.
    Raises: Case.DoesNotExist, NotAllowed, SamePerson (who investigates), CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.DECIDE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, INVESTIGATED, Can.DECIDE, by)
    clock = law_book.rule("CASE-DECIDE", day_of(at))
    first = not case.extensions.exists()
    if case.stage not in RUNNING:
        raise CaseRefused("No clock runs that could be extended.", remedy="Look at the case's clock.")
    if not first and not collective:
        raise CaseRefused(
            "It was extended once; more takes a collective decision.", field="collective",
            remedy="Let those in charge discuss it and say so.",
        )  # fmt: skip
    CaseExtension.objects.create(
        case=case, days=int(clock.values["extension"]) if first else days, collective=collective,
        words=demand("words", words)[:500], by=by, at=at,
    )  # fmt: skip
    count_again(case, by, words)
    write_down(case, "extend", words, by, at, values={"due": str(case.due_on), "collective": collective})
    return case


@keeps_refused
@transaction.atomic
def find(*, case_id: int, findings: Sequence[FindingFacts], by: User, at: datetime) -> Case:
    """Add what the investigation found. Raises: Case.DoesNotExist, NotAllowed, IllegalMove, UnknownViolation."""
    case = _investigated(case_id, "investigate", by, at)
    refuse_ahead(findings, at)
    with recorded(by, "found"):
        add_findings(case, findings)
    write_down(case, "find", "；".join(one.words for one in findings), by, at)
    return case


@keeps_refused
@transaction.atomic
def establish(*, finding_id: int, found: FindingFacts, by: User, at: datetime, why: str) -> Case:
    """State the facts of a finding anew: sums, field, circumstances; the former ones stay in its history.

    Raises: CaseFinding.DoesNotExist, NotAllowed, IllegalMove, UnknownViolation.
    """
    row = CaseFinding.objects.select_for_update(of=("self",)).get(pk=finding_id)
    case = _investigated(row.case_id, "investigate", by, at)
    refuse_ahead([found], at)
    entry = law_book.violation(found.violation, found.on)
    row.violation, row.law, row.words, row.on = found.violation, law_book.named(entry), found.words.strip(), found.on
    row.field, row.fee, row.gain, row.goods = found.facts.field, found.facts.fee, found.facts.gain, found.facts.goods
    row.circumstances, row.causes = sorted(found.facts.circumstances), sorted(found.causes)
    with recorded(by, demand("why", why)):
        row.save()
    write_down(case, "find", f"{row.number}：{why}", by, at)
    return case

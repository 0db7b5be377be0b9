"""Which reports of a chunk are new, which are known, and what their versions replace or withdraw."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import UNSET

from zhunsheng.oversight.reports.checks.archive import Earlier
from zhunsheng.oversight.reports.format import Parsed
from zhunsheng.oversight.reports.lifecycle import COMPLETED, CURRENT, REPORT_VERSION, WITHDRAWN
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.reports.rules.tiers import Digests, holds_content_of
from zhunsheng.oversight.reports.selectors import files_named_by
from zhunsheng.oversight.reports.services.rows import name_of, pointer_of, registered_of
from zhunsheng.platform.database.prepared import Prepared, many

_COLUMNS = (
    "id",
    "body_id",
    "number",
    "version",
    "variant",
    "digest",
    "entry_id",
    "state",
    "replaces_id",
    "points_to",
    "withdraws",
    "held",
    "registered",
    "completed_by_id",
)
_NUMBERED = Prepared(
    lambda: Report.objects.filter(body_id__in=many("bodies", "number"), number__in=many("numbers", "text")).values_list(
        *_COLUMNS
    )
)
_CALLED = Prepared(lambda: Report.objects.filter(digest__in=many("digests", "text")).values_list(*_COLUMNS))
_REGISTERED = Prepared(
    lambda: Report.objects.filter(registered__in=many("digests", "text")).exclude(registered="").values_list(*_COLUMNS)
)
_DANGLING = Prepared(
    lambda: (
        Report.objects.filter(
            body_id__in=many("bodies", "number"), replaces__isnull=True, points_to__in=many("names", "text")
        )
        .exclude(points_to="")
        .values_list(*_COLUMNS)
    )
)


@dataclass(slots=True)
class Version:
    """A stored or arriving version, as far as its place among the others goes."""

    id: int
    body_id: int
    number: str
    version: int
    variant: int
    digest: str
    entry_id: int
    state: str = CURRENT
    replaces_id: int | None = None
    points_to: str = ""
    withdraws: bool = False
    held: bool = True
    registered: str = ""
    completed_by_id: int | None = None
    files: frozenset[str] = frozenset()

    @property
    def digests(self) -> Digests:
        """What tells whether full data are those of a registration."""
        return Digests(self.digest, self.held, self.registered, self.files)


class Versions:
    """The versions under the numbers of one chunk: read in one query, then completed by what arrives.

    `stored` are those of the same body and number that were there before.
    """

    def __init__(self, chunk: Sequence[tuple[int, Parsed]]) -> None:
        reports = [(body, parsed.report) for body, parsed in chunk]
        self._by_digest: dict[str, Version] = {}
        self._by_registered: dict[str, Version] = {}
        self._by_name: dict[tuple[int, str], list[Version]] = {}
        self.changed: dict[int, Version] = {}
        numbers = {report.number for _, report in reports}
        digests: set[str] = set()
        for _, report in reports:
            if report.replaces is not UNSET:
                if report.replaces.number is not UNSET:
                    numbers.add(report.replaces.number)
                if report.replaces.digest is not UNSET:
                    digests.add(report.replaces.digest)
        rows = _NUMBERED.rows(bodies={body for body, _ in reports}, numbers=numbers)
        self.stored = [Earlier(row[1], row[2], row[3], row[5], row[0], row[11], row[12]) for row in rows]
        if digests:
            rows = list({*rows, *_CALLED.rows(digests=digests), *_REGISTERED.rows(digests=digests)})
        for row in rows:
            self._remember(Version(*row))

    def _remember(self, version: Version) -> None:
        self._by_digest[version.digest] = version
        if version.registered:
            self._by_registered.setdefault(version.registered, version)
        self._by_name.setdefault((version.body_id, name_of(version.number, version.version)), []).append(version)

    def known(self, digest: str) -> Version | None:
        """Return the version with exactly this content, stored or arriving."""
        return self._by_digest.get(digest)

    def arrive(self, body_id: int, parsed: Parsed) -> Version:
        """Note a new report; its variant counts the different contents under the same number and version."""
        report = parsed.report
        same = self._by_name.get((body_id, name_of(report.number, report.version)), ())
        withdraws = report.replaces is not UNSET and report.replaces.kind == "withdrawal"
        version = Version(
            id=0,
            body_id=body_id,
            number=report.number,
            version=report.version,
            variant=max((other.variant + 1 for other in same), default=0),
            digest=parsed.digest,
            entry_id=0,
            state=WITHDRAWN if withdraws else CURRENT,
            points_to=pointer_of(report),
            withdraws=withdraws,
            held=parsed.registration is None,
            registered=registered_of(parsed),
            files=frozenset(file.sha256 for file in report.attachments),
        )
        self._remember(version)
        return version

    def link(self, arrivals: Iterable[Version]) -> None:
        """Tie arriving versions to what they replace, and stored ones that waited for them; ids must be given.

        What changes among the stored versions is in `changed` afterwards.
        """
        arriving = {version.id: version for version in arrivals}
        for version in arriving.values():
            target = self._target(version)
            if target is not None:
                self._tie(version, target, arriving)
        for waiting in self._waiting_for(arriving.values()):
            target = self._target(waiting)
            if target is not None:
                self._tie(waiting, target, arriving)
                self.changed[waiting.id] = waiting
        self._complete(arriving)

    def _complete(self, arriving: dict[int, Version]) -> None:
        """Let full data take the place of the registration whose digest they have, also in how it stands."""
        pairs = [(one, other) for one in arriving.values() for other in self._others(one) if one.held != other.held]
        if not pairs:
            return
        named = files_named_by({other.id for _, other in pairs if other.id not in arriving})
        for pair in pairs:
            content, registration = sorted(pair, key=lambda one: not one.held)
            for each in pair:
                each.files |= named.get(each.id, frozenset())
            if registration.completed_by_id is None and holds_content_of(content.digests, registration.digests):
                self._settle(content, registration, arriving)

    def _others(self, version: Version) -> Iterator[Version]:
        same = self._by_name.get((version.body_id, name_of(version.number, version.version)), ())
        return (other for other in same if other is not version and other.withdraws == version.withdraws)

    def _settle(self, content: Version, registration: Version, arriving: dict[int, Version]) -> None:
        registration.completed_by_id = content.id
        if registration.state == CURRENT:
            registration.state = REPORT_VERSION.target(registration.state, "complete")
        elif content.state == CURRENT:
            content.state = registration.state
        later = [one for one in self._by_digest.values() if one.replaces_id == registration.id and one is not content]
        for one in later:
            one.replaces_id = content.id
        for each in (content, registration, *later):
            if each.id not in arriving:
                self.changed[each.id] = each

    def _target(self, version: Version) -> Version | None:
        if not version.points_to:
            return None
        named = self._by_name.get((version.body_id, version.points_to), ())
        found = next((one for one in named if one.id != version.id and one.state == CURRENT), None)
        found = found or next((one for one in named if one.id != version.id), None)
        found = found or self._by_digest.get(version.points_to) or self._by_registered.get(version.points_to)
        if found is not None and found.state == COMPLETED:
            found = next((one for one in self._others(found) if one.id == found.completed_by_id), found)
        return found if found is not None and found.body_id == version.body_id and found.id != version.id else None

    def _tie(self, version: Version, target: Version, arriving: dict[int, Version]) -> None:
        version.replaces_id = target.id
        action = "withdraw" if version.withdraws else "replace"
        if action in REPORT_VERSION.actions(target.state):
            target.state = REPORT_VERSION.target(target.state, action)
            if target.id not in arriving:
                self.changed[target.id] = target

    def _waiting_for(self, arrivals: Iterable[Version]) -> Iterator[Version]:
        """Yield the stored versions that point to one of these and came before it."""
        bodies: set[int] = set()
        names: list[str] = []
        for version in arrivals:
            bodies.add(version.body_id)
            names += (version.digest, name_of(version.number, version.version))
            if version.registered:
                names.append(version.registered)
        for row in _DANGLING.rows(bodies=bodies, names=names):
            known = self._by_digest.get(row[5])
            if known is None or known.replaces_id is None:
                yield known or Version(*row)

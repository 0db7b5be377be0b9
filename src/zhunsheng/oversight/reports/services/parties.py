"""Passes the producers, clients and subcontractors that reports name on to matching. The reports stay as they are.

In the order of the log, each sealed report once: the mark moves in the transaction that keeps the names.
"""

from collections.abc import Iterable, Iterator

import msgspec
from django.db import transaction

from zhunsheng.oversight.reports.models import PartiesHeard, Report, ReportContent, ReportParty
from zhunsheng.oversight.reports.services import rows
from zhunsheng.oversight.reports.services.storing import KIND
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.jobs import duties
from zhunsheng.platform.ledger import selectors as ledger
from zhunsheng.registry.matching.models import Target
from zhunsheng.registry.matching.services import Heard, hear, mentions_of

EVERY_SECONDS = 15.0
AT_ONCE = 500
MOST = 20_000
LOCK = "reports-parties"


class _Party(msgspec.Struct):
    name: str = ""
    uscc: str = ""
    cma: str = ""
    address: str = ""


class _Line(msgspec.Struct):
    subcontractor: _Party | None = None


class _Named(msgspec.Struct):
    """The part of a report that names others."""

    producer: _Party | None = None
    client: _Party | None = None
    results: list[_Line] = []


_DECODER = msgspec.json.Decoder(_Named)


def register() -> None:
    """Register the duty."""
    duties.register("hear-parties", EVERY_SECONDS, hear_new_parties)


def hear_new_parties() -> int:
    """Pass on what newly sealed reports name; return how many reports were read. Raises: LockBusy."""
    with exclusive(LOCK, wait_seconds=0):
        read = _hear_sealed()
        _link_heard()
    return read


def _hear_sealed() -> int:
    read = 0
    while read < MOST:
        with transaction.atomic():
            mark, _made = PartiesHeard.objects.select_for_update().get_or_create(pk=1)
            sealed = ledger.sealed_after(KIND, mark.leaf_index, AT_ONCE)
            if not sealed:
                break
            hear(heard for _report, heard in _heard([digest for _index, digest in sealed]))
            mark.leaf_index = sealed[-1][0]
            mark.save(update_fields=["leaf_index"])
        read += len(sealed)
    return read


def _link_heard() -> None:
    """Say of which names a report speaks; its own mark lets reports catch up that were heard before links were kept."""
    linked = 0
    while linked < MOST:
        with transaction.atomic():
            mark = PartiesHeard.objects.select_for_update().filter(pk=1).first()
            if mark is None or mark.linked_index >= mark.leaf_index:
                return
            sealed = ledger.sealed_after(KIND, mark.linked_index, AT_ONCE)
            due = [(index, digest) for index, digest in sealed if index <= mark.leaf_index]
            named = list(_heard([digest for _index, digest in due]))
            mentions = mentions_of([heard for _report, heard in named])
            pairs = {(report, one) for (report, _heard), one in zip(named, mentions, strict=True) if one is not None}
            ReportParty.objects.bulk_create(
                [ReportParty(report_id=report, mention_id=one) for report, one in sorted(pairs)], ignore_conflicts=True
            )
            mark.linked_index = due[-1][0] if due else mark.leaf_index
            mark.save(update_fields=["linked_index"])
        linked += len(due)


def _heard(digests: Iterable[str]) -> Iterator[tuple[int, Heard]]:
    """Yield each name of these reports with the key of its report."""
    found = {one.pk: one for one in Report.objects.filter(digest__in=digests).select_related("body")}
    days = {rows.received_on(one.received_at) for one in found.values()}
    contents = ReportContent.objects.filter(report_id__in=found, received_on__in=days)
    for report_id, packed in contents.values_list("report_id", "bytes"):
        report = found[report_id]
        for target, party in _parties(_DECODER.decode(rows.decompress(bytes(packed)))):
            yield (
                report_id,
                Heard(
                    target=target,
                    text=party.name,
                    at=report.received_at,
                    uscc=party.uscc,
                    cma=party.cma,
                    address=party.address,
                    division=report.division_code if len(report.division_code) == 6 else "",
                    organisation_id=report.body.organisation_id,
                    generated=report.generated,
                    seen_in=f"{report.body_slug} {report.number}",
                ),
            )


def _parties(named: _Named) -> Iterator[tuple[str, _Party]]:
    """Yield each party once for a report, also a client who is the producer or a subcontractor of many lines."""
    enterprises = [one for one in (named.producer, named.client) if one is not None and one.name]
    yield from {
        (Target.PRODUCER.value, one.name, one.uscc): (Target.PRODUCER.value, one) for one in enterprises
    }.values()
    others = [line.subcontractor for line in named.results if line.subcontractor and line.subcontractor.name]
    yield from {(one.name, one.uscc, one.cma): (Target.BODY.value, one) for one in others}.values()

"""Batch intake end to end against writing the very same rows raw: COPY on PostgreSQL, executemany on SQLite."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, models, transaction

from benchmarks.harness import Stage, Work
from benchmarks.serving import Server, post_batches
from zhunsheng.foundation.signing import generate_key, public_text
from zhunsheng.oversight.reports.format import read_report, sign_manifest
from zhunsheng.oversight.reports.models import Finding, Occupation, Report, ReportContent, ReportFile, ReportLine
from zhunsheng.oversight.reports.permissions import sender_of
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Membership, Organisation, Role, User
from zhunsheng.platform.accounts.services.clients import create_api_client
from zhunsheng.platform.database.partitions import ensure_month
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.bodies import scope
from zhunsheng.registry.bodies.models import (
    Accreditation,
    Body,
    BodyKey,
    Calibration,
    Instrument,
    Person,
    ScopeLine,
    Signatory,
    Site,
)
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.catalogue import services as catalogue

REPORTS, PER_REPORT, BATCH = 10_000, 10, 2_500
SMALLEST = {"REPORTS": 20, "BATCH": 10}
NOON = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
WHY = "made for a measurement"
SLUG = "231912050001"
TABLES: Sequence[type[models.Model]] = (Entry, Report, ReportContent, ReportLine, Occupation, ReportFile, Finding)


def stages(scale: int) -> Iterator[Stage]:
    """Yield intake in this process, and over HTTP with two server processes; the scale multiplies the reports."""
    laboratory = the_laboratory()
    reports = [laboratory.report(number) for number in range(REPORTS * scale)]
    batches = [laboratory.batch(reports[start : start + BATCH]) for start in range(0, len(reports), BATCH)]
    laboratory.take(batches)
    floor = RawRows(len(reports))
    kind = "binary COPY of the same rows" if connection.vendor == "postgresql" else "executemany of the same rows"
    yield Stage(
        name=f"batch intake in one process, {PER_REPORT} lines a report, {connection.vendor}",
        ours=Work(lambda _: laboratory.take(batches), prepare=empty),
        floor_name=kind,
        floor=Work(lambda _: floor.write(), prepare=empty),
        items=len(reports),
        target=0.25,
        note="checked, logged, committed every 1,000 reports, promises returned",
    )
    bodies = [b"\n".join(batch) + b"\n" for batch in batches]
    with Server(laboratory.client_id, laboratory.secret) as server:
        yield Stage(
            name=f"batch intake over HTTP, {PER_REPORT} lines a report, {connection.vendor}",
            ours=Work(lambda _: post_batches(server, bodies), prepare=empty),
            floor_name=kind,
            floor=Work(lambda _: floor.write(), prepare=empty),
            items=len(reports),
            target=0.25,
            note="two server processes, four senders; asked: 3,000/s on PostgreSQL, 1,500/s on SQLite",
        )
    empty()


def empty() -> None:
    """Clear what intake writes."""
    with connection.cursor() as cursor:
        for model in reversed(TABLES):
            table = model._meta.db_table
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE {table} CASCADE")
            else:
                cursor.execute(f"DELETE FROM {table}")


class RawRows:
    """The rows that intake has just written, as the driver takes them fastest, in the same transactions."""

    def __init__(self, reports: int) -> None:
        self._reports = reports
        self._counts = {model: model._default_manager.count() for model in TABLES}
        self._parts = max(1, reports // 1_000)
        self._rows: dict[type[models.Model], list[Any]] = {model: self._read(model) for model in TABLES}
        ensure_month(ReportContent, NOON.date())

    def _read(self, model: type[models.Model]) -> list[Any]:
        """Return the table's rows in as many parts as intake has transactions, in order of writing."""
        table, order = model._meta.db_table, "report_id" if model not in (Entry, Report) else "id"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")
            rows = cursor.fetchall()
        size = -(-len(rows) // self._parts) or 1
        parts = [rows[start : start + size] for start in range(0, len(rows), size)]
        if connection.vendor != "postgresql":
            return parts
        return [self._encoded(table, part) for part in parts]

    @staticmethod
    def _encoded(table: str, rows: list[Any]) -> bytes:
        """Return the rows as one binary COPY stream, made by the server itself."""
        key = "report_id" if "report_id" in RawRows._columns(table) else "id"
        place = RawRows._columns(table).index(key)
        first, last = rows[0][place], rows[-1][place]
        with connection.cursor() as cursor:
            query = f"COPY (SELECT * FROM {table} WHERE {key} BETWEEN {first} AND {last}) TO STDOUT (FORMAT BINARY)"
            with cursor.copy(query) as copy:
                return b"".join(bytes(block) for block in copy)

    @staticmethod
    def _columns(table: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")
            return [column[0] for column in cursor.description]

    def write(self) -> int:
        """Write all rows and return the number of reports."""
        for part in range(self._parts):
            with transaction.atomic(), connection.cursor() as cursor:
                for model in TABLES:
                    if part < len(self._rows[model]):
                        self._write_part(cursor, model._meta.db_table, self._rows[model][part])
        for model, count in self._counts.items():
            if model._default_manager.count() != count:
                raise AssertionError(f"{model.__name__}: not {count} rows")
        return self._reports

    @staticmethod
    def _write_part(cursor: Any, table: str, rows: Any) -> None:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(rows)
        else:
            marks = ", ".join("?" * len(rows[0]))
            cursor.cursor.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


class Laboratory:
    """A body in good standing: certificate, scope, signatory, instrument in calibration, key, and a client."""

    def __init__(self) -> None:
        catalogue.import_rows(
            kind="parameters",
            rows=[{"code": f"P{n:02d}", "name": f"参数{n:02d}", "unit": "mg/L"} for n in range(40)],
            by=None, at=NOON, why=WHY,
        )  # fmt: skip
        with recorded(None, WHY), transaction.atomic():
            self._register()
            self._qualify()
        now = datetime.now(UTC)
        manager = User.objects.create(username="manager")
        with recorded(None, WHY):
            Membership.objects.create(
                user=manager, organisation=self.organisation, role=Role.BODY_MANAGER, valid_from=date(2020, 1, 1)
            )
        bump_scope([self.body.pk])
        scope.rebuild_index()
        made = create_api_client(organisation=self.organisation, name="LIMS", by=manager, at=now, why=WHY)
        self.client_id, self.secret = made.client.client_id, made.secret
        self.sender = sender_of(made.client.user, now.date() + timedelta(days=1))

    def _register(self) -> None:
        division, _ = Division.objects.get_or_create(
            code="440000", defaults={"name": "广东省", "level": "province", "parent": None}
        )
        self.organisation = Organisation.objects.create(kind="body", name="演示检测", division=division)
        self.body = Body.objects.create(
            slug=SLUG, cma=SLUG, name="演示检测", division=division, organisation=self.organisation
        )
        self.key = generate_key()
        BodyKey.objects.create(
            body=self.body, key_id="k1", public_key=public_text(self.key), valid_from=datetime(2020, 1, 1, tzinfo=UTC)
        )
        Site.objects.create(body=self.body, code="A", name="总部")

    def _qualify(self) -> None:
        held = {"valid_from": date(2023, 5, 1), "valid_to": date(2029, 4, 30)}
        certificate = Accreditation.objects.create(body=self.body, number=SLUG, **held)
        signer = Person.objects.create(body=self.body, code="S01", name="陈敏")
        Signatory.objects.create(person=signer, field="水质", **held)
        for n in range(40):
            ScopeLine.objects.create(
                body=self.body, accreditation=certificate, domain="水质", object_text="生活饮用水",
                parameter_text=f"参数{n:02d}", method_text="GB/T 5750.6-2023",
            )  # fmt: skip
        for n in range(8):
            instrument = Instrument.objects.create(body=self.body, code=f"E{n:02d}", name="ICP-MS")
            Calibration.objects.create(
                instrument=instrument, certificate_no="JZ", calibrated_on=date(2025, 6, 1), due_on=date(2026, 12, 31)
            )

    def report(self, number: int) -> bytes:
        """Return a report of about 3.5 KB with ten lines."""
        rng = random.Random(number)
        day = date(2026, 1, 5) + timedelta(days=number // 100 % 60)
        results = [
            {
                "line": place, "parameter": f"参数{rng.randrange(40):02d}", "parameter_code": f"P{place:02d}",
                "method": "GB/T 5750.6-2023", "method_clause": "4.1", "value": f"0.0{rng.randrange(100, 999)}",
                "unit": "mg/L", "loq": "0.001", "limit": {"max": "1.0", "standard": "GB 5749-2022", "rule": "simple"},
                "verdict": "合格", "instrument": f"E{place % 3:02d}", "analyst": f"A{place % 2:02d}",
                "started": f"{day}T{9 + place % 3:02d}:00:00+08:00",
                "finished": f"{day}T{10 + place % 3:02d}:30:00+08:00",
            }
            for place in range(1, PER_REPORT + 1)
        ]  # fmt: skip
        report = {
            "format": "zhunsheng-report/1", "title": "检测报告", "body": {"cma": SLUG, "name": "演示检测"}, "site": "A",
            "number": f"W{number:07d}", "version": 1, "purpose": "委托检验", "client": {"name": "珠江水务有限公司"},
            "sample": {"id": f"Y{number}", "name": "出厂水", "object": "生活饮用水", "received": f"{day}"},
            "dates": {"started": f"{day}", "finished": f"{day}", "issued": f"{day + timedelta(days=2)}"},
            "signatory": {"code": "S01", "name": "陈敏"}, "results": results, "conclusion": "所检项目符合标准要求",
        }  # fmt: skip
        return json.dumps(report, ensure_ascii=False).encode()

    def batch(self, reports: Sequence[bytes]) -> list[bytes]:
        """Return the reports with a manifest before them, signed once."""
        digests = [read_report(raw).digest for raw in reports]
        manifest = sign_manifest(digests, self.key, "k1", NOON)
        return [json.dumps(manifest).encode(), *reports]

    def take(self, batches: Sequence[Sequence[bytes]]) -> int:
        """Take all batches in and return how many reports were kept as new and signed."""
        kept = 0
        for batch in batches:
            for outcome in receive_many(batch, sender=self.sender, channel="batch", at=NOON):
                if outcome.status == "accepted" and outcome.assurance == "signed" and outcome.promise:
                    kept += 1
                elif outcome.status != "manifest":
                    raise AssertionError(outcome)
        return kept


@cache
def the_laboratory() -> Laboratory:
    """Return the one laboratory of this run: a register holds a body once."""
    return Laboratory()

"""Replacing an edition that 100,000 scope lines of 4,000 bodies name, against a bare INSERT … SELECT of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.harness import Stage, Work

LINES, BODIES = 100_000, 4_000
SMALLEST = {"LINES": 40, "BODIES": 20}
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
OLD, NEW, FIRST = "HJ 700-2014", "HJ 700-2026", date(2026, 6, 1)
OTHER = "HJ 701-2014"
OTHERS = 4
"""For each line that names the edition so many that name others, so that the index has something to leave out."""


def stages(scale: int = 1) -> Iterator[Stage]:
    """Yield the replacement: catalogue, affected lines, drafts of notices, in one transaction that is taken back."""
    lines = LINES * scale
    officer, edition = _fill(lines)
    yield Stage(
        f"an edition replaced that {lines:,} scope lines of {BODIES:,} bodies name",
        Work(lambda: _replaced(officer)),
        "bare INSERT … SELECT",
        Work(lambda: _inserted(officer, edition)),
        lines,
        note=f"lists the lines, changes the catalogue, drafts {BODIES:,} notices; asked: 100,000 lines in 5 s",
    )


def _replaced(officer: Any) -> int:
    """Replace the edition and take it back; return how many lines name it, none if a body went without a notice."""
    from django.db import transaction

    from zhunsheng.registry.library import services

    with transaction.atomic():
        made = services.replace_edition(old=OLD, new=NEW, effective_from=FIRST, by=officer, at=NOON, why="benchmark")
        found = made.lines if made.notice is not None and made.notice.deliveries.count() == BODIES else 0
        transaction.set_rollback(True)
    return found


def _inserted(officer: Any, edition: Any) -> int:
    """Insert the affected lines by one statement and take them back; return how many there are."""
    from django.db import connection, transaction

    from zhunsheng.platform.accounts.history import recorded
    from zhunsheng.registry.library.models import AffectedLine, Supersession

    with transaction.atomic(), recorded(officer, "floor"), connection.cursor() as cursor:
        made = Supersession.objects.create(
            old=edition, new_id=edition.pk + 1, effective_from=FIRST, decided_by=officer, decided_at=NOON, why="floor",
            steward_id=officer.memberships.get().organisation_id,
        )  # fmt: skip
        cursor.execute(
            f"INSERT INTO {AffectedLine._meta.db_table} (line_id, body_id, city, supersession_id)"
            " SELECT id, body_id, '', %s FROM bodies_scopeline WHERE edition_id = %s",
            [made.pk, edition.pk],
        )
        found = cursor.rowcount
        transaction.set_rollback(True)
    return found


def _fill(lines: int) -> tuple[Any, Any]:
    """Make bodies with organisations, an officer of the province and the scope lines; return officer and edition."""
    from django.db import transaction

    from zhunsheng.platform.accounts.history import recorded
    from zhunsheng.platform.database.bulk import insert_rows, reserve_ids
    from zhunsheng.registry.bodies.models import ScopeLine
    from zhunsheng.registry.catalogue.models import StandardEdition
    from zhunsheng.registry.catalogue.services import import_rows

    rows = [{"code": code, "status": "现行"} for code in (OLD, OTHER)]
    import_rows(kind="editions", rows=rows, by=None, at=NOON, why="benchmark")
    edition, other = (StandardEdition.objects.get(code=code) for code in (OLD, OTHER))
    with transaction.atomic(), recorded(None, "benchmark"):
        officer, city = _people()
        certificates = _certificates(city)
        names = [one.attname for one in ScopeLine._meta.concrete_fields if not one.primary_key]
        plain = {one.attname: one.get_default() for one in ScopeLine._meta.concrete_fields}

        def made() -> Iterator[list[Any]]:
            for number, pk in enumerate(reserve_ids(ScopeLine, lines * (1 + OTHERS))):
                certificate = certificates[number % BODIES]
                held = other if number // BODIES % (1 + OTHERS) else edition
                row = plain | {
                    "body_id": certificate.body_id, "accreditation_id": certificate.pk, "object_text": "地表水",
                    "parameter_text": f"参数{number}", "method_text": held.code, "edition_id": held.pk,
                    "method_base": held.code[:-5], "method_year": 2014,
                }  # fmt: skip
                yield [pk, *(row[name] for name in names)]

        insert_rows(ScopeLine, ["pk", *names], made())
    return officer, edition


def _people() -> tuple[Any, Any]:
    """Make a province with a bureau and a city; return the bureau's officer and the city."""
    from zhunsheng.platform.accounts.models import Division, Level, Membership, Organisation, User

    province = Division.objects.create(code="440000", name="广东省", level=Level.PROVINCE)
    bureau = Organisation.objects.create(kind="authority", name="省局", division=province)
    officer = User.objects.create(username="bench-officer")
    Membership.objects.create(user=officer, organisation=bureau, role="province_officer", valid_from=date(2020, 1, 1))
    return officer, Division.objects.create(code="440100", name="广州市", level=Level.CITY, parent=province)


def _certificates(city: Any) -> list[Any]:
    """Make the bodies of a city, each with an organisation and a certificate; return the certificates."""
    from zhunsheng.platform.accounts.models import Organisation
    from zhunsheng.registry.bodies.models import Accreditation, Body

    houses = Organisation.objects.bulk_create(
        [Organisation(kind="body", name=f"机构{number}", division=city) for number in range(BODIES)], 500
    )
    bodies = Body.objects.bulk_create(
        [
            Body(slug=f"2319{number:08d}", name=house.name, organisation=house, division=city)
            for number, house in enumerate(houses)
        ],
        500,
    )
    return Accreditation.objects.bulk_create(
        [Accreditation(body=one, number=f"B{one.slug}", valid_from=date(2023, 1, 1)) for one in bodies], 500
    )

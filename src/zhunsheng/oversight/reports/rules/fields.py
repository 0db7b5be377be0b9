"""Does the report say what a report must say, and is what it names there?

Source: criteria of Notice 2023 No. 21, article 12; the list of fields is data (`FIELD-MISSING` in the law file).
"""

from collections.abc import Iterator

from zhunsheng.oversight.reports.rules.facts import Found, ReportFacts


def required_fields_present(report: ReportFacts) -> Iterator[Found]:
    """A licensed body's report holds the fields that the criteria ask for; one finding a report."""
    if not report.licensed or report.withdrawal or not report.missing:
        return
    absent = set(report.missing)
    fields = [row for row in report.law.get("FIELD-MISSING", {}).get("fields", ()) if row["path"] in absent]
    if fields:
        yield Found(
            "FIELD-MISSING",
            {
                "fields": [row["path"] for row in fields],
                "unverified": [row["path"] for row in fields if not row["verified"]],
            },
            field=fields[0]["path"],
        )


def attachments_present(report: ReportFacts) -> Iterator[Found]:
    """Every attachment that the report names has been received."""
    if report.absent_attachments:
        yield Found("ATTACH-ABSENT", {"digests": list(report.absent_attachments)}, field="attachments")

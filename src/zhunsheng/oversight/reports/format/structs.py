"""The documents of `zhunsheng-report/1` and `zhunsheng-batch/1` as typed, frozen structures.

Fields stand in alphabetical order of their names: the encoder then writes RFC 8785 order without sorting.
An absent field is `UNSET`; null is never accepted. What each field means is in `docs/formats/report.md`.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from .characters import CODE_PATTERN, PROSE_PATTERN, TEXT_PATTERN, VALUE_PATTERN

FORMAT: Final = "zhunsheng-report/1"
BATCH_FORMAT: Final = "zhunsheng-batch/1"
REGISTRATION_FORMAT: Final = "zhunsheng-registration/1"
LARGEST_INTEGER: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 8785, 3.2.2.3)."""

LARGEST_COUNT: Final = 2**31 - 1
"""The largest version or line number that every database keeps as a whole number."""

DECIMAL_PATTERN: Final = r"^-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?$"
_MONTHS: Final = (
    r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
_LEAP: Final = r"(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
DAY: Final = rf"(?:(?:19|20|21)[0-9]{{2}}-(?:{_MONTHS})|{_LEAP}-02-29)"
"""A day that exists, from 1900 to 2199."""

CLOCK: Final = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
WHEN_PATTERN: Final = f"^{DAY}(?:{CLOCK})?$"
INSTANT_PATTERN: Final = f"^{DAY}{CLOCK}$"
USCC_PATTERN: Final = r"^[0-9A-HJ-NPQRTUWXY]{18}$"
CMA_PATTERN: Final = r"^[0-9]{9,12}[A-Z]?$"
REGISTER_PATTERN: Final = r"^[a-z0-9][a-z0-9-]{1,22}$"
SHA256_PATTERN: Final = r"^[0-9a-f]{64}$"
SIGNATURE_PATTERN: Final = r"^[A-Za-z0-9_-]{16,1024}$"
ALGORITHM_PATTERN: Final = r"^[a-z0-9][a-z0-9-]{1,39}$"
MEDIA_TYPE_PATTERN: Final = r"^[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}$"

Code = Annotated[str, Meta(min_length=1, max_length=128, extra_json_schema={"pattern": CODE_PATTERN})]
Text = Annotated[str, Meta(min_length=1, max_length=2000, extra_json_schema={"pattern": TEXT_PATTERN})]
Prose = Annotated[str, Meta(min_length=1, max_length=20000, extra_json_schema={"pattern": PROSE_PATTERN})]
Value = Annotated[str, Meta(min_length=1, max_length=20000, extra_json_schema={"pattern": VALUE_PATTERN})]
Number = Annotated[str, Meta(max_length=64, extra_json_schema={"pattern": DECIMAL_PATTERN})]
When = Annotated[str, Meta(extra_json_schema={"pattern": WHEN_PATTERN})]
Instant = Annotated[str, Meta(extra_json_schema={"pattern": INSTANT_PATTERN})]
RegisterId = Annotated[str, Meta(min_length=1, max_length=40, extra_json_schema={"pattern": CODE_PATTERN})]
Sha256 = Annotated[str, Meta(extra_json_schema={"pattern": SHA256_PATTERN})]
Uscc = Annotated[str, Meta(extra_json_schema={"pattern": USCC_PATTERN})]
Cma = Annotated[str, Meta(extra_json_schema={"pattern": CMA_PATTERN})]
Register = Annotated[str, Meta(extra_json_schema={"pattern": REGISTER_PATTERN})]
Signature = Annotated[str, Meta(extra_json_schema={"pattern": SIGNATURE_PATTERN})]
Algorithm = Annotated[str, Meta(extra_json_schema={"pattern": ALGORITHM_PATTERN})]
MediaType = Annotated[str, Meta(extra_json_schema={"pattern": MEDIA_TYPE_PATTERN})]
Business = Literal["commissioned", "supervision", "enforcement", "licensing"]
"""What a report was made for: a client's commission, or one of the three kinds of statutory work."""

Count = Annotated[int, Meta(ge=1, le=LARGEST_COUNT)]
Size = Annotated[int, Meta(ge=0, le=LARGEST_INTEGER)]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What every structure of the format has in common; without cycles the collector needn't look at them."""


class Body(Part, frozen=True, kw_only=True):
    """Who issued the report: by `cma` or `uscc`, or by `register` with `id`."""

    cma: Cma | UnsetType = UNSET
    id: RegisterId | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    register: Register | UnsetType = UNSET
    uscc: Uscc | UnsetType = UNSET

    @property
    def slug(self) -> str:
        """Return the public identifier of the body: CMA number, else USCC, else `register:id`."""
        if self.cma is not UNSET:
            return self.cma
        if self.uscc is not UNSET:
            return self.uscc
        return f"{self.register}:{self.id}"


class Party(Part, frozen=True, kw_only=True):
    """A client, a producer or whoever was sampled."""

    address: Text | UnsetType = UNSET
    id: Code | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    uscc: Uscc | UnsetType = UNSET


class Place(Part, frozen=True, kw_only=True):
    """The point where a sample was taken."""

    address: Text | UnsetType = UNSET
    id: Code | UnsetType = UNSET
    name: Text | UnsetType = UNSET


class Sampling(Part, frozen=True, kw_only=True):
    """How a sample was taken and by whom."""

    certificate: Text | UnsetType = UNSET
    method: Text | UnsetType = UNSET
    post: Text | UnsetType = UNSET
    sampler: Text | UnsetType = UNSET
    sheet: Text | UnsetType = UNSET


class Identifier(Part, frozen=True, kw_only=True):
    """One identification of an item, with who issued it."""

    issuer: Text | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    value: Text


class Sample(Part, frozen=True, kw_only=True):
    """What was tested or calibrated; `object` is the test object of the scope, `name` the item's own name."""

    batch: Text | UnsetType = UNSET
    brand: Text | UnsetType = UNSET
    category: Text | UnsetType = UNSET
    id: Code | UnsetType = UNSET
    identifiers: Annotated[tuple[Identifier, ...], Meta(min_length=1)] = ()
    kind: Text | UnsetType = UNSET
    model: Text | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    object: Text | UnsetType = UNSET
    place: Place | UnsetType = UNSET
    received: When | UnsetType = UNSET
    sampled: When | UnsetType = UNSET
    sampled_from: Party | UnsetType = UNSET
    sampling: Sampling | UnsetType = UNSET
    state: Text | UnsetType = UNSET


class Dates(Part, frozen=True, kw_only=True):
    """When the item came, testing began and ended, and the report was issued."""

    finished: When | UnsetType = UNSET
    issued: When | UnsetType = UNSET
    received: When | UnsetType = UNSET
    started: When | UnsetType = UNSET


class Person(Part, frozen=True, kw_only=True):
    """A person of the body: `code` is the body's own code, never a personal number."""

    code: Code | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    role: Text | UnsetType = UNSET


class Uncertainty(Part, frozen=True, kw_only=True):
    """Expanded uncertainty in the unit of the value; `k` coverage factor, `probability` as a fraction."""

    expanded: Number
    k: Number | UnsetType = UNSET
    probability: Number | UnsetType = UNSET


class Limit(Part, frozen=True, kw_only=True):
    """What the value is judged against: `min` and `max` in the unit of the value, `text` as it was published."""

    clause: Text | UnsetType = UNSET
    max: Number | UnsetType = UNSET
    min: Number | UnsetType = UNSET
    rule: Text | UnsetType = UNSET
    standard: Text | UnsetType = UNSET
    text: Prose | UnsetType = UNSET


class Condition(Part, frozen=True, kw_only=True):
    """A condition under which values were obtained, such as room temperature or a calibration point."""

    name: Text
    unit: Text | UnsetType = UNSET
    value: Text


class Subcontractor(Part, frozen=True, kw_only=True):
    """Who did a line in the body's stead; `consent` is the day of the client's consent."""

    cma: Cma | UnsetType = UNSET
    consent: When | UnsetType = UNSET
    name: Text
    report: Code | UnsetType = UNSET
    uscc: Uscc | UnsetType = UNSET


class Result(Part, frozen=True, kw_only=True):
    """One result line."""

    analyst: Code | UnsetType = UNSET
    conditions: Annotated[tuple[Condition, ...], Meta(min_length=1)] = ()
    finished: When | UnsetType = UNSET
    instrument: Code | UnsetType = UNSET
    limit: Limit | UnsetType = UNSET
    line: Count
    loq: Number | UnsetType = UNSET
    method: Text | UnsetType = UNSET
    method_clause: Text | UnsetType = UNSET
    parameter: Text
    parameter_code: Code | UnsetType = UNSET
    parameter_ref: Code | UnsetType = UNSET
    remarks: Prose | UnsetType = UNSET
    started: When | UnsetType = UNSET
    subcontractor: Subcontractor | UnsetType = UNSET
    uncertainty: Uncertainty | UnsetType = UNSET
    unit: Text | UnsetType = UNSET
    value: Value | UnsetType = UNSET
    verdict: Text | UnsetType = UNSET


class Attachment(Part, frozen=True, kw_only=True):
    """A file that belongs to the report, named by its digest."""

    bytes: Size
    media_type: MediaType
    name: Text | UnsetType = UNSET
    sha256: Sha256


class Replaces(Part, frozen=True, kw_only=True):
    """Which earlier version this one corrects or withdraws, and why."""

    digest: Sha256 | UnsetType = UNSET
    kind: Literal["correction", "withdrawal"]
    number: Code | UnsetType = UNSET
    reason: Prose | UnsetType = UNSET
    version: Count


class FollowUp(Part, frozen=True, kw_only=True):
    """What follows a failing statutory test, as far as it is known when this version is issued."""

    authority: Text | UnsetType = UNSET
    finished: When | UnsetType = UNSET
    number: Text | UnsetType = UNSET
    outcome: Prose | UnsetType = UNSET


class Task(Part, frozen=True, kw_only=True):
    """The statutory business behind a report: sampling task, who ordered it, objection, retest and follow-up."""

    authority: Text | UnsetType = UNSET
    cover_letter: Text | UnsetType = UNSET
    follow_up: FollowUp | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    number: Text | UnsetType = UNSET
    objection: Text | UnsetType = UNSET
    retest_of: Code | UnsetType = UNSET


class Published(Part, frozen=True, kw_only=True):
    """Where an authority published the results, for reports taken over from a publication."""

    number: Text | UnsetType = UNSET
    on: When | UnsetType = UNSET
    source: Text
    url: Text | UnsetType = UNSET


class Proof(Part, frozen=True, kw_only=True):
    """The body's signature over `format`, `key`, `created` and the digest, one a line."""

    created: Instant
    key: Code
    signature: Signature
    type: Algorithm


class Report(Part, frozen=True, kw_only=True):
    """One version of one report."""

    attachments: Annotated[tuple[Attachment, ...], Meta(min_length=1)] = ()
    body: Body
    business: Business | UnsetType = UNSET
    client: Party | UnsetType = UNSET
    conclusion: Prose | UnsetType = UNSET
    conditions: Annotated[tuple[Condition, ...], Meta(min_length=1)] = ()
    dates: Dates | UnsetType = UNSET
    format: Literal["zhunsheng-report/1"]
    kind: Literal["test", "calibration", "inspection"] | UnsetType = UNSET
    number: Code
    persons: Annotated[tuple[Person, ...], Meta(min_length=1)] = ()
    producer: Party | UnsetType = UNSET
    proof: Proof | UnsetType = UNSET
    published: Published | UnsetType = UNSET
    purpose: Text | UnsetType = UNSET
    remarks: Prose | UnsetType = UNSET
    replaces: Replaces | UnsetType = UNSET
    results: Annotated[tuple[Result, ...], Meta(min_length=1)] = ()
    sample: Sample | UnsetType = UNSET
    signatory: Person | UnsetType = UNSET
    site: Code | UnsetType = UNSET
    task: Task | UnsetType = UNSET
    title: Text | UnsetType = UNSET
    version: Count


class IssuedFile(Part, frozen=True, kw_only=True):
    """A file that was issued (PDF, OFD, scan of the paper), known by its digest; it isn't sent."""

    bytes: Size | UnsetType = UNSET
    media_type: MediaType | UnsetType = UNSET
    sha256: Sha256


class Registration(Part, frozen=True, kw_only=True):
    """One version of one report, registered by number and digest: `content` is the digest of its full data."""

    body: Body
    business: Business | UnsetType = UNSET
    content: Sha256 | UnsetType = UNSET
    files: Annotated[tuple[IssuedFile, ...], Meta(min_length=1, max_length=16)] = ()
    format: Literal["zhunsheng-registration/1"]
    issued: When
    number: Code
    proof: Proof | UnsetType = UNSET
    replaces: Replaces | UnsetType = UNSET
    version: Count


class Manifest(Part, frozen=True, kw_only=True):
    """The digests of a batch, signed once."""

    digests: Annotated[tuple[Sha256, ...], Meta(min_length=1)]
    format: Literal["zhunsheng-batch/1"]
    proof: Proof


def may_lack_results(report: Report) -> bool:
    """Return whether a report may be without result lines: a withdrawal, or one taken over from a publication."""
    if report.published is not UNSET:
        return True
    return report.replaces is not UNSET and report.replaces.kind == "withdrawal"

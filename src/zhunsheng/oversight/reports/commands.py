"""`zhunsheng reports …`: check before issuing, hand in, take over publications, verify receipts."""

import contextlib
import sys
from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from django.conf import settings
from django.utils import timezone

from zhunsheng.foundation.canonical import digest_hex
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.tlog.note import NoteProblem
from zhunsheng.oversight.reports import import_command, permissions, signing_commands
from zhunsheng.oversight.reports.answering import AsJson, Language, print_answer
from zhunsheng.oversight.reports.format import FormatProblem, Parsed, canonical_of, read_report
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.permissions import OPERATOR, Sender
from zhunsheng.oversight.reports.remote import Remote
from zhunsheng.oversight.reports.services import checking, streams
from zhunsheng.oversight.reports.services.file_reading import read_file
from zhunsheng.oversight.reports.services.intake import Item, is_manifest, receive_many
from zhunsheng.oversight.reports.services.refusals import Refusal, as_problem
from zhunsheng.oversight.reports.sources import source_for
from zhunsheng.oversight.reports.uploads import Uploaded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger import keys, receipts

app = typer.Typer(help="Reports: check, sign, submit, import, verify.", no_args_is_help=True)
app.command("make-key")(signing_commands.make_key)
app.command("sign")(signing_commands.sign)
app.command("import")(import_command.import_publication)

Files = Annotated[list[str], typer.Argument(help="JSON, NDJSON, DCC XML, Excel, CSV or ZIP; - is standard input.")]
BATCH: Final = 1000
LONGEST_FIRST_LINE: Final = 128 * 1024 * 1024
"""A manifest may stand on the first line."""


@app.command()
def check(names: Files, *, as_json: AsJson = False, lang: Language = "zh-hans") -> None:
    """Check reports by the rules of arrival and store nothing. Exit 1 when anything was found."""
    found = False
    for place, item in _pieces(names, keep=False):
        if isinstance(item, Parsed):
            answer = checking.check_parsed(item, at=timezone.now()).as_answer(lang)
        elif isinstance(item, bytes):
            answer = checking.check(item, at=timezone.now()).as_answer(lang)
        else:
            answer = as_problem(item or FormatProblem("empty"), language=lang)
        found = found or "rule" in answer or bool(answer["findings"])
        print_answer({"file": place, **answer}, as_json=as_json)
    raise typer.Exit(1 if found else 0)


@app.command()
def submit(
    names: Files,
    *,
    by: Annotated[str, typer.Option("--as", help="Username of the body's member who hands in.")] = "",
    server: Annotated[str, typer.Option(help="Address of another installation; this one's database without it.")] = "",
    client_id: Annotated[str, typer.Option(envvar="ZHUNSHENG_CLIENT_ID", help="API client of the body.")] = "",
    client_secret: Annotated[str, typer.Option(envvar="ZHUNSHENG_CLIENT_SECRET", help="Its secret.")] = "",
    as_json: AsJson = False,
    lang: Language = "zh-hans",
) -> None:
    """Hand in reports and print each one's answer. Exit 1 when any was refused.

    Without --as the operator hands in: only what the body itself has signed, and publishers' files, is then taken.
    """
    if server:
        if not client_id or not client_secret:
            raise typer.BadParameter("--server needs --client-id and --client-secret.")
        answers = _sent(names, Remote(server, client_id, client_secret), lang)
    else:
        answers = _received(names, _sender(by), lang)
    refused = False
    for answer in answers:
        refused = refused or answer["outcome"] in {"refused", "ended"}
        print_answer(answer, as_json=as_json)
    raise typer.Exit(1 if refused else 0)


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The report, as JSON.")],
    *,
    receipt: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The receipt.")],
    offline: Annotated[bool, typer.Option("--offline", help="Use nothing but file, receipt and --key.")] = False,
    key: Annotated[str, typer.Option(help="The log's public key, or a file that holds it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Verify that the log holds exactly this report. Exit 1 when it does not."""
    if offline and not key:
        raise typer.BadParameter("--offline needs --key: the log's public key, from a source that you trust.")
    digest = _digest_of(path.read_bytes())
    try:
        verdict = receipts.verify(receipt.read_bytes(), digest, _log_key(key))
    except NoteProblem as error:
        raise typer.BadParameter(f"--key: {error}") from error
    answer = {
        "ok": verdict.ok, "digest": digest, "problem": verdict.problem, "detail": verdict.detail,
        "body": verdict.body, "received": verdict.time, "leaf_index": verdict.leaf_index, "log_size": verdict.tree_size,
    }  # fmt: skip
    shown = answer if verdict.ok else {name: answer[name] for name in ("ok", "digest", "problem", "detail")}
    print_answer({name: value for name, value in shown.items() if value not in (None, "")}, as_json=as_json)
    raise typer.Exit(0 if verdict.ok else 1)


def _log_key(given: str) -> str:
    if not given:
        return keys.log_key().text
    with contextlib.suppress(OSError, ValueError):
        return Path(given).read_text(encoding="utf-8").strip()
    return given


def _digest_of(raw: bytes) -> str:
    """Return the digest of a report without its proof; of any other file, that of its bytes."""
    try:
        return read_report(raw).digest
    except FormatProblem:
        return digest_hex(raw)


def _sender(username: str) -> Sender:
    if not username:
        return OPERATOR
    user = User.objects.filter(username=username).first()
    if user is None:
        raise typer.BadParameter(f"--as: there is nobody called {username}.")
    return permissions.sender_of(user, timezone.localdate())


def _pieces(names: list[str], *, keep: bool) -> Iterator[tuple[str, Item]]:
    """Yield every report of the files in order with its place; what holds one document a line is never held whole."""
    for name in names:
        path = Path(name)
        if name != "-" and not path.is_file():
            raise typer.BadParameter(f"There is no file {name}.")
        with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else path.open("rb") as file:
            first = file.readline(LONGEST_FIRST_LINE)
            second = file.readline(LONGEST_FIRST_LINE)
            if all(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in (first, second)):
                blocks = chain((first, second), iter(partial(file.read, streams.BLOCK), b""))
                for number, line in enumerate(streams.lines(blocks, settings.ZHUNSHENG_LIMITS), 1):
                    yield f"{name}:{number}", line
                continue
            content = first + second + file.read()
        for item in _documents(name, content, keep=keep):
            unconfirmed = keep and item.from_pdf and item.parsed is not None
            yield item.name, Refusal("pdf-unconfirmed", "file") if unconfirmed else item.parsed or item.problem
            yield from ((item.name, problem) for problem in item.further)


def _documents(name: str, content: bytes, *, keep: bool) -> Iterator[Uploaded]:
    """Yield the reports of one document: JSON, table, certificate or publisher's file, known by what it holds."""
    source = None
    if name != "-":
        with contextlib.suppress(DomainError):
            source = source_for(Path(name))
    if source is None or source.name == "dcc":
        yield from read_file(name, content, at=timezone.now(), keep_originals=keep)
        return
    for item in source.read(Path(name)):
        where = f"{name}:{item.line_range[0]}"
        if item.report_dict is None:
            yield Uploaded(where, problem=item.problem)
            continue
        try:
            yield Uploaded(where, parsed=read_report(item.raw()))
        except FormatProblem as problem:
            yield Uploaded(where, problem=problem)


def _received(names: list[str], sender: Sender, lang: str) -> Iterator[dict[str, Any]]:
    places: deque[str] = deque()

    def items() -> Iterator[Item]:
        for place, item in _pieces(names, keep=True):
            places.append(place)
            yield item

    channel = Channel.IMPORT if sender is OPERATOR else Channel.COMMAND
    for outcome in receive_many(items(), sender=sender, channel=channel, at=timezone.now):
        yield {"file": places.popleft(), **outcome.as_answer(language=lang)}


def _sent(names: list[str], remote: Remote, lang: str) -> Iterator[dict[str, Any]]:
    waiting: list[tuple[str, bytes]] = []
    manifest: list[tuple[str, bytes]] = []
    try:
        for place, item in _pieces(names, keep=True):
            if isinstance(item, DomainError) or item is None:
                problem = item or FormatProblem("empty")
                yield {"file": place, "outcome": "refused", **as_problem(problem, language=lang)}
                continue
            if isinstance(item, bytes) and is_manifest(item):
                yield from _answered(manifest + waiting, remote)
                manifest, waiting = [(place, item)], []
                continue
            if isinstance(item, Parsed):
                _send_attachments(item, remote)
            waiting.append((place, canonical_of(item.report) if isinstance(item, Parsed) else item))
            if len(waiting) >= BATCH:
                yield from _answered(manifest + waiting, remote)
                waiting = []
        yield from _answered(manifest + waiting if waiting else [], remote)
    except DomainError as error:
        yield {"outcome": "ended", **as_problem(error, language=lang)}


def _send_attachments(parsed: Parsed, remote: Remote) -> None:
    """Send what the report names and this installation's file store holds, such as the original of a certificate."""
    for attachment in parsed.report.attachments:
        if files.exists(attachment.sha256):
            remote.send_attachment(files.read_by_digest(attachment.sha256), attachment.media_type)


def _answered(waiting: list[tuple[str, bytes]], remote: Remote) -> Iterator[dict[str, Any]]:
    """Yield the answers to one batch; a manifest goes before every part of the file that it vouches for."""
    if not waiting:
        return
    for answer in remote.send_batch([raw for _, raw in waiting]):
        place = int(answer.pop("line", 0))
        yield {"file": waiting[place - 1][0], **answer} if place else answer

"""The plainest visit under a task, its people, and what their devices send."""

import base64
import hashlib
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.tests.factories import CITY, make_inspector, make_officer, make_task
from zhunsheng.oversight.visits import selectors, services
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform.accounts.models import Kind, Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import make_body

LATER = NOON + timedelta(hours=2)


@dataclass
class World:
    """A laboratory with its people, a task with two inspectors, officers of the authority."""

    laboratory: Organisation
    manager: User
    task: Task
    officer: User
    legal: User

    @property
    def leader(self) -> User:
        """The account of the leading inspector."""
        return _account(self.task.leader)

    @property
    def second(self) -> User:
        """The account of the second inspector."""
        return _account(self.task.second)


def _account(inspector: Any) -> User:
    user: User = inspector.user
    return user


def make_world() -> World:
    """Make a laboratory that is to be visited by two inspectors."""
    laboratory = make_organisation(Kind.BODY, CITY)
    manager = make_member(Role.BODY_MANAGER, laboratory)
    body = make_body("231912050001", name="某某检测有限公司", division_id=CITY, organisation=laboratory)
    task = make_task(body=body, leader=make_inspector(), second=make_inspector())
    return World(laboratory, manager, task, make_officer(), make_officer(Role.LEGAL_OFFICER))


def make_visit(world: World, *, begun: bool = True, mode: str = "on_site") -> Visit:
    """Open the visit of the world's task for today and, where asked, begin it."""
    made = services.open_visit(
        task_id=world.task.pk, mode=mode, first_day=TODAY, last_day=TODAY, by=world.leader, at=NOON
    )
    if begun:
        made = services.start_visit(visit_id=made.pk, by=world.leader, at=NOON)
    return made


def change(item: str, values: dict[str, Any], **more: Any) -> services.Change:
    """Return a change as a device sends it."""
    plain: dict[str, Any] = {"id": uuid4(), "item": item, "base": 0, "values": values}
    return services.Change(**(plain | more))


def judge_all(visit: Visit, by: User, *, but: int = 0) -> None:
    """Let every item conform, but for the last ones."""
    keys = list(visit.items.filter(version=0).order_by("place").values_list("pk", flat=True))
    values = {"verdict": "conforms", "note": "现场查看，符合"}
    sent = [change(f"check:{key}", values) for key in keys[: len(keys) - but]]
    services.take_changes(visit_id=visit.pk, changes=sent, by=by, at=NOON)


def signature(visit: Visit, side: str, at: datetime = LATER, **values: Any) -> services.Change:
    """Return the change by which a side signs what the sheet says now."""
    said = {
        "name": f"{side} 签字", "post": "", "objection": "", "refusal": "", "image": png_address(), "signed": True,
        "digest": selectors.digest_to_sign(visit), "signed_at": at.isoformat().replace("+00:00", "Z"),
    }  # fmt: skip
    base = visit.signatures.get(side=side).version
    return change(f"signature:{side}", said | values, base=base)


def sign_all(visit: Visit, by: User, **of_the_body: Any) -> None:
    """Let both inspectors and the body sign."""
    sent = [signature(visit, "leader"), signature(visit, "second"), signature(visit, "body", **of_the_body)]
    services.take_changes(visit_id=visit.pk, changes=sent, by=by, at=LATER)


def png() -> bytes:
    """Return the smallest PNG: one white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def png_address() -> str:
    """Return a signature as a canvas gives it."""
    return f"data:image/png;base64,{base64.b64encode(png()).decode()}"


def jpeg(day: str = "", extra: bytes = b"") -> bytes:
    """Return a JPEG's bare bones; with a day, its Exif says that it was taken at noon of it."""
    made = b"\xff\xd8"
    if day:
        text = f"{day.replace('-', ':')} 12:00:00\x00".encode()
        tiff = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 1)
        tiff += struct.pack("<HHII", 0x8769, 4, 1, 26) + struct.pack("<I", 0)
        tiff += struct.pack("<H", 1) + struct.pack("<HHII", 0x9003, 2, len(text), 44) + struct.pack("<I", 0) + text
        block = b"Exif\x00\x00" + tiff
        made += b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return made + b"\xff\xda" + extra + b"\xff\xd9"


def captured(content: bytes, item: str = "visit", **values: Any) -> services.Captured:
    """Return what a device says of a photograph."""
    plain: dict[str, Any] = {
        "id": uuid4(), "item": item, "sha256": hashlib.sha256(content).hexdigest(), "taken_at": NOON,
        "modified_at": NOON, "lat": "23.129110", "lon": "113.264385", "accuracy": "12",
    }  # fmt: skip
    return services.Captured(**(plain | values))


def take(visit: Visit, content: bytes, by: User, **values: Any) -> Any:
    """Send a photograph of a visit."""
    return services.take_photo(
        visit_id=visit.pk, captured=captured(content, **values), upload=services.Upload("IMG_1.jpg", content), by=by,
        at=LATER,
    )  # fmt: skip

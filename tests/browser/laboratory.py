"""What the story's laboratory does in the browser: takes a sound report of its archive, changes it, hands it in."""

import json
import secrets
from typing import Any

BODY = (
    "select b.slug, b.name, b.id from bodies_body b join accounts_membership m on m.organisation_id = b.organisation_id"
    " join accounts_user u on u.id = m.user_id where u.username = 'shiyanshi'"
)
SOUND = (
    "select digest from reports_report where body_id = ? and findings = 0 and verdict = 'pass' and state = 'current'"
    " and generated and version = 1 and lines > 2 order by id"
)


def new_number() -> str:
    """Return a report number that nobody has used."""
    return f"BT-{secrets.randbelow(10**9):09d}"


def sound_report(page: Any, site: Any) -> dict[str, Any]:
    """Return a sound report of the laboratory without its proof; the page must be signed in for it."""
    (digest,) = site.row(SOUND, site.row(BODY)[2])
    document = page.request.get(f"/reports/{digest}/report.json").json()
    del document["proof"]
    return document


def encoded(document: dict[str, Any]) -> bytes:
    """Return the file that a laboratory's system would write."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def hand_in(page: Any, address: str, document: dict[str, Any]) -> list[str]:
    """Send a report at /reports/try/ or /reports/submit/ and return the rules that the page names, sorted."""
    page.goto(address)
    file = {"name": "report.json", "mimeType": "application/json", "buffer": encoded(document)}
    page.set_input_files("input[type=file]", file)
    page.click("form.zs-form button.btn-primary")
    page.wait_for_selector("#outcome-title")
    return rules_on(page)


def rules_on(page: Any) -> list[str]:
    """Return the rules whose findings the page shows, sorted."""
    return sorted(page.eval_on_selector_all("[id^=rule-]", "nodes => nodes.map(node => node.id.slice(5))"))

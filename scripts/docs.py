"""Render the pages of `docs/` that come from data: rules of law, permissions, the API. Run by `make docs`."""

import json
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("ZHUNSHENG_HOME", tempfile.mkdtemp(prefix="zhunsheng-docs-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")

import django  # noqa: E402 - the environment comes first

django.setup()

from zhunsheng.foundation.lawbook_pages import rules_pages  # noqa: E402 - the path comes with the package
from zhunsheng.oversight.reports.rules_page import render_rules_page  # noqa: E402 - models need Django
from zhunsheng.platform.accounts.policy import permissions_page  # noqa: E402
from zhunsheng.web.api import api  # noqa: E402


def write(name: str, text: str) -> None:
    """Write one page if it changed and say so."""
    path = ROOT / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print(f"docs/{name}")


for page, words in rules_pages(ROOT / "src" / "zhunsheng").items():
    write(f"rules/{page}", words)
write("rules/arrival-checks.md", render_rules_page())
write("permissions.md", permissions_page())
write("formats/openapi.json", json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n")

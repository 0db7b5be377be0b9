"""Every icon that a page asks for is in the sprite: a missing one would leave a gap that nobody reports."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPRITE = ROOT / "web" / "static" / "kit" / "icons.svg"
ASKED = re.compile(r"""\{% icon ["']([a-z0-9-]+)["']|icon_name=["']([a-z0-9-]+)["']|"icon": "([a-z0-9-]+)\"""")


def asked(path: Path) -> set[str]:
    return {name for found in ASKED.findall(path.read_text(encoding="utf-8")) for name in found if name}


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    held = set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))
    sources = [path for ending in ("*.html", "*.py") for path in ROOT.rglob(ending) if "tests" not in path.parts]
    missing = {name: path.name for path in sources for name in asked(path) - held}

    assert len(set().union(*map(asked, sources))) > 20
    assert not missing

"""The pages of the documentation lead somewhere, are found, and show every picture that is kept."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def links(page):
    """Return what a page leads to inside the repository: the file or folder, and the heading if one is named."""
    for address in LINK.findall(page.read_text(encoding="utf-8")):
        if not address.startswith(("http:", "https:", "mailto:")):
            path, _, heading = address.partition("#")
            yield (page.parent / path).resolve() if path else page, heading


def headings(page):
    """Return the anchors of a page's headings, as the usual renderers make them."""
    lines = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    for target, heading in links(page):
        assert target.exists(), target
        assert not heading or heading in headings(target), f"{target}#{heading}"


def test_every_page_is_found_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for target, _heading in links(page):
            waiting += sorted(target.glob("*.md")) if target.is_dir() else [target] if target.suffix == ".md" else []

    assert set(PAGES) - reached == set()


def test_every_picture_is_shown_by_a_page():
    shown = {target for page in PAGES for target, _heading in links(page)}

    assert set((DOCS / "images").glob("*.png")) <= shown

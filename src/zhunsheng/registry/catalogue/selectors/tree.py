"""The tree of test objects, whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count

from zhunsheng.registry.catalogue.models import TestObject


@dataclass(slots=True)
class Branch:
    """A test object with what stands below it; `below` counts all of it, `limits` are its own."""

    code: str
    name: str
    name_en: str
    limits: int
    children: list[Branch] = field(default_factory=list)
    below: int = 0


def object_tree() -> list[Branch]:
    """Return the roots of the tree, each with its branches, in the order of codes; one query."""
    rows = TestObject.objects.annotate(limit_count=Count("limits")).order_by("code")
    branches: dict[int, Branch] = {}
    parents: dict[int, int | None] = {}
    for pk, code, name, name_en, parent, count in rows.values_list(
        "pk", "code", "name", "name_en", "parent_id", "limit_count"
    ):
        branches[pk], parents[pk] = Branch(code, name, name_en, count), parent
    roots: list[Branch] = []
    for pk, branch in branches.items():
        above = branches.get(parents[pk] or 0)
        (roots if above is None else above.children).append(branch)
    for root in roots:
        _count(root)
    return roots


def _count(root: Branch) -> None:
    """Fill in `below` from the leaves up, without recursion: a damaged tree may be deep."""
    order, waiting = [], [root]
    while waiting:
        here = waiting.pop()
        order.append(here)
        waiting += here.children
    for branch in reversed(order):
        branch.below = sum(1 + child.below for child in branch.children)

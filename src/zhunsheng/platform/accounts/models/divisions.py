from collections.abc import Iterable

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.roles import Level

_DIGITS = 6


def prefix_of(code: str) -> str:
    """Return the digits that every division at or below this one begins with ("440100" gives "4401")."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def places_up(code: str) -> tuple[str, ...]:
    """Return a division and those above it, the nearest first; none for what is no code of six digits."""
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000"))) if len(code) == _DIGITS else ()


def within(code: str, field: str = "division_id") -> models.Q:
    """Return the condition that a field names a division at or below this one: a range, so that an index serves it.

    Args:
        code: of a division, or the digits with which those meant begin.
    """
    prefix = prefix_of(code) if len(code) == _DIGITS else code
    return within_any((prefix,), field)


def within_any(prefixes: Iterable[str], field: str = "division_id") -> models.Q:
    """Return the condition that a field names a division below one of these; none of them is a false condition.

    Prefixes beside each other make one range: the cities of a province are a handful of ranges, not twenty-one, which
    an index serves and a planner judges rightly.

    Args:
        prefixes: the digits with which the codes meant begin, none of them the beginning of another.
    """
    wanted = models.Q(pk__in=[])
    for first, last in spans(prefixes):
        wanted |= models.Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return wanted


def spans(prefixes: Iterable[str]) -> list[tuple[str, str]]:
    """Return first and last code of each stretch of six-digit codes that begin with one of these digits, in order."""
    found: list[tuple[str, str]] = []
    for first, last in sorted((one.ljust(_DIGITS, "0"), one.ljust(_DIGITS, "9")) for one in prefixes):
        if found and int(first) == int(found[-1][1]) + 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


class Division(models.Model):
    """An administrative division of GB/T 2260: province, city or county, by its six digits."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    level = models.CharField(_("division level"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name = _("administrative division")
        verbose_name_plural = _("administrative divisions")
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[0-9]{6}$"), name="division_code_six_digits"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="division_level_known"),
            models.CheckConstraint(
                condition=models.Q(level=Level.PROVINCE, parent=None)
                | (~models.Q(level=Level.PROVINCE) & models.Q(parent__isnull=False)),
                name="division_parent_unless_province",
            ),
        ]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the reader's language; Chinese where no English one is kept."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def place(self) -> str:
        """City and county in the reader's language, as a place is told apart from its namesakes; the parent is read."""
        if self.level != Level.COUNTY or self.parent is None:
            return self.local_name
        if (get_language() or "").startswith("en"):
            return f"{self.local_name}, {self.parent.local_name}"
        return f"{self.parent.name}{self.name}"

    @property
    def prefix(self) -> str:
        """The digits that every division at or below this one begins with."""
        return prefix_of(self.code)

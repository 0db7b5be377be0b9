"""The UI kit's template tags; docs/ui.md shows each with an example."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhunsheng.platform import badges
from zhunsheng.platform.badges import MEANINGS, icon
from zhunsheng.web import languages
from zhunsheng.web.charts import data_table, described

register = template.Library()

HTML_LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


register.simple_tag(icon)


@register.simple_tag
def badge(meaning: str, text: object, icon_name: str = "") -> SafeString:
    """Say a state by colour, icon and word; meaning is one of the product's five."""
    if meaning not in MEANINGS:
        raise template.TemplateSyntaxError(f"badge: {meaning!r} is not one of {', '.join(MEANINGS)}")
    return badges.badge(meaning, text, icon_name)


@register.simple_tag
def meaning_icon(meaning: str) -> SafeString:
    """Draw the icon that belongs to one of the five meanings."""
    return icon(MEANINGS.get(meaning, MEANINGS["neutral"]))


@register.simple_tag
def copyable(text: object, shown: object = "", what: str = "") -> SafeString:
    """Show a code in monospace with a copy button; `shown` may be a shorter form, `what` names it for the ear."""
    full = str(text)
    if not full:
        return SafeString("")
    return format_html(
        '<span class="zs-copy"><code title="{}">{}</code><button type="button" hidden data-copy="{}" '
        'data-copied="{}" aria-label="{}">{}</button></span>',
        full,
        shown or full,
        full,
        _("Copied."),
        _("Copy %(what)s") % {"what": what or full[:24]},
        icon("copy"),
    )


@register.inclusion_tag("kit/why.html")
def why(
    rule: str = "",
    article: object = "",
    version: object = "",
    inputs: Mapping[str, object] | None = None,
    text: object = "",
    open: bool = False,  # noqa: A002, FBT001, FBT002, RUF100 - the word of the HTML attribute
) -> dict[str, object]:
    """Explain an automatic statement: rule, article, version and the inputs it was made from."""
    return {
        "rule": rule,
        "article": article,
        "version": version,
        "inputs": list((inputs or {}).items()),
        "text": text,
        "open": open,
    }


@register.inclusion_tag("kit/chart.html", takes_context=True)
def chart(context: template.Context, spec: Mapping[str, Any], size: str = "") -> dict[str, Any]:
    """Draw a chart from plain data (see docs/ui.md) with its table one click away."""
    number = int(context.render_context.get("zs_charts") or 0) + 1
    context.render_context["zs_charts"] = number
    request = context.get("request")
    is_map = spec["kind"] == "map"
    title = str(spec["title"]).encode()
    return {
        "spec": dict(spec),
        "key": f"zs-chart-{crc32(title):08x}-{number}",
        "size": "map" if is_map and not size else size,
        "is_map": is_map,
        "geo": static(f"dist/geo/{spec.get('region') or 'guangdong'}.json") if is_map else "",
        "description": described(spec),
        "data": data_table(spec),
        "map_approval": settings.ZHUNSHENG_MAP_APPROVAL,
        "first": _first_in(request, "zs_charts_script"),
    }


def _first_in(request: HttpRequest | None, mark: str) -> bool:
    """Return whether this page asks for the first time, so that a script is loaded once."""
    if request is None or getattr(request, mark, False):
        return request is None
    setattr(request, mark, True)
    return True


@register.inclusion_tag("kit/progress.html")
def progress(value: float, maximum: float, label: object) -> dict[str, object]:
    """Show how far something is, with the numbers in words."""
    share = round(100 * value / maximum) if maximum else 0
    return {"value": value, "maximum": maximum or 1, "label": label, "share": share}


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built file with its digest, so that browsers may keep it."""
    digest = _manifest().get(name) if not settings.DEBUG else _read_manifest().get(name)
    address = static(f"dist/{name}")
    return f"{address}?{digest}" if digest else address


@lru_cache(maxsize=1)
def _manifest() -> dict[str, str]:
    return _read_manifest()


def _read_manifest() -> dict[str, str]:
    found = finders.find("dist/manifest.json")
    if not found:
        return {}
    with open(str(found), encoding="utf-8") as file:  # noqa: PTH123 - finders give text
        return dict(json.load(file))


@register.simple_tag
def html_language() -> str:
    """Return the language tag of the page for the `lang` attribute."""
    language = translation.get_language() or languages.DEFAULT
    return HTML_LANGUAGES.get(language, language)


@register.simple_tag(takes_context=True)
def hidden_query(context: template.Context, without: str = "", only: str = "") -> SafeString:
    """Carry the address's other parameters along in a GET form; both lists are comma-separated."""
    request = context["request"]
    left_out, kept = set(without.split(",")), set(filter(None, only.split(",")))
    pairs = [
        (key, value)
        for key in request.GET
        if key not in left_out and (not kept or key in kept)
        for value in request.GET.getlist(key)
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.filter
def in_language(words: Mapping[str, str] | str | None) -> str:
    """Pick the reader's language from {"zh": …, "en": …}."""
    return languages.in_language(words) if words else ""


@register.filter
def iso(moment: dt.datetime | dt.date | str | None) -> SafeString:
    """Write a date as 2026-11-23, a time as 2026-11-23 18:20 in local time; nothing as a dash."""
    if moment is None or moment == "":
        return mark_safe("—")
    if isinstance(moment, dt.datetime):
        local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), local.strftime("%Y-%m-%d %H:%M"))
    if isinstance(moment, dt.date):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), moment.isoformat())
    return format_html("{}", moment)


@register.filter
def grouped(number: float | Decimal | str | None) -> str:
    """Group whole numbers by thousands; everything else stays as written, nothing is a dash."""
    if number is None or number == "":
        return "—"
    return f"{number:,}" if isinstance(number, int) else str(number)


@register.filter
def shortened(digest: object) -> str:
    """Show the first and last six characters of a digest."""
    text = str(digest or "")
    return text if len(text) <= 16 else f"{text[:6]}…{text[-6:]}"


@register.filter
def numbers(text: str) -> list[int]:
    """Read whole numbers separated by spaces, for choices in a template."""
    return [int(part) for part in text.split()]


@register.filter
def local_name(thing: Any) -> str:
    """Return the name of a record (`name`, `name_en`) in the reader's language; Chinese where there is no English."""
    read = thing.get if isinstance(thing, Mapping) else lambda key: getattr(thing, key, "")
    english = read("name_en") if (translation.get_language() or "").startswith("en") else ""
    return str(english or read("name") or "")

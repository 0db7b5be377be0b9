"""What an import says about a body that it doesn't know: did you mean this one, because of that."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.matching.models import Target
from zhunsheng.registry.matching.rules.blocking import Candidate
from zhunsheng.registry.matching.rules.near import near_codes
from zhunsheng.registry.matching.rules.weighing import weights
from zhunsheng.registry.matching.selectors.live import live, party
from zhunsheng.registry.matching.wording import reasons

_REASONS = 3
_GUESSES = 2


def guess_bodies(texts: Collection[str]) -> dict[str, str]:
    """Return for each text that isn't a known body what it may mean, with reasons; texts without a guess are left out.

    A text may be a name or an identifier that is off by one sign.
    """
    index, found = live(Target.BODY), {}
    named = {text: index.find(party(text), weights(), most=_GUESSES) for text in texts if not _is_code(text)}
    codes = {text: near_codes(text, index.codes()) for text in texts if _is_code(text)}
    owners = {one.entry.owner for ranked in named.values() for one in ranked} | {
        owner for near in codes.values() for owner, _code in near
    }
    bodies = Body.objects.in_bulk(owners)
    for text, ranked in named.items():
        words = [_named(bodies[one.entry.owner], one) for one in ranked if one.entry.owner in bodies]
        if words:
            found[text] = " ".join(words)
    for text, near in codes.items():
        said = [_coded(bodies[owner], code) for owner, code in near[:_GUESSES] if owner in bodies]
        if said:
            found[text] = " ".join(said)
    return found


def _is_code(text: str) -> bool:
    return text.isascii() and any(sign.isdigit() for sign in text)


def _named(body: Body, one: Candidate) -> str:
    why = [str(reason["words"]) for reason in reasons(one.score.parts) if reason["for"]][:_REASONS]
    return _("Did you mean %(name)s (%(id)s)? Because: %(reasons)s.") % {
        "name": body.name,
        "id": body.slug,
        "reasons": pgettext("between reasons", ", ").join(why),
    }


def _coded(body: Body, code: str) -> str:
    return _("Did you mean %(name)s (%(id)s)? Its number %(code)s differs in one sign.") % {
        "name": body.name,
        "id": body.slug,
        "code": code,
    }

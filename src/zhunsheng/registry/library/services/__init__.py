"""Every write to the provincial library: proposals, reviews, decisions, replaced editions, declarations."""

from zhunsheng.registry.library.services.deciding import publish, refuse
from zhunsheng.registry.library.services.declaring import declare_unchanged
from zhunsheng.registry.library.services.proposing import Upload, propose, withdraw
from zhunsheng.registry.library.services.reviewing import give_opinion, invite, open_review
from zhunsheng.registry.library.services.superseding import replace_edition

__all__ = [
    "Upload",
    "declare_unchanged",
    "give_opinion",
    "invite",
    "open_review",
    "propose",
    "publish",
    "refuse",
    "replace_edition",
    "withdraw",
]

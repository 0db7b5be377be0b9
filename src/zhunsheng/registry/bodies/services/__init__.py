"""Every write to the bodies' register."""

from zhunsheng.registry.bodies.services.certificates import (
    CertificateRefused,
    add_period,
    end_schedule,
    end_suspensions,
    enter_body,
    enter_certificate,
    name_by_number,
    set_signatories_end,
    write_sites,
)
from zhunsheng.registry.bodies.services.experts import assign_expert, evaluate_expert, link_account, take_measure
from zhunsheng.registry.bodies.services.imports import import_rows, import_table
from zhunsheng.registry.bodies.services.keys import add_key, revoke_key
from zhunsheng.registry.bodies.services.life import close_body, merge_bodies, move_body, rename_body, split_body
from zhunsheng.registry.bodies.services.linking import Named, link_lines
from zhunsheng.registry.bodies.services.loading import (
    ask_for_loading,
    carry_out_waiting,
    kinds_for,
    load_file,
    load_what_was_checked,
)
from zhunsheng.registry.bodies.services.organisations import link_organisation
from zhunsheng.registry.bodies.services.reductions import Decision, decide_reduction, declare_stopped
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.bodies.services.schedules import write_scope
from zhunsheng.registry.bodies.services.scope import reduce_scope, strike_lines
from zhunsheng.registry.bodies.services.seals import add_seal, revoke_seal
from zhunsheng.registry.bodies.services.signing import Granted, Signed, strike_signatories, write_signatories

__all__ = [
    "CertificateRefused",
    "Decision",
    "Granted",
    "Named",
    "Signed",
    "add_key",
    "add_period",
    "add_seal",
    "ask_for_loading",
    "assign_expert",
    "bump_scope",
    "carry_out_waiting",
    "close_body",
    "decide_reduction",
    "declare_stopped",
    "end_schedule",
    "end_suspensions",
    "enter_body",
    "enter_certificate",
    "evaluate_expert",
    "import_rows",
    "import_table",
    "kinds_for",
    "link_account",
    "link_lines",
    "link_organisation",
    "load_file",
    "load_what_was_checked",
    "merge_bodies",
    "move_body",
    "name_by_number",
    "reduce_scope",
    "rename_body",
    "revoke_key",
    "revoke_seal",
    "set_signatories_end",
    "split_body",
    "strike_lines",
    "strike_signatories",
    "take_measure",
    "write_scope",
    "write_signatories",
    "write_sites",
]

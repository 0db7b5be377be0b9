"""Every write to the bodies' register."""

from zhunsheng.registry.bodies.services.imports import import_rows, import_table
from zhunsheng.registry.bodies.services.keys import add_key, revoke_key
from zhunsheng.registry.bodies.services.organisations import link_organisation
from zhunsheng.registry.bodies.services.revisions import bump_scope

__all__ = ["add_key", "bump_scope", "import_rows", "import_table", "link_organisation", "revoke_key"]

from pathlib import Path

from django.apps import AppConfig

REGISTERS = Path(__file__).parent / "data" / "registers.yaml"
PUBLIC = {
    "certificates.ListedDecision": frozenset[str](),
    "certificates.Certificate": frozenset(
        {"notes", "issued_by", "request_digest", "signatories_code", "signatories_digest"}
    ),
}
"""Models that hold facts for everybody, each with those of its fields that don't."""


class CertificatesConfig(AppConfig):
    """Certificates and their schedules: issued, changed, ended, announced."""

    name = "zhunsheng.admission.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, register actions, duties and what is added to rooms below."""
        from zhunsheng.admission.certificates import law_book, panels, permissions, selectors
        from zhunsheng.admission.certificates.services import decided_elsewhere, upkeep
        from zhunsheng.platform.jobs import duties
        from zhunsheng.registry.bodies import measures
        from zhunsheng.registry.opendata import registers

        law_book.book()
        permissions.register()
        panels.register()
        measures.register(decided_elsewhere.carry_out)
        measures.register_teller(selectors.announced_since)
        registers.add(REGISTERS, PUBLIC)
        duties.register("certificates", upkeep.EVERY_SECONDS, upkeep.keep_up)

"""The tables of the bodies' register, by kind."""

from zhunsheng.registry.bodies.importers.accreditations import AccreditationImporter, PeriodImporter
from zhunsheng.registry.bodies.importers.institutions import InstitutionImporter, KeyImporter, SiteImporter
from zhunsheng.registry.bodies.importers.instruments import CalibrationImporter, InstrumentImporter
from zhunsheng.registry.bodies.importers.names import NameImporter
from zhunsheng.registry.bodies.importers.persons import PersonImporter, SignatoryImporter
from zhunsheng.registry.bodies.importers.scope import ScopeImporter
from zhunsheng.registry.catalogue.importing.running import Importer

IMPORTERS: dict[str, type[Importer]] = {
    one.kind: one
    for one in (
        InstitutionImporter,
        NameImporter,
        SiteImporter,
        PersonImporter,
        SignatoryImporter,
        InstrumentImporter,
        CalibrationImporter,
        AccreditationImporter,
        PeriodImporter,
        ScopeImporter,
        KeyImporter,
    )
}
__all__ = ["IMPORTERS"]

"""The tables of the bodies' register, by kind."""

from zhunsheng.registry.bodies.importers.accreditations import AccreditationImporter, PeriodImporter
from zhunsheng.registry.bodies.importers.experts import (
    AssignmentImporter,
    EmploymentImporter,
    EvaluationImporter,
    ExpertImporter,
    MeasureImporter,
    SpecialityImporter,
    TrainingImporter,
)
from zhunsheng.registry.bodies.importers.institutions import InstitutionImporter, KeyImporter, SiteImporter
from zhunsheng.registry.bodies.importers.instruments import CalibrationImporter, InstrumentImporter, MaterialImporter
from zhunsheng.registry.bodies.importers.names import NameImporter
from zhunsheng.registry.bodies.importers.persons import OfficeImporter, PersonImporter, SignatoryImporter
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
        OfficeImporter,
        InstrumentImporter,
        CalibrationImporter,
        MaterialImporter,
        AccreditationImporter,
        PeriodImporter,
        ScopeImporter,
        KeyImporter,
        ExpertImporter,
        SpecialityImporter,
        TrainingImporter,
        EmploymentImporter,
        AssignmentImporter,
        EvaluationImporter,
        MeasureImporter,
    )
}
__all__ = ["IMPORTERS"]

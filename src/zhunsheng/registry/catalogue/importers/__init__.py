"""The tables of the catalogue, in the order in which an empty installation takes them."""

from zhunsheng.registry.catalogue.importers.limits import LimitImporter
from zhunsheng.registry.catalogue.importers.methods import MethodImporter
from zhunsheng.registry.catalogue.importers.standards import EditionImporter, ReplacementImporter, StandardImporter
from zhunsheng.registry.catalogue.importers.vocabulary import ObjectImporter, ParameterImporter, SynonymImporter
from zhunsheng.registry.catalogue.importing.running import Importer

IMPORTERS: dict[str, type[Importer]] = {
    one.kind: one
    for one in (
        StandardImporter,
        EditionImporter,
        ReplacementImporter,
        ObjectImporter,
        ParameterImporter,
        SynonymImporter,
        MethodImporter,
        LimitImporter,
    )
}

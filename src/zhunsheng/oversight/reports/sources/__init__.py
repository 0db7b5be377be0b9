"""Publishers' own formats, read into reports exactly as published. No Django here."""

from .base import DryRun, Source, SourceItem, dry_run
from .registry import SOURCES, UnknownSource, source_for

__all__ = ["SOURCES", "DryRun", "Source", "SourceItem", "UnknownSource", "dry_run", "source_for"]

"""Rows out of the files that schedules come in: XLSX with its merged cells, CSV; streaming, within limits."""

from zhunsheng.registry.schedules.reading.files import Sheet, UnreadableSchedule, open_schedule, read_printed

__all__ = ["Sheet", "UnreadableSchedule", "open_schedule", "read_printed"]

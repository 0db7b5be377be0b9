"""Every write of the lake, and the proof that it agrees with the database."""

from zhunsheng.platform.lake.services.auditing import LakeAudit, LakeDifference, audit
from zhunsheng.platform.lake.services.compacting import compact, tidy
from zhunsheng.platform.lake.services.writing import CHUNK, begin_anew, rebuild, write_pending

__all__ = ["CHUNK", "LakeAudit", "LakeDifference", "audit", "begin_anew", "compact", "rebuild", "tidy", "write_pending"]

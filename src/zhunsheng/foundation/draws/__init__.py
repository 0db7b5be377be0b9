"""Draws that anybody can recompute: frozen frame, seed from a public source, engine, transcript.

Nothing here reads a database, a clock or a network: a transcript alone is enough.
"""

from zhunsheng.foundation.draws import assignments, engines, panels, samples

engines.register("panel", panels.draw, check=panels.blocking)
engines.register("sample", samples.draw, check=samples.blocking)
engines.register("inspectors", assignments.draw, check=assignments.blocking)

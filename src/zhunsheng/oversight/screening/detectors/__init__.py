"""Detectors: each looks at the lake alone and says how each body differs from its peers in one way.

General signs, not known tricks: equal and nearly equal results, too little spread, digits, limits, time and machines.
"""

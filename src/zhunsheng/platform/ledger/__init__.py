"""The public tamper-evident log: append, seal, serve, prove, audit."""

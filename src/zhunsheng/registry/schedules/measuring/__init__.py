"""How well schedules are read: a labelled set made from the patterns of published ones, and the figures over it."""

"""Pure rules of the catalogue: how an edition stands on a day, whether units fit."""

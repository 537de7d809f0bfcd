"""Whether a state fits a plant that may have changed since: named checks, as those of ``model.checks``."""

"""The only place where names meet indices: a plant to arrays (lower), arrays back to names (lift)."""

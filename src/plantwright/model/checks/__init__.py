"""Named checks of a plant. Each reads the whole plant, yields every finding it has, and survives any other fault."""

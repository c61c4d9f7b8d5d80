"""Named entities that no expression finds: person names, postal addresses; by lists, and by reading context."""

"""Named entities that no expression finds: person names, postal addresses."""

"""Named entities that word lists and expressions alone cannot tell: person names."""

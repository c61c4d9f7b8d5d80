"""How fast the package is, measured beside the raw Hyperscan calls that the same text needs."""

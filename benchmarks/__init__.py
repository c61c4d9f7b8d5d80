"""Measured answers: how fast the package is, beside the raw Hyperscan calls that the same text needs."""

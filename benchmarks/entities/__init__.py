"""Trains the layer of named entities that reads context; README.md of the model says from what."""

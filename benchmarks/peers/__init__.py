"""Other detectors, each in an environment of its own, measured beside ours."""

"""How right the catalogue is, measured on labelled data that a run is given the path of."""

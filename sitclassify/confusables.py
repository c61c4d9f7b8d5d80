"""Letters of other scripts that look like Latin ones (the single-letter part of UTS 39 that ids and keys need).

Source: https://www.unicode.org/reports/tr39/ (confusables); only letters whose usual glyphs coincide.
"""

from __future__ import annotations

_ALIKE = {
    # Cyrillic
    "АВЕЅІЈКМНОРСТХУԚԜѴԌ": "ABESIJKMHOPCTXYQWVG",
    "аԁеһіјорԛсѕхуѵԝ": "adehijopqcsxyvw",
    # Greek
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "ABEZHIKMNOPTYX",
    "αιορυνϲϳ": "aiopuvcj",
    # Armenian, Cherokee, Latin extensions
    "ՏՍՕօսոհ": "SUOounh",
    "ᎪᏴᏟᎬᎻᎫᏦᏞᎷᏢᏚᎢᏙᏔᏃᏀ": "ABCEHJKLMPSTVWZG",
    "ıɑɡɩʟ": "iagiL",
}
LATIN: dict[str, str] = {
    alike: letter
    for likes, letters in _ALIKE.items()
    for alike, letter in zip(likes, letters, strict=True)
}

"""What an account may be called, and which names are too alike to be two."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 60

_TWINS: Final = str.maketrans(
    dict(
        zip(
            "аеорсухіјѕԁԛԝһӏ" + "αοερυικνχτ" + "ıłøđ",
            "aeopcyxijsdqwhl" + "aoepuiknxt" + "ilod",
            strict=True,
        )
    )
)
"""Letters of other scripts, and letters with a stroke, that are taken for plain Latin ones."""


def written(name: str) -> str:
    """The name as it is kept and shown: one Unicode form, single blanks; "" for one nobody can read.

    Signs without ink (zero width, control, direction of writing) make a name unreadable: it could look like another.
    """
    text = " ".join(unicodedata.normalize("NFKC", name).split())
    is_readable = all(unicodedata.category(sign)[0] in "LMNPS" or sign == " " for sign in text)
    return text if is_readable and len(text) <= LONGEST and any(sign.isalnum() for sign in text) else ""


def key(name: str) -> str:
    """What two names have in common that only case, Unicode form or look-alike letters tell apart.

    >>> key("ADA") == key("ａｄａ") == key("аdа")
    True
    """
    folded = unicodedata.normalize("NFKC", written(name)).casefold()
    return unicodedata.normalize("NFKC", folded.translate(_TWINS))

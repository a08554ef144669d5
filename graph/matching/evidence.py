"""What addresses, sites and places add to what the names of two bodies say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from graph.matching.comparison import Verdict
from graph.matching.spelling import spelling
from graph.matching.words import folded, head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.matching.described import Described

_SHARED_HOSTS: Final = (
    "facebook",
    "instagram",
    "berlin.de",
    "wordpress",
    "youtube",
    "wikipedia",
    "google",
    "jimdo",
    "blogspot",
)


def confirmed(verdict: Verdict, asking: Described, known: Described) -> Verdict:
    """What addresses, sites and places add to the names."""
    same_site = bool(asking.domain) and asking.domain == known.domain
    same_house = bool(asking.house) and asking.house == known.house
    if verdict.outcome == "same":
        doubts = [] if same_site or same_house else list(_apart(asking, known))
        return Verdict("unsure", verdict.score * 0.9, (*doubts, *verdict.reasons)) if doubts else verdict
    more_words = any(reason.startswith("contained") for reason in verdict.reasons)
    if not verdict.can_be_confirmed or verdict.score < 0.5 or (more_words and _kinds_differ(asking, known)):
        return verdict
    if same_site:
        return Verdict("same", verdict.score, (*verdict.reasons, f"website: {known.domain}"))
    if same_house:
        return Verdict("same", verdict.score, (*verdict.reasons, f"address: {known.body.address}"))
    return verdict


def is_called_the_same(asking: Described, known: Described) -> bool:
    """Whether a name of the one is, letter by letter, a name of the other."""
    names = ({each.unbroken + "".join(each.qualifier) for each in entry.spellings} for entry in (asking, known))
    return not set.isdisjoint(*names)


def _apart(asking: Described, known: Described) -> Iterator[str]:
    """What makes two bodies of one name doubtful."""
    if asking.house and known.house and asking.house != known.house:
        yield f"other address: {asking.body.address} / {known.body.address}"
    if asking.domain and known.domain and asking.domain != known.domain:
        yield f"other website: {asking.domain} / {known.domain}"
    places = [spelling(each.body.place).squash if each.body.place.strip() else "" for each in (asking, known)]
    if all(places) and places[0] not in places[1] and places[1] not in places[0]:
        yield f"other place: {asking.body.place} / {known.body.place}"


def _kinds_differ(asking: Described, known: Described) -> bool:
    """Whether the two call themselves different sorts of bodies: an association, and the café in its house."""
    kinds = [
        {kind for each in entry.spellings for word in each.words if (kind := head(word))}
        | {legal for each in entry.spellings if (legal := each.legal or entry.legal)}
        for entry in (asking, known)
    ]
    return bool(kinds[0] and kinds[1] and kinds[0] != kinds[1])


def house(address: str) -> str:
    """Street and number, "" if one of them is missing."""
    plain = re.sub(r"\b\d{5}\b.*", "", folded(address))
    found = re.search(r"([^\W\d][^\d,;]*?)\s*(\d{1,4}\s?[a-z]?)\b", plain)
    if not found:
        return ""
    street = re.sub(r"str(?:asse)?\b\.?", "strasse", found[1])
    return re.sub(r"\W", "", street) + found[2].replace(" ", "")


def domain(website: str) -> str:
    """The host of a site, "" for hosts that many share."""
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:  # "http://[" is no address
        return ""
    host = host.removeprefix("www.")
    return "" if any(shared in host for shared in _SHARED_HOSTS) else host

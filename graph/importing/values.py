"""What the texts of cells look like: days, money, addresses, marks, names of bodies, personal data."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graph.importing.blanks import SIGN

if TYPE_CHECKING:
    from graph.importing.grids import Cell

_MONTH: Final = r"(?:jan|feb|mär|maer|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?"
_WHEN: Final = (
    rf"(?:\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTH})\s?\d{{0,4}}|\d{{4}}-\d\d(?:-\d\d)?|\d{{1,2}}[./]\d{{4}}"
    rf"|{_MONTH}\s?'?\d{{2,4}}|(?:19|20)\d\d|[IV]{{1,3}}\s?[/.]\s?\d{{4}}"
    r"|(?:q[1-4]|frühjahr|frühling|sommer|herbst|winter|anfang|mitte|ende|[1-4]\. quartal)\W*\d{4})"
)
DATE: Final = re.compile(rf"(?i)\s*{_WHEN}\s*(?:\(.*\))?")
PERIOD: Final = re.compile(
    r"(?i)\s*(?:(?:von|seit|ab|bis|ca\.?|vsl\.?|voraussichtlich|vom|im)\s+)*"
    rf"{_WHEN}\s*(?:(?:-|–|—|bis|/|und|,|;|\+|zum)\s*(?:zum |ca\.? |vsl\.? |einschl\. )?"
    rf"(?:{_WHEN}|heute|laufend|\d\d(?!\d)|offen|dauerhaft)?\s*)*(?:ff?\.?|laufend|fortlaufend)?\s*(?:\(.*\))?"
    r"|\s*(?:laufend|fortlaufend|dauerhaft|unbefristet|jährlich)\s*"
)
AMOUNT: Final = re.compile(
    r"(?i)\s*(?:ca\.?|rd\.?|rund|etwa|max\.?|bis(?: zu)?|mind\.?|je|insg\.?|insgesamt|über|~|≈|<|>)?\s*(?:€|EUR|\$)?\s*"
    r"-?\d{1,3}(?:[. '\u2019]?\d{3})*(?:,(?:\d{1,2}|-+|–))?\s*"
    r"(?:T€|T ?EUR|T|Tsd\.?|Mio\.?|Millionen|k)?\s*(?:€|EUR|Euro|,-|\$|USD)?\s*"
    r"(?:\(.*\)|p\. ?a\.?|/ ?jahr|jährlich|brutto|netto)?\s*"
)
TIMED: Final = re.compile(
    rf"(?i)\b(?:19|20)\d\d\b|\b\d{{1,2}}[./]\d{{2,4}}\b|\b{_MONTH}\s?'?\d\d|\bseit\b|laufend|dauerhaft|unbefristet|fristig|jährlich"
)
"""Something in a text that says when."""

TIME_WORD: Final = re.compile(
    rf"(?i)\s*(?:{_MONTH}|(?:mo|di|mi|do|fr|sa|so)(?:\.|\w*tag|ttwoch)?|mittwoch|\d?\d?\.?\s?kw\s?\d*|q[1-4]|"
    r"[1-4]\. ?quartal|"
    r"[12]\. ?halbjahr|täglich|wöchentlich|monatlich)\s*(?:(?:19|20)?\d\d)?\s*"
)
"""A month, a weekday, a quarter: over crosses, it says when."""
_DAY: Final = r"(?:(?:mo|di|mi|do|fr|sa|so)(?:\.|\w*tag\w?|ttwochs?)?|mittwochs?)"
RECURRING: Final = re.compile(
    rf"(?i)\s*(?:(?:jede[nrs]?|alle|immer|erste[rn]?|letzte[rn]?|[1-4]\.|\d|zwei|drei|vier|sechs)\s+)*"
    rf"(?:{_DAY}|tage?|wochen?|monate?|jahre?|werktags|wochenende|täglich|wöchentlich|14-?tägig|monatlich|halbjährlich|"
    rf"nach bedarf|nach vereinbarung)(?:\s*(?:[-–/,&+]|und|bis|im monat)\s*{_DAY})*(?:\s+im monat)?\s*"
)
"""How often, on which days: "Di", "Mi und Do", "alle 6 Wochen", "jeden ersten Montag im Monat"."""
CLOCK: Final = re.compile(
    r"(?i)\s*(?:(?:ab|von|bis|um|ca\.?|jeweils)\s+)*(?=.*(?:\d:\d|\d\s?(?:uhr|h)\b))\d{1,2}(?:[:.]\d\d)?\s*(?:uhr|h)?"
    r"(?:\s*(?:-|–|bis|und|/)\s*\d{1,2}(?:[:.]\d\d)?)*\s*(?:uhr|h)?\s*"
)
"""Hours of a day: "9:30-11:00", "ab 18 Uhr"."""
ROOM: Final = re.compile(
    r"(?i)(?:(?:im|in der|in den|auf dem)\s+)?(?:großer |kleiner |großen |kleinen )?(?:\w*(?:raum|räumen?|saal|zimmer)|"
    r"café|"
    r"cafeteria|küche|lehrküche|büro|foyer|keller|aula|mensa|turnhalle|sporthalle|garten|hof|innenhof|schulhof|werkstatt|"
    r"bühne|außengelände|draußen|überall|online|zoom|digital|hybrid|videokonferenz|telefonisch|vor ort|diverse orte|"
    r"verschiedene orte|wechselnd(?:e orte)?)(?:[\s,]+(?:nr\. ?)?(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+|EG|UG|(?:\d\. ?)?OG))*"
)
"""A room in a house, or none: where something is, but neither a body nor a place on a map."""
TITLES: Final = re.compile(r"\)\s*[,/&+]\s+\S|;\s*\S|\)\s*\n\s*\S")
"""Where one title ends and the next begins: behind a remark in brackets, or at a semicolon."""
YEAR: Final = re.compile(r"\s*(?:19|20)\d\d\s*")
URL: Final = re.compile(
    r"(?i)\s*(?:https?://|www\.)\S+"
    r"|\s*[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:de|org|net|com|eu|info|berlin|hamburg|example)(?:/\S*)?\s*$"
)
MAIL: Final = re.compile(r"(?i)[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
PHONE: Final = re.compile(
    r"(?i)(?<!\d)(?:tel\.?|fon|fax|mobil)?[.:\s]*(?:\+\d{2}|\(?0\d{1,5})\)?[\s/–()-]*\d[\d\s/–-]{4,}\d"
)
POSTCODE: Final = re.compile(r"\d{5}")
STREET: Final = re.compile(
    r"(?i).*(?:str(?:aße|asse|\.)|platz|weg|allee|damm|ufer|ring|gasse|chaussee|steig|promenade|zeile|hof|twiete|siel|"
    r"reihe|deich)\.?\s*\d+\s?[a-z]?\b.*|.*\b\d{5}\s+[A-ZÄÖÜ].*"
)
PAYER: Final = re.compile(
    r"\s*(?!(?:[Cc]a|[Rr]d|[Mm]ax|[Bb]is|[Ee]twa|[Ii]nsg|[Gg]esamt|[Jj]e|[Rr]und|[Mm]ind|[Dd]avon|[Ss]umme|[Jj]ährl)\w*\b)"
    r"[A-ZÄÖÜ][\w.& -]*[a-zA-ZäöüßÄÖÜ]{2}[^\d\n]*\d[\d.,' -]*\s*(?:T?€|T?EUR|Euro|Tsd|Mio)"
    r"|\s*(?!(?:[Cc]a|[Gg]esamt|[Ii]nsg|[Ss]umme|[Mm]ax)\w*\b)[A-ZÄÖÜ][\w.& -]{2,}(?:19|20)\d\d\s*:\s*\d[\d.,]*"
    r"\s*(?:T?€|EUR|Euro)"
)
"""A name with an amount behind it: "Soziale Stadt: 24.000 €", "Stadt 2021: 900 €"."""
CODE: Final = re.compile(r"[A-Za-zÄÖÜ]{0,5}[-_./ ]?\d+(?:[-_./]?[\dA-Za-z]+)*\.?")
PERSON: Final = re.compile(r"(?:(?:Frau|Herrn?|Fr\.|Hr\.|Dr\.|Prof\.)\s+)+(?:[A-ZÄÖÜ][\w.-]*\s?){1,3}")
_STANDS_FOR: Final = re.compile(r"[^()]*[^\W\d_][^()]*\(([^()\d@]*\w[^()@]*)\)")
_FUNCTION: Final = re.compile(
    r"(?i)vorsitz|leit(?:ung|er)|sprecher|vertret|stellv|lehrer|rektor|beauftragt|koordinat|mitarbeiter|ehrenamt|anwohn|"
    r"bewohn|mieterin|mieter$|^eltern|student|referent|künstler|kontakt|ansprech|protokoll|moderation|gast\b"
)
"""What people are, in brackets behind their names."""
NETWORK: Final = re.compile(
    r"(?i)netzwerk|runder tisch|beirat|konferenz|\bA[GK]\b|arbeitskreis|arbeitsgruppe|bündnis|verbund|quartiersrat|"
    r"jury|(?<=\w)runde\b|forum|gremium|plenum|vernetzung|(?<=[^\W\d]{4})netz\b|(?:prävention|migration|stadtteil|kiez)s?rat\b|"
    r"(?:begleit|spur|steuer|fach|kern|planungs|koordinations)gruppe\b|(?<!mittags)tisch\b|kommission|ausschuss|lenkungs|steuerungs|"
    r"(?<!freundes)(?<!förder)(?<!land)(?<!kirchen)kreis\b|round table|steering|working group|network|committee"
)
_MONEY: Final = re.compile(r"(?i)€|\bEUR|Euro|\bT€|\bTsd|\bMio|\$|,-|\d\.\d{3}\b|\d,\d\d$")
_NAME: Final = r"[A-ZÄÖÜ][a-zäöüßéèçşğı]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
_PERSON_LIKE: Final = re.compile(rf"{_NAME},? (?:(?:von|van|de|zu|el|al|bin) )?{_NAME}")
_MARKS_WORDS: Final = """
    x xx xxx € ✓ ✔ ✗ ✘ ☑ ☒ • ● ■ ◆ ▪ o ○ √ + ++ +++ * ja j y 1
"""
_MARKS: Final = frozenset(_MARKS_WORDS.split())
_ROLE_MARKS: Final = re.compile(r"(?:T|TR|P|K|KP|KOOP|F|M|V|A|O|Z|L|B)")
_BODY: Final = re.compile(
    r"(?i)\be\. ?v\b|gGmbH|\bGmbH\b|\bUG\b|\beG\b|\bKdöR\b|\bAG\b|\bGbR\b|"
    r"\b(?:kita|kindertagesstätte|kinderladen|grundschule|gemeinschaftsschule|schule|gymnasium|familienzentrum|jugendclub|"
    r"jugendzentrum|nachbarschaftsheim|stadtteilbüro|bürgerhaus|stiftung|verein|förderverein|bezirksamt|jugendamt|amt|"
    r"moschee|gemeinde|quartiersmanagement|qm|awo|caritas|diakonie|drk|vhs|volkshochschule|bibliothek|initiative|"
    r"werkstatt|haus|büro|verband)\b\s*\S|"
    r"\b(?-i:FB|Fachbereich|Fachdienst|Fachamt|Abteilung|Abt\.|Referat|Dezernat|Amt für)\s+(?-i:[A-ZÄÖÜ])|"
    r"\w+(?:verein|schule|stiftung|gemeinde|amt|verband|werk|zentrum|bibliothek|initiative|genossenschaft|treff|heim|büro|"
    r"haus|senat|jobcenter|gesellschaft)\b|"
    r"\b(?:council|trust|charity|(?:community|youth|family|health|arts) (?:centre|center)|(?:primary|high) school|"
    r"academy|library|association|society|foundation|church|mosque|university|college|ltd|CIC|CIO)\b"
)
_WORDS: Final = 7
"""Words of a name at most; a sentence has more."""
_FEWEST, _MOST = 7, 15
"""Digits of a telephone number."""
_LONGEST: Final = 150
"""Letters of a text that are looked at: no value is longer."""


def is_mark(text: str) -> bool:
    """Whether a text only says yes ("x", "✓", "•") or gives a role by its letter ("T", "K")."""
    bare = text.strip(" ()")
    return bare.casefold() in _MARKS or bool(_ROLE_MARKS.fullmatch(bare) or SIGN.fullmatch(bare))


def looks_typed(cell: Cell) -> bool:
    """Whether a cell holds a value that no heading has: a day, a number, an address in the net, a telephone."""
    if isinstance(cell.value, dt.date):
        return True
    return _reads_typed(cell.text[:_LONGEST], is_number=cell.value is not None)


@lru_cache(maxsize=65_536)
def _reads_typed(text: str, *, is_number: bool) -> bool:
    if is_number or text.replace(".", "").replace(",", "").isdigit():
        return not re.fullmatch(r"(?:19|20)\d\d|\d{1,2}", text)
    if len(text) > 4 and (DATE.fullmatch(text) or (AMOUNT.fullmatch(text) and any(map(str.isdigit, text)))):
        return True
    return bool(URL.match(text) or MAIL.search(text) or PHONE.fullmatch(text) or CLOCK.fullmatch(text))


def is_value(text: str) -> bool:
    """Whether a text is a day, a period, an amount or a number, and so no name of anybody."""
    bare = text[:_LONGEST].strip()
    if not any(map(str.isdigit, bare)):
        return False
    bare = re.sub(r"^(?:19|20)\d\d\s*:\s*", "", bare)
    return bool(bare.rstrip(".").isdigit() or PERIOD.fullmatch(bare) or DATE.fullmatch(bare) or AMOUNT.fullmatch(bare))


def looks_like_money(text: str) -> bool:
    """Whether a text is an amount of money, or a number that may be one."""
    return (
        bool(AMOUNT.fullmatch(text))
        and not YEAR.fullmatch(text)
        and (bool(_MONEY.search(text)) or len(re.sub(r"\D", "", text)) >= 3)
    )


def is_priced(text: str) -> bool:
    """Whether a text is an amount that shows it is money: by a currency, cents or dots between thousands."""
    return bool(AMOUNT.fullmatch(text) and _MONEY.search(text))


def looks_paid(text: str) -> bool:
    """Whether a text holds an amount: a number alone that may be one, or one with a currency."""
    return bool(AMOUNT.fullmatch(text) or re.search(r"€|\bT?EUR\b|\bEuro\b", text))


def looks_like_body(text: str) -> bool:
    """Whether a text reads like the name of an organisation: a legal form, "Kita …", "… verein"."""
    return len(text) < 120 and bool(_BODY.search(text))


def lists_bodies(text: str) -> bool:
    """Whether a text reads like one or several names of bodies and nothing else."""
    return looks_like_body(text) and may_name(text)


def may_name(text: str) -> bool:
    """Whether a text can be one or several names: short pieces that begin with capitals, and no value."""
    pieces = [piece for piece in re.split(r"\s*[,;/\n|]\s*|\s+und\s+", text.strip()) if piece]
    return all(len(piece.split()) <= _WORDS and piece[0].isupper() for piece in pieces) and not is_value(text)


def looks_like_person(text: str) -> bool:
    """Whether a text reads like the name of a person: "Frau Dr. Muster", "Erika Muster"."""
    return bool(PERSON.match(text)) or (bool(_PERSON_LIKE.fullmatch(text.strip())) and not looks_like_body(text))


def body_behind(text: str) -> str:
    """The body in brackets behind the name of a person ("Frau Muster (AWO Nord)"); "" if there is none."""
    found = _STANDS_FOR.fullmatch(text.strip())
    if not found or not PERSON.match(text.strip()) or _FUNCTION.search(found[1]):
        return ""
    return found[1] if found[1][0].isupper() or looks_like_body(found[1]) else ""


def is_personal(text: str) -> bool:
    """Whether a text holds what only a person has: a mail address, a telephone number, "Frau …"."""
    return bool(MAIL.search(text) or PHONE.search(text) or PERSON.search(text))


def way_to_reach(text: str) -> str:
    """The first mail address or telephone number in a text, as it stands there; "" for none.

    Names are not looked for: they cannot be told from those of schools and squares.
    """
    found = MAIL.search(text)
    if not found and _digits(text) >= _FEWEST:
        found = next((one for one in PHONE.finditer(text) if _is_number(one[0])), None)
    return found[0].strip() if found else ""


def _is_number(text: str) -> bool:
    """Whether it can be a telephone number and no row of years, of amounts, or a postcode."""
    return _FEWEST <= _digits(text) <= _MOST


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))

"""Headings that ask ("Wer macht mit?") or speak English or the language of databases ("lead_org"): what they mean."""

# ruff: noqa: E501  # a row of a table is one line, to be read as a table

from __future__ import annotations

import re
from typing import Final

_ASKS: Final = re.compile(
    r"(?:what|who|wer|was|wie|wo|woher|wem|mit wem|(?:mit|in|an|bei) welche\w*|welche\w*|ihr|ihre|name ihrer|name des)\b"
)
_WITH: Final = re.compile(
    r"^(?:in|im|unter|gemeinsam|zusammen|abgestimmt|abstimmung|verbund|mit|with)\b.*\b(?:mit|von|durch|with|by|from|of)$"
)
_TOGETHER: Final = r"zusammen|kooper|partner|vernetz"
_ALONG: Final = re.compile(r"mit (?:am|an|auf|im|in|von der)\b")
"""Who goes along, in a picture: "mit im Boot", "mit von der Partie"."""
_OWN: Final = re.compile(r"\beigene[rns]?\b|\bselbst\b")
_DONE: Final = re.compile(r"projekt|angebot|massnahme|vorhaben|aktion")
"""What bodies do by themselves: "Angebote in eigener Regie"."""
_QUESTIONS: Final = (
    (rf"(?:gern|wuerde|wuensch|moecht|kuenftig|mehr).*(?:{_TOGETHER})", {"actor": "actor.note", "project": "project.note"}),
    (rf"(?:wem|welche\w*|wer)\b.*(?:{_TOGETHER})", {"actor": "link:tie", "project": "link:partner"}),
    (r"(?:gremi|netzwerk|arbeitskreis|runde).*(?:wirk|arbeite|mitglied|beteil|aktiv|vertret|teil|dabei|sitz|mitarbeit)", {"actor": "link:mitglied_von"}),
    (r"(?:projekt|massnahme|vorhaben).*(?:beteil|wirk|dabei|partner|mitmach|macht)", {"actor": "link:in"}),
    (r"^ihr name|wer (?:fuellt|antwort)|wer ist ansprech|^ihre (?:e ?mail|telefon|kontakt)", {"actor": "contact.name", "project": "contact.name"}),
    (r"name.*(?:einricht|organis|verein|instit|traeger)|welche (?:einrichtung|organisation)|^ihre (?:einrichtung|organisation)",
     {"actor": "actor.name"}),
    (r"(?:koenn|biet|stell).*(?:biet|verfueg|geben)|^was biet", {"actor": "actor.offers"}),
    (r"\b(?:such|fehlt|brauch|benoetig)", {"actor": "actor.seeks"}),
    (r"\bwer\b.*(?:antrag|beantragt|bekommen|erhalten|bekam|erhielt)", {"project": "link:traeger"}),
    (r"\bwer\b.*(?:zahl|finanz|foerder|geld|spons)|woher(?:.*geld|$)", {"project": "link:foerderer", "event": "link:foerderer"}),
    (r"\bwer\b.*(?:\bmit\b|kommt|dabei|wirk|hilf|unterstuetz|sitzt|sonst|noch|teil)",
     {"project": "link:partner", "network": "link:mitglied", "event": "link:teilnahme"}),
    (r"\bwer\b.*(?:organis|leit|verantwort|fuehr|traeg|macht|kuemmer|federf)",
     {"project": "link:traeger", "event": "link:veranstalter"}),
    (r"^who (?:leads|runs|is responsible|is in charge|delivers|does)", {"project": "link:traeger"}),
    (r"^who (?:pays|funds)", {"project": "link:foerderer"}),
    (r"^who (?:else|helps|supports|is involved|takes part)", {"project": "link:partner"}),
    (r"^what (?:we|is|are|was|will|happens|happened)", {"project": "project.name"}),
    (r"^was (?:laeuft|gibt|passiert|wird|wurde|wurden|ist|war|haben|machen|lief|macht)", {"project": "project.name"}),
)  # fmt: skip
"""What questions have in them, the surest first, and what they ask for by the kind of the rows."""

_FOREIGN: Final = {
    "name": "gegenstand der foerderung|foerdergegenstand|foerderzweck|verwendungszweck|project title|project name|activity|initiative|measure|title",
    "link:traeger": "vertragspartner|vertragsnehmer|auftragnehmer|leistungserbringer|leistungsanbieter|leistungstraeger|foerderwerber|projektwerber|foerdernehmer|zuschussnehmer|zuwendungsnehmer|empfaenger|foerderempfaenger|zuschussempfaenger|lead partner|lead organisation|lead organization|lead org|lead|lead agency|applicant|beneficiary|grantee|"
    "coordinator|responsible organisation|implemented by|implementing organisation|implementing partner|owner org|owner",
    "link:partner": "mitmacher|mitmachende|mitstreiter|mitwirkende einrichtungen|helfer|unterstuetzer|partners|project partners|partner orgs|partner organisations|partner organizations|other partners|"
    "cooperation partners|in cooperation with|working with|delivered with|together with|supported by|participants|stakeholders|partner names",
    "link:foerderer": "quelle der mittel|herkunft der mittel|foerderquelle|finanzierungsquelle|geldquelle|mittelherkunft|foerderstelle|zuschuss von|zuschuss durch|foerderung durch|sponsoren|sponsor|mittel von|geld aus|funder|funders|funding source|funding sources|funded by|donor|donors|funder orgs|grant provider|financed by",
    "link:": "org|orgs|organisation|organization",
    "link:ort": "venue|host|hosted by|host organisation",
    "amount": "budget|total budget|grant amount|amount|costs|total cost|total costs|budget eur|funding amount|grant",
    "fund": "funding programme|funding program|grant programme|fund|programme",
    "period": "duration|project period|runtime|term|years|timeline|time frame|timeframe|schedule|when|dates",
    "start": "start date|from|begin|start|starts|since",
    "end": "end date|to|until|ends",
    "target_groups": "target group|target groups|audience",
    "handlungsfelder": "field of action|theme|themes|topic area",
    "places": "location|site|place",
    "status": "status|state|phase",
    "description": "description|summary|abstract",
    "note": "comment|comments|notes|remarks|updated at|created at|modified",
}
_OF_BODIES: Final = {
    "name": "org|organisation|organization|organisation name|org name|name of organisation|institution|stakeholder|body",
    "short_name": "acronym|abbreviation|short name",
    "other_names": "also known as|aka|former name|alias",
    "kind": "type of organisation|type of organization|organisation type|org type|category",
    "address": "address|street address",
    "website": "website|web|homepage|url",
    "link:mitglied_von": "mitglied bei|mitglied von|mitglied in|sitzt in|vertreten in|vertreten bei|member of|memberships|networks|network membership|working groups",
    "link:tie": "works with|cooperates with|partners|cooperation partners",
    "link:in": "projects|involved in|takes part in|participates in",
    "link:traeger_von": "leads|lead of|runs",
    "offers": "offers|resources",
    "seeks": "needs|seeks",
}  # fmt: skip
_OF_LINKS: Final = {
    "involvement": {"actor": "org|organisation|organization|org name|partner|institution", "project_or_event": "project name|project title|project", "role": "role|type of involvement"},
    "membership": {"member": "org|member|organisation|organization|org name|member name|institution", "network": "network|network name|group|working group|body name", "role": "role"},
}  # fmt: skip


def asked(heading: str) -> tuple[tuple[str, str], ...]:
    """What a question asks for, as kind and meaning; nothing if it is none.

    Args:
        heading: as `graph.importing.headings.normal` writes it.
    """
    if _ALONG.match(heading):
        return (("project", "link:partner"), ("event", "link:partner"))
    if _OWN.search(heading) and _DONE.search(heading):
        return (("actor", "link:traeger_von"),)
    if not _ASKS.match(heading) and " ihr" not in heading:
        return _accompanied(heading)
    return next((tuple(meanings.items()) for pattern, meanings in _QUESTIONS if re.search(pattern, heading)), ())


def names_giver(heading: str) -> bool:
    """Whether a heading asks by whom something was given or done, whatever it is: "Sachleistungen von"."""
    return re.search(r"^(?!zeit|datum|dauer|lauf|stand|frei)\w{4}.* (?:von|durch|by|from)$", heading) is not None


def _accompanied(heading: str) -> tuple[tuple[str, str], ...]:
    """What a heading that ends in "mit" or "von" asks for: "in Abstimmung mit", "mit Mitteln von"."""
    if re.search(r"^[a-z]{4,}\w* (?:mit|with)$", heading):
        return (("project", "link:partner"), ("event", "link:partner"))
    if not _WITH.search(heading):
        return ()
    return (("project", "link:foerderer" if tells_money(heading) else "link:partner"),)


def tells_money(heading: str) -> bool:
    """Whether a heading speaks of money: "mit Mitteln von", "Match funding from"."""
    return re.search("mittel|geld|foerder|finanz|fund(?:s|ed|ing)|grant|spende|zuschuss", heading) is not None


def foreign(kind: str) -> list[tuple[str, tuple[str, ...]]]:
    """English headings of tables of a kind, by meaning."""
    own = {"project": _FOREIGN, "event": _FOREIGN, "actor": _OF_BODIES}.get(kind, _OF_LINKS.get(kind, {}))
    return [(_meaning(kind, name), tuple(words.split("|"))) for name, words in own.items()]


def _meaning(kind: str, name: str) -> str:
    if name.startswith("link:"):
        return name
    return f"project.{name}" if name in ("amount", "fund") else f"{kind}.{name}"

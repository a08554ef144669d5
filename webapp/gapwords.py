"""What the lists of missing partnerships, their voices and the methods of the backtest are called."""

from __future__ import annotations

from flask_babel import lazy_gettext

TITLES = {
    "table": lazy_gettext("Wer fehlt am Tisch?"),
    "coverage": lazy_gettext("Welche Lücke hat das Quartier?"),
    "introduce": lazy_gettext("Wer sollte wen kennenlernen?"),
    "renew": lazy_gettext("Wieder aufnehmen"),
    "thread": lazy_gettext("Einzelfaden"),
    "handover": lazy_gettext("Netz ohne QM"),
    "double": lazy_gettext("Doppelstruktur"),
}
LEADS = {
    "table": lazy_gettext("Akteure, die zu einem laufenden Projekt passen und dort noch nicht dabei sind."),
    "coverage": lazy_gettext("Wo das IHEK einen Bedarf nennt und niemand daran arbeitet."),
    "introduce": lazy_gettext("Paare, die etwas gemeinsam haben, aber noch nichts gemeinsam machen."),
    "renew": lazy_gettext("Frühere Partner, beide noch da, aber seit vier Jahren ohne etwas Gemeinsames."),
    "thread": lazy_gettext("Wer oder was nur über eine einzige Verbindung oder einen einzigen Akteur Anschluss hat."),
    "handover": lazy_gettext("Welche Verbindungen und Felder enden, wenn das QM geht, und was sie halten könnte."),
    "double": lazy_gettext("Gremien und Netzwerke mit fast denselben Mitgliedern und demselben Thema."),
}
STRENGTHS = {"stark": lazy_gettext("stark"), "mittel": lazy_gettext("mittel"), "schwach": lazy_gettext("schwach")}
ORDERS = {"obvious": lazy_gettext("naheliegend"), "useful": lazy_gettext("nützlich")}
VOICES = {
    "theme": lazy_gettext("Thema"),
    "nearness": lazy_gettext("Nähe"),
    "partners": lazy_gettext("gemeinsame Partner"),
    "meetings": lazy_gettext("Begegnungen"),
    "readiness": lazy_gettext("bereit (wie viel jemand gerade macht)"),
}
STEPS = {
    "gar-nicht": lazy_gettext("gar nicht"),
    "weniger": lazy_gettext("weniger"),
    "normal": lazy_gettext("normal"),
    "mehr": lazy_gettext("mehr"),
}
METHODS = {
    "pankenetz": lazy_gettext("Pankenetz"),
    "team_weights": lazy_gettext("Pankenetz mit Ihren Gewichten"),
    "random": lazy_gettext("Zufall"),
    "popularity": lazy_gettext("die mit den meisten Projekten"),
    "preferential_attachment": lazy_gettext("die mit den meisten Partnern"),
    "common_neighbours": lazy_gettext("gemeinsame Partner, gezählt"),
    "adamic_adar": lazy_gettext("gemeinsame Partner, nach Adamic und Adar"),
    "resource_allocation": lazy_gettext("gemeinsame Partner, nach Zhou"),
    "jaccard": lazy_gettext("gemeinsame Partner, nach Jaccard"),
    "katz": lazy_gettext("Wege im Netz, nach Katz"),
    "partners_of_traeger": lazy_gettext("Partner des Trägers"),
    "same_field": lazy_gettext("dasselbe Handlungsfeld"),
    "text": lazy_gettext("ähnlicher Projekttext"),
}

"""The headings of many offices, each with what it means: `heading > meaning`, the kind left out where it is the table's.

Towns, words and orders differ on purpose; nobody tuned the program to them one by one.
"""

# ruff: noqa: E501  # a row of a table is one line, to be read as a table

from __future__ import annotations

OFFICES = {
    "Kassel": ("project", """
        Vorhaben > name | Zuwendungsempfänger:in > link:traeger | weitere Akteur:innen > link:partner | Bewilligungszeitraum > period | bewilligte Mittel > amount
        Grüne Höfe | Umwelthaus e.V. | Wohnbau, BUND | 01.05.21-31.12.22 | 10.000,00 €
        Lernwerkstatt | Schlachthof | Uni Kassel | 2021/22 | 5.000 €
    """),
    "Nürnberg": ("project", """
        Handlungsfeld > handlungsfelder | Ziel > description | Maßnahme > name | Zuständigkeit > link:traeger | Beteiligte > link:partner | Zeithorizont > period | Finanzierung > fund
        Bildung | mehr Chancen | Lernstube | Jugendamt | Kita A, Kita B | kurzfristig | Städtebauförderung
        Umwelt | mehr Grün | Gemeinschaftsgarten | Bluepingu e.V. | Anwohner | 2022 | Spenden
    """),
    "Rostock": ("project", """
        lfd. Nr. > ignore | Projektträger > link:traeger | Projekttitel > name | Kooperationspartner 1 > link:partner | Kooperationspartner 2 > link:partner | Beginn > start | Ende > end | Fördertopf > fund | Zuschuss in T€ > amount
        1 | AWO | Chor | Kita Sonne | | 01.01.2020 | 31.12.2021 | Verfügungsfonds | 4,5
        2 | SV Ost | Boxen | Polizei | Schule | 01.03.2021 | | ESF | 12
        3 | VHS | Nähen | | | 2022 | 2022 | ESF | 3
    """),
    "Gera": ("project", """
        Bezeichnung der Maßnahme > name | federführend > link:traeger | in Zusammenarbeit mit > link:partner | Umsetzungszeitraum > period | Gesamtkosten > note | davon Fördermittel > note | Bewilligungssumme > amount
        Chor | Kirche | Schule | 2020 | 9.000 € | 8.000 € | 7.000 €
    """),
    "Trier": ("project", """
        Was? > name | Wer? > link:traeger | Mit wem? > link:partner | Wann? > period | Wo? > places | Für wen? > target_groups
        Hofgarten | Bürgerverein | Kita Sonne | Herbst 2023 | Hof | Familien
    """),
    "Kiel": ("actor", """
        Name der Einrichtung > name | Träger > parent | Anschrift > street | PLZ > postcode | Ort > ignore | Ansprechpartner*in > contact.name | Tel. > contact.telephone | E-Mail > contact.email | Homepage > website | Angebote > offers
        Kita Sonne | AWO | Weg 1 | 24103 | Kiel | Frau Muster | 0431 55555 | a@b.example | www.sonne.example | Betreuung
        Jugendtreff | Stadt | Weg 2 | 24103 | Kiel | Herr Probe | 0431 66666 | c@b.example | | Werkstatt
        Elternladen | DRK | Weg 3 | 24103 | Kiel | Frau Test | 0431 77777 | d@b.example | | Beratung
    """),
    "Köln": ("actor", """
        Institution > name | Was wir anbieten > offers | Was wir suchen > seeks | Zielgruppe > target_groups | Kooperiert mit > link:tie | Mitglied in > link:mitglied_von | Projekte > link:in
        Jugendladen | Räume | Ehrenamtliche | Jugendliche | Kita Grembox; OT Vingst | AK Jugend | Boxen
        Kita Grembox | Elterncafé | Sprachmittler | Familien | Jugendladen | AK Kita | Chor
    """),
    "Jena": ("network", """
        Netzwerk/Gremium > name | Federführung > note | Mitglieder > link:mitglied | Aufgaben > description
        Bildungsbündnis | Stadt | Kita Sonne, VHS | Übergänge
        Runder Tisch Wohnen | Mieterbund | Wohnbau; AWO | Mieten
    """),
    "Ulm": ("event", """
        Datum > start | Veranstaltung > name | Ort > place | Veranstalter > link:veranstalter | Teilnehmende Einrichtungen > link:teilnahme
        12.03.2022 | Stadtteilkonferenz | Bürgerhaus | QM Ost | Kita Sonne, SV Ost
        05.06.2022 | Sommerfest | Hof | Bürgerverein | alle
    """),
    "Suhl": ("event", """
        Tag > start | Was > name | Wo > place | Wer lädt ein > link:veranstalter | Wer ist dabei > link:teilnahme
        12.3.2023 | Stadtteilrunde | Bürgerhaus | QM | Kita Sonne, VHS
    """),
    "Fürth": ("involvement", """
        Akteur > actor | Projekt > project_or_event | Rolle > role | Bemerkung > note
        Kita Sonne | Lesezelt | Partner | neu
        Verein Nord | Lesezelt | Träger |
    """),
    "Celle": ("funding", """
        Projekt > project | Mittelgeber > payer | Summe > amount | Jahr > period
        Chor | Land | 100 € | 2020
        Chor | Stadt | 50 € | 2021
    """),
    "Emden": ("tie", """
        Einrichtung A > from_actor | Einrichtung B > to_actor | Art der Zusammenarbeit > kind | seit > start
        Kita Sonne | Schule Ost | Übergang | 2018
    """),
    "Hof": ("programme", """
        Förderprogramm > name | Mittelgeber > provider | Laufzeit > period
        Verfügungsfonds | Stadt | 2020-2024
    """),
    "Worms": ("place", """
        Ort > name | Adresse > street | Art > kind | An der Panke > along_panke
        Alte Schmiede | Weg 1 | Kulturort | ja
        Stadtplatz | Am Markt | Platz | nein
    """),
    "Leoben": ("project", """
        Was? > name | Unterstützt durch > link:foerderer | Partnereinrichtungen > link:partner | Kategorie > note | Ausführender Träger > link:traeger | Umsetzungszeitraum > period | Sitz > note
        Hallo Nachbar | Lions Club Leoben | AWO Ortsverein | Umfeld | Jugendzentrum Ost | 2018-2019 | Rathausgasse 64
        Sprache im Hof | Rotary Club Leoben | Haus Kunterbunt | Kultur | Bürgerverein Ost | ab 2014 | Am Anger 24
    """),
    "Frauenfeld": ("involvement", """
        Vorhabenbezeichnung > project_or_event | Institution / Verein > actor | Beteiligung als > role
        Mitmischen | Bürgerverein Ost | Antragsteller
        Mitmischen | Haus Kunterbunt | Projektpartner
    """),
    "in English": ("project", """
        Project > name | Lead partner > link:traeger | Partners > link:partner | Start date > start | End date > end | Budget (EUR) > amount
        Reading tent | Library East | Kita Sun | 2020-01-01 | 2021-12-31 | 12000
    """),
}  # fmt: skip

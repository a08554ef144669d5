"""`pankenetz check`: what the shapes say about everything, as sentences, as JSON or as a SHACL report."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graph.answers import short
from graph.cli import output
from graph.cli.frame import Command, Settings, format_option, note
from graph.cli.words import language, said

if TYPE_CHECKING:
    from graph.checks import Finding


@click.command(
    "check",
    cls=Command,
    help="Prüft alle Einträge gegen die Regeln der Ontologie. Endet mit 1, wenn etwas falsch ist.",
    epilog="pankenetz check --format json",
)
@format_option("text", "json", "ttl")
@click.pass_context
def check(context: click.Context, format_: str) -> None:
    """SHACL findings; exit status 1 if one is a violation."""
    from graph.checks import findings

    if sys.stderr.isatty():
        note(said("Alle Einträge werden geprüft …"))
    with context.ensure_object(Settings).store() as store:
        found, base_iri = findings(store), store.base_iri
    violations = sum(one.severity == "violation" for one in found)
    if format_ == "json":
        output.write_json([asdict(one) for one in found])
    elif format_ == "ttl":
        output.write_bytes(report(found))
    else:
        for one in found:
            click.echo(output.one_line(_sentence(one, base_iri)))
    note(said("{violations} Fehler, {warnings} Hinweise.", violations=violations, warnings=len(found) - violations))
    if violations:
        context.exit(1)


def _sentence(finding: Finding, base_iri: str) -> str:
    severity = said("Fehler") if finding.severity == "violation" else said("Hinweis")
    field = finding.field_label.get(language(), "")
    words = [f"{severity}: {short(finding.entry, base_iri)}", finding.label, field, finding.message.get(language(), "")]
    value = f" ({finding.value})" if finding.value else ""
    return " · ".join(filter(None, words)) + value


def report(found: list[Finding]) -> bytes:
    """The findings as a `sh:ValidationReport` in Turtle; it conforms if none is a violation."""
    from rdflib import BNode, Graph, Literal, URIRef

    from ontology.terms import RDF, SH

    severities = {"violation": SH.Violation, "warning": SH.Warning}
    graph, whole = Graph(), BNode()
    graph.bind("sh", str(SH))
    graph.add((whole, URIRef(RDF.type), URIRef(SH.ValidationReport)))
    graph.add((whole, URIRef(SH.conforms), Literal(all(one.severity != "violation" for one in found))))
    for one in found:
        result = BNode()
        graph.add((whole, URIRef(SH.result), result))
        graph.add((result, URIRef(RDF.type), URIRef(SH.ValidationResult)))
        graph.add((result, URIRef(SH.focusNode), URIRef(one.entry)))
        graph.add((result, URIRef(SH.resultSeverity), URIRef(severities[one.severity])))
        for code, text in one.message.items():
            graph.add((result, URIRef(SH.resultMessage), Literal(text, lang=code)))
        if one.value is not None:
            graph.add((result, URIRef(SH.value), Literal(one.value)))
    return graph.serialize(format="turtle", encoding="utf-8")

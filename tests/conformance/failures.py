"""The ratchet: every test of the W3C's language suites that fails, and why. A test holds the lists to the letter.

All of it is Oxigraph's doing (0.5.13), and its own server fails the same: nothing in our code takes part in
evaluating a query. A test that begins to pass must be taken off its list.
"""

_SPELLING = "the store keeps numbers in one spelling (01 as 1, 1.0E6 as 1000000): terms that differ only in it are one"
_GRAPH = "GRAPH ?g around a group that matches no triple (VALUES, an aggregate, MINUS) does not bind ?g for each graph"
_LANGUAGE = "GROUP_CONCAT of texts in one language is a text in that language, as in SPARQL 1.2"
_PATH = "a path of length zero between two given terms is not reported when the data know neither"

FAILURES = {
    "query": {
        "aggregates/agg-groupconcat-04": _LANGUAGE,
        "aggregates/agg-groupconcat-06": _LANGUAGE,
        "aggregates/agg-empty-group-count-graph": _GRAPH,
        "bindings/graph": _GRAPH,
        "functions/bnode01": "BNODE('x') gives the same blank node in each row, not a new one per row",
        "negation/graph-minus": _GRAPH,
        "property-path/zero_or_more_set_start": _PATH,
        "property-path/zero_or_more_set_end": _PATH,
        "property-path/zero_or_one_set_start": _PATH,
        "property-path/zero_or_one_set_end": _PATH,
    },
    "update": {},
    "results": {"csv-tsv-res/csv03": _SPELLING},
    "sparql10": {
        "open-world/open-eq-01": _SPELLING,
        "open-world/date-2": "days with and without a time zone are compared by XPath 3.1, not 1.0",
        "graph/graph-variable-scope": "?g counts as bound within GRAPH ?g { … }",
        "graph/graph-optional": "?g counts as bound within GRAPH ?g { … }",
        "expr-builtin/dawg-str-1": _SPELLING,
        "expr-builtin/dawg-str-2": _SPELLING,
        "expr-builtin/sameTerm-simple": _SPELLING,
        "expr-builtin/sameTerm-eq": _SPELLING,
        "expr-builtin/sameTerm-not-eq": _SPELLING,
        "expr-builtin/case-insensitive-booleans": "TRUE and False must be written true and false",
        "expr-equals/eq-graph-1": _SPELLING,
        "expr-equals/eq-graph-2": _SPELLING,
        "distinct/distinct-1": _SPELLING,
        "distinct/distinct-9": _SPELLING,
        "reduced/reduced-1": _SPELLING,
        "reduced/reduced-2": _SPELLING,
    },
}
"""Suite → test → reason."""

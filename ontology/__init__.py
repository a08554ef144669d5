"""What may be said: vocabulary, lists of choices, shapes, rules. Knows no store, no analysis, no web."""

from ontology.concepts import Choice, concept, concepts, schemes
from ontology.packaged import files, load_graphs, rules

__all__ = ["Choice", "concept", "concepts", "files", "load_graphs", "rules", "schemes"]

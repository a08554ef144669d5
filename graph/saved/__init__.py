"""Questions the team has kept: a sentence with blanks to fill in, and the query behind it.

>>> import graph
>>> store = graph.open(None)
>>> text = "SELECT ?wer { ?i pn:actor ?wer ; pn:in ?projekt }"
>>> slug = keep(store, Draft("Wer macht bei [Projekt] mit?", text), author="Ada").slug
>>> [blank.name for blank in question(store, slug).blanks]
['Projekt']
"""

from graph.saved.filling import filled
from graph.saved.kept import Draft, SavedQuestion, checked, keep, question, questions
from graph.saved.sentence import Blank, examples, parts
from graph.saved.values import Term, lists, sample, value

__all__ = [
    "Blank",
    "Draft",
    "SavedQuestion",
    "Term",
    "checked",
    "examples",
    "filled",
    "keep",
    "lists",
    "parts",
    "question",
    "questions",
    "sample",
    "value",
]

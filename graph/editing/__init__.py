"""Entries as forms: draw, save, end, withdraw, confirm; every field comes from the shapes.

>>> import graph
>>> store = graph.open(None)
>>> saved = save(store, "project", None, {"name": ["Hoffest"], "start": ["Mai 2024"]}, author="Ada")
>>> saved.slug, [value.text for value in form(store, "project", saved.slug).fields[0].values]
('hoffest', ['Hoffest'])
"""

from graph.editing.closing import confirm, end, end_field, linking, withdraw
from graph.editing.companions import Companion, companions
from graph.editing.form import Form, FormField, FormValue, editable, form
from graph.editing.links import Option, creatable, directory_of, new_text
from graph.editing.reading import Created, Problem
from graph.editing.saving import Disagreement, Saved, save, who_changed

__all__ = [
    "Companion",
    "Created",
    "Disagreement",
    "Form",
    "FormField",
    "FormValue",
    "Option",
    "Problem",
    "Saved",
    "companions",
    "confirm",
    "creatable",
    "directory_of",
    "editable",
    "end",
    "end_field",
    "form",
    "linking",
    "new_text",
    "save",
    "who_changed",
    "withdraw",
]

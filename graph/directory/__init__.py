"""Lists, search and single entries, as people read them: every label in their language, every link with its name."""

from graph.directory.description import FORMATS, description
from graph.directory.entries import Activity, Entry, Partner, Statement, by_field, entry
from graph.directory.listing import Column, Facet, Listing, Option, Order, filter_fields, listing, spreadsheet
from graph.directory.names import Ref, names
from graph.directory.overview import FieldCount, Overview, overview
from graph.directory.search import Hit, search
from graph.directory.values import Row, Value

__all__ = [
    "FORMATS",
    "Activity",
    "Column",
    "Entry",
    "Facet",
    "FieldCount",
    "Hit",
    "Listing",
    "Option",
    "Order",
    "Overview",
    "Partner",
    "Ref",
    "Row",
    "Statement",
    "Value",
    "by_field",
    "description",
    "entry",
    "filter_fields",
    "listing",
    "names",
    "overview",
    "search",
    "spreadsheet",
]

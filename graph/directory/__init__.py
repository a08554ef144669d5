"""Lists, search and single entries, as people read them: every label in their language, every link with its name."""

from graph.directory.attribution import credits_openstreetmap
from graph.directory.columns import Column
from graph.directory.description import FORMATS, description
from graph.directory.entries import by_field, entry
from graph.directory.filters import Facet, Option, Order, filter_fields
from graph.directory.listing import Listing, listing
from graph.directory.names import Ref, names
from graph.directory.overview import FieldCount, Overview, overview
from graph.directory.parts import Active, Activity, Entry, Partner, Statement
from graph.directory.search import Hit, nearest, search
from graph.directory.spreadsheet import links, spreadsheet
from graph.directory.texts import NAMED
from graph.directory.timeline import Timeline, timeline
from graph.directory.values import Row, Value

__all__ = [
    "FORMATS",
    "NAMED",
    "Active",
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
    "Timeline",
    "Value",
    "by_field",
    "credits_openstreetmap",
    "description",
    "entry",
    "filter_fields",
    "links",
    "listing",
    "names",
    "nearest",
    "overview",
    "search",
    "spreadsheet",
    "timeline",
]

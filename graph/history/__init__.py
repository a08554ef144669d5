"""What happened to the graph, told in words: changes, what each did, and what stands against taking one back."""

from graph.history.listing import Filters, Listing, gone_with, kind_of, listing, spreadsheet, takes_back, undone, when
from graph.history.names import name_of
from graph.history.refusal import Obstacle, Refusal, refusal
from graph.history.sentences import plain
from graph.history.story import Item, Line, Story, story
from graph.history.touched import Count
from graph.history.words import counts_text, item_text, kind_text, line_text, summary

__all__ = [
    "Count",
    "Filters",
    "Item",
    "Line",
    "Listing",
    "Obstacle",
    "Refusal",
    "Story",
    "counts_text",
    "gone_with",
    "item_text",
    "kind_of",
    "kind_text",
    "line_text",
    "listing",
    "name_of",
    "plain",
    "refusal",
    "spreadsheet",
    "story",
    "summary",
    "takes_back",
    "undone",
    "when",
]

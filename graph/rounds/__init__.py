"""Planning rounds as work: what the team keeps, whom it takes up, what several people say, and what came of it.

>>> space = workspace(store, "2025")                                            # doctest: +SKIP
>>> [line.state for line in space.suggestions]                                  # doctest: +SKIP
['ansprechen', 'open']

All of it lives in the graph of the rounds, which only signed-in staff may read; this room is the one place that reads
it. Nothing computed later takes a verdict away: verdicts are entries of their own and are only ever added.
"""

from graph.rounds.carrying import Begun, NextRound, begin, open_lines
from graph.rounds.comparison import Change, Comparison, Partnership, compare, earlier_rounds
from graph.rounds.deciding import Said, concept_label, decide
from graph.rounds.followup import RESULTS, FollowUp, Found, Outcome, follow_up
from graph.rounds.mapping import RELATIONS, Candidate, NewField, Proposal, propose, read_fields, stored_fields
from graph.rounds.model import (
    DONE,
    KNOWN,
    OPEN,
    PROJECT,
    UNFIT,
    VERDICTS,
    Part,
    Statement,
    Suggestion,
    Verdict,
    Workspace,
)
from graph.rounds.opening import close, delete, open_workspace, reopen, set_up
from graph.rounds.reading import fields_of, open_rounds, suggestions, usual_round, working_fields, workspace, workspaces
from graph.rounds.standing import Standing, settled, verdicts_by_gap
from graph.rounds.taking import Decided, add_line, take_up, take_up_all

__all__ = [
    "DONE",
    "KNOWN",
    "OPEN",
    "PROJECT",
    "RELATIONS",
    "RESULTS",
    "UNFIT",
    "VERDICTS",
    "Begun",
    "Candidate",
    "Change",
    "Comparison",
    "Decided",
    "FollowUp",
    "Found",
    "NewField",
    "NextRound",
    "Outcome",
    "Part",
    "Partnership",
    "Proposal",
    "Said",
    "Standing",
    "Statement",
    "Suggestion",
    "Verdict",
    "Workspace",
    "add_line",
    "begin",
    "close",
    "compare",
    "concept_label",
    "decide",
    "delete",
    "earlier_rounds",
    "fields_of",
    "follow_up",
    "open_lines",
    "open_rounds",
    "open_workspace",
    "propose",
    "read_fields",
    "reopen",
    "set_up",
    "settled",
    "stored_fields",
    "suggestions",
    "take_up",
    "take_up_all",
    "usual_round",
    "verdicts_by_gap",
    "working_fields",
    "workspace",
    "workspaces",
]

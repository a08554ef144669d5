"""Who can go together when the network is looked at without some: names that need none of the arithmetic."""

GROUPS = ("qm", "bodies", "bezirk", "senat", "bund", "funder")
"""Who can go together: Quartiersmanagements, the bodies that belong to one, authorities by level, who only pays."""

ENDING = ("qm", "bodies")
"""Who goes when the Quartiersmanagement ends: it and the bodies that belong to it."""

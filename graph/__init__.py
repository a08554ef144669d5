"""What is said about the Quartier, and what follows from it.

Example:
    >>> import graph
    >>> with graph.open(None) as store:        # None: in memory; a path: kept on disk
    ...     store.version
    0
"""

from graph.query import table
from graph.store import Store, open_remote
from graph.store import open_store as open  # noqa: A004  # `graph.open(path)` reads like `open(path)`, and is never star-imported

__all__ = ["Store", "open", "open_remote", "table"]

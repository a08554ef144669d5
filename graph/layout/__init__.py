"""Stable places for pictures of whole networks, and how they are kept from day to day."""

from graph.layout.stored import pin, pinned, stored_positions

__all__ = ["pin", "pinned", "stored_positions"]

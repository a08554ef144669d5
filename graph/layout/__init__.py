"""Stable places for pictures of whole networks, and how they are kept from day to day."""

from graph.layout.arrangement import positions
from graph.layout.stored import stored_positions

__all__ = ["positions", "stored_positions"]

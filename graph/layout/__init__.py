"""Stable places for pictures of networks: the whole, a node's surroundings as rings, and what is kept between days."""

from graph.layout.arrangement import positions
from graph.layout.rings import rings
from graph.layout.stored import stored_positions

__all__ = ["positions", "rings", "stored_positions"]

"""Errors raised on purpose: one tree, facts instead of sentences."""

from __future__ import annotations

import ast
import dataclasses
import pickle
from pathlib import Path

import pytest

from graph import errors

ROOT = Path(__file__).parents[2]
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PankenetzError)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_error_carries_its_facts(kind):
    facts = [f"fact {number}" for number, _ in enumerate(dataclasses.fields(kind))]
    error = kind(*facts)
    assert [getattr(error, field.name) for field in dataclasses.fields(kind)] == facts
    assert all(fact in str(error) for fact in facts)


@pytest.mark.parametrize("kind", KINDS)
def test_each_error_can_cross_to_another_process(kind):
    error = kind(*(f"fact {number}" for number, _ in enumerate(dataclasses.fields(kind))))
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)  # noqa: S301  # our own bytes


def test_each_error_stands_in_the_tree_that_is_drawn():
    assert [kind.__name__ for kind in KINDS if kind.__name__ not in errors.__doc__] == []


def test_no_error_of_graph_speaks_german():
    tree = ast.parse((ROOT / "graph" / "errors.py").read_text("utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not any(word in text for text in texts for word in ("Bitte", "nicht", "wurde"))

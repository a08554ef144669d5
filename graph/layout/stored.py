"""Places that stay: kept beside the data, restarted from what they were when the network changes."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import networkx as nx

    from graph.store import Store

    Point = tuple[float, float]

FILE = "layout.json"
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_in_memory: WeakKeyDictionary[Store, dict[str, Any]] = WeakKeyDictionary()


def stored_positions(store: Store, network: nx.Graph[str], name: str = "network") -> dict[str, Point]:
    """Places of a network's nodes that stay as they are for as long as the network does.

    The first time they are computed; when nodes or ties have changed since, they are restarted from what they were,
    so that everything stays about where people remember it, and written to `layout.json` in the data directory (for
    a store in memory: kept with it). Nodes that went keep their place for the day they come back.

    Args:
        store: whose data directory; its data version is noted in the file.
        network: a whole network, e.g. `two_mode(store)`. For a part of it take the places of the whole.
        name: which picture; each keeps its own places.

    Returns:
        Every node of `network` to (x, y), in order of the nodes, as `positions`.
    """
    with _lock:
        layouts = _in_memory.get(store) or _read(store.path)
        known = layouts.get(name, {})
        mark = _fingerprint(network)
        if known.get("network") != mark:
            old: dict[str, Point] = {node: tuple(point) for node, point in known.get("places", {}).items()}
            from graph.layout.arrangement import positions  # here, because it loads much

            places = {**old, **positions(network, start=old)}
            layouts = {**layouts, name: {"version": store.version, "network": mark, "places": places}}
            _write(store.path, layouts)
        _in_memory[store] = layouts
        kept = layouts[name]["places"]
    return {node: (kept[node][0], kept[node][1]) for node in sorted(network)}


def pin(store: Store, places: Mapping[str, Point], name: str) -> None:
    """Keep where somebody put nodes of a picture, above all computed places; without places, forget what was kept.

    Args:
        store: whose data directory.
        places: node to finite (x, y); nodes that are not in the picture do no harm.
        name: which picture.
    """
    key = f"{name} by hand"
    with _lock:
        layouts = _in_memory.get(store) or _read(store.path)
        kept = {**layouts.get(key, {}).get("places", {}), **places} if places else {}
        layouts = {other: layout for other, layout in layouts.items() if other != key}
        if kept:
            layouts[key] = {"places": kept}
        _write(store.path, layouts)
        _in_memory[store] = layouts


def pinned(store: Store, name: str) -> dict[str, Point]:
    """Where somebody put nodes of a picture by hand."""
    with _lock:
        layouts = _in_memory.get(store)
        if layouts is None:
            layouts = _in_memory[store] = _read(store.path)
        return {node: (x, y) for node, (x, y) in layouts.get(f"{name} by hand", {}).get("places", {}).items()}


def _fingerprint(network: nx.Graph[str]) -> str:
    """Tells networks with other nodes or tied pairs apart, whatever their order."""
    pairs = sorted({(min(tie[:2]), max(tie[:2])) for tie in network.edges})
    return hashlib.sha256(json.dumps([sorted(network), pairs]).encode()).hexdigest()


def _read(folder: Path | None) -> dict[str, Any]:
    """The stored layouts; none where the file is missing or is not ours, because it can be made anew."""
    if folder is None or not (folder / FILE).is_file():
        return {}
    try:
        layouts = json.loads((folder / FILE).read_text("utf-8"))
        for layout in layouts.values():
            for x, y in layout["places"].values():
                float(x), float(y)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _log.warning("%s cannot be read and is made anew: %s", folder / FILE, error)
        return {}
    return dict(layouts)


def _write(folder: Path | None, layouts: dict[str, Any]) -> None:
    """Replace the file in one step; where that fails the places live on in memory, nothing is lost but their memory."""
    if folder is None:
        return
    draft = folder / f"{FILE}.{os.getpid()}.new"
    try:
        draft.write_text(json.dumps(layouts, sort_keys=True), "utf-8")
        draft.replace(folder / FILE)
    except OSError as error:
        _log.warning("%s cannot be written: %s", folder / FILE, error)
        draft.unlink(missing_ok=True)

"""A drawing as an image of points, for programs that know no SVG."""

from __future__ import annotations


def png(svg: str, width: int) -> bytes:
    """The drawing as PNG, `width` pixels wide."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))

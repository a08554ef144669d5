"""What people read of an answer, for tests of pages."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.test import TestResponse


def notice(answer: TestResponse) -> str:
    """What was just done, as the page says under its head; "" for nothing."""
    found = re.search(r'<div class="notice">\s*<p><bdi>(.*?)</bdi>', answer.text)
    return unescape(found[1]) if found else ""


def text(answer: TestResponse) -> str:
    """The main part of a page as plain text."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())

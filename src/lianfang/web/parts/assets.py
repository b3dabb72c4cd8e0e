"""The style sheets and scripts every page loads, in this order."""

from __future__ import annotations

STYLES = tuple(
    f"css/{word}.css" for word in "tokens base shell panel table status form float days entrance phone print".split()
)
SCRIPTS = tuple(f"js/{word}.js" for word in "shell keys why bulk toast queue days chart".split())

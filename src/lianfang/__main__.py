"""`python -m lianfang` is the command `lianfang`."""

from __future__ import annotations

from lianfang.cli import app

if __name__ == "__main__":
    app(prog_name="lianfang")

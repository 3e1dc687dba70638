"""The window: what a petitioner is shown of their own matter, and what they may do next."""

from __future__ import annotations

from engine.window.window import Followed, PublicWindow

__all__ = ["Followed", "PublicWindow"]

"""Checkpoints of trainings that may be stopped at any time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch


def save_whole(state: dict[str, Any], path: Path) -> None:
    """Writes a checkpoint in place of the one that is there, which stays until the new one is whole."""
    partial = path.with_suffix(".tmp")
    torch.save(state, partial)
    partial.replace(path)

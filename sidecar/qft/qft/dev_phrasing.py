"""How the dev split says and asks facts: written apart from all training forms, which it shares none with."""

from __future__ import annotations

import json
from pathlib import Path

from .closed import Forms

_DEV = json.loads((Path(__file__).parent / "dev_phrasing.json").read_text("utf-8"))
FRAMES: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in _DEV["frames"].items()}
OPEN: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in _DEV["open"].items()}
DEV_CLOSED: dict[str, Forms] = {
    k: Forms(*(tuple(x[part]) for part in ("statements", "phrases", "questions", "indirect")))
    for k, x in _DEV["closed"].items()
}

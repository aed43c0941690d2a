"""How long the first window takes, beside a bare Qt window in the same run (design §6: at most three times).

Each start is a fresh process, offscreen, from the interpreter's first line to the first painted window with the
sample in it. Run: python tests/benchmarks/bench_start.py [runs]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import time; start = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow(); window.resize(1440, 900); window.show(); window.grab()
print(time.perf_counter() - start)
"""
OURS = """
import time; start = time.perf_counter()
import gc; gc.disable()
from explorer.app import load_core
load_core()
from explorer.ui.start import compose
app, window = compose("sample")
window.show(); window.grab()
print(time.perf_counter() - start)
import os; os._exit(0)
"""


def measured(code: str, home: str) -> tuple[float, float]:
    """Return (seconds to the window, seconds of the whole process)."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    environment["PYTHONPYCACHEPREFIX"] = home
    environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=home
    )
    return float(done.stdout.split()[-1]), time.perf_counter() - start


def main(runs: int) -> None:
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as home:
        measured(BARE, home), measured(OURS, home)
        bare, ours = [], []
        for _ in range(runs):
            bare.append(measured(BARE, home))
            ours.append(measured(OURS, home))
    one, two = (statistics.median(seconds for seconds, _ in times) for times in (bare, ours))
    print(
        f"bare Qt window {one * 1000:.0f} ms · sample case {two * 1000:.0f} ms · ratio {two / one:.2f} (budget 3)"
    )
    one, two = (statistics.median(seconds for _, seconds in times) for times in (bare, ours))
    print(
        f"with the interpreter's own start: {one * 1000:.0f} ms · {two * 1000:.0f} ms · ratio {two / one:.2f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)

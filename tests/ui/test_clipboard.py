"""What was copied does not outlive the program."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication
from explorer.ui.clipboard import put
app = QApplication([])
data = QMimeData()
data.setText("copied")
put(data)
assert app.clipboard().text() == "copied"
"""


def test_a_program_that_copied_something_without_a_display_ends_well() -> None:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=surroundings, check=False, timeout=60)
    assert done.returncode == 0

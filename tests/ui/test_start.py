"""What is loaded once the window stands comes one module a turn, and then the timer rests."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QObject

from explorer.ui.start import Loading


def test_one_module_is_loaded_at_a_time_and_then_it_ends(qtbot: Any) -> None:
    owner = QObject()
    names = ["xml.dom.minicompat", "xml.dom.domreg"]
    for name in names:
        sys.modules.pop(name, None)
    loading = Loading(names, owner)
    loading.start()
    loading.load_next()
    assert names[0] in sys.modules
    qtbot.waitUntil(lambda: names[1] in sys.modules and not loading._timer.isActive())
    loading.load_next()

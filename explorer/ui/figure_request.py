"""What the window shows, as the request for a figure: the figure is the view (design §1, promise 6)."""

from __future__ import annotations

from explorer.export.request import FigureRequest
from explorer.workspace.hub import Workspace


def request_of(workspace: Workspace, *views: str, theme: str = "light") -> FigureRequest:
    """Return the request that shows the filter, window, axis and lanes of now."""
    state = workspace.state
    return FigureRequest(
        views=views or ("timeline",),
        theme=theme,
        lanes=state.lanes,
        axis=state.axis,
        window=state.window,
        filter=state.filter,
    )

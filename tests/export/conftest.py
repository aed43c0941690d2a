"""A figure of the sample, made in one line."""

from __future__ import annotations

import pytest

from explorer.export.figures import compose
from explorer.export.request import FigureRequest


@pytest.fixture
def figure(sample_file, qapp):
    def made(*views, **settings):
        return compose(sample_file, FigureRequest(views=views or ("timeline",), **settings))

    return made

"""The version, in one place: the wheel takes it from here, so that a checkout and an installed copy say the same."""

VERSION = "0.1.0"

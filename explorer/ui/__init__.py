"""Widgets: they project the workspace's state and send it intents."""

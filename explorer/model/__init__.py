"""The event model: frozen pydantic records, no I/O, no Qt."""

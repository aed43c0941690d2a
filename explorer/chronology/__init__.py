"""Bounds of time, from EDTF and from anchors."""

"""Formulas of this room, found at start-up."""

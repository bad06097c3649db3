"""What the records of this room add up to: one module per family of figures, found by name at start-up."""

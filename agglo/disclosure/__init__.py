"""What may be shown: disclosure control as pure functions."""

"""What staff type on screen: one form an act, and a sentence for everything that is refused."""

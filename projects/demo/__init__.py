"""A fictional set to try every screen: watermarked, with impossible SIRENs, removable at once."""

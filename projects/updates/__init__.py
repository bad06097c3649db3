"""News of projects and sites: typed on a phone, read by a second person, published, asked for when late."""

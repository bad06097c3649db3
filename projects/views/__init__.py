"""Public pages of sites, projects and commitments."""

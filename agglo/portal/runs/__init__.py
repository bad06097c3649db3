"""The console of refreshes: their list, one run at a time, a dataset's life, and what staff may decide."""

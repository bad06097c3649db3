"""Starts and stops everything Agglo needs on one machine: embedded PostgreSQL, web server, worker, beat."""

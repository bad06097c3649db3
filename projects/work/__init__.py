"""What a worker does while a person waits for it: it takes a row, says how far it is, stops when asked, and
whoever takes over from a lost one finds nothing half-written.
"""

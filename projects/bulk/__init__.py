"""Many records at once: exported as a file, edited in a spreadsheet, compared before anything is written.

`columns` declares each file once; export, template, reading, comparison and definitions all follow it.
"""

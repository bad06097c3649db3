"""The attested facts the portal opens with: files, and the program that writes them in the ledger."""

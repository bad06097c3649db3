"""The pages of the accounts, one module for each thing a person comes to do."""

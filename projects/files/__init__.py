"""Files that people attach: recognised by their content, cleaned of what they hide, kept by checksum."""

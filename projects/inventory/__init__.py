"""The statutory inventory of business parks (code de l’urbanisme, L. 318-8-2): rules, pages, acts."""

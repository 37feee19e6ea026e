"""My trial: the candidate's first page, made of everything that concerns their day."""

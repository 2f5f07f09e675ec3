"""What a class is made of: files, folders, archives and downloads, each submission as a pack."""

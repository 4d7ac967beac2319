"""The pages that search the texts."""

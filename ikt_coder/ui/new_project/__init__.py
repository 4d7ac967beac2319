"""Making a project, and the project card and coders that can be changed any day."""

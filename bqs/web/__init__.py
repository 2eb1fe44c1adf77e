"""Build and serve the frontend's page."""

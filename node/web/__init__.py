"""What answers HTTP: pages for people, endpoints for machines."""

"""Connections before any protocol: opened, waited on with patience, closed as clients do."""

"""Lacks a bracket, on line 3."""

print("hello"

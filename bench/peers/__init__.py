"""Servers that others would write, over the same database.

``conventional``  what a Python team would write: Strawberry types, a DataLoader a level, the asynchronous driver
"""

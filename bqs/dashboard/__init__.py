"""Compute the dashboard's figures, each with the filter that lists exactly its rows.

Every one is counted over the rows that are given; nothing is added up across currencies.
"""

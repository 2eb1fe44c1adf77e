"""The dashboard's figures, each with the parameters of the list that bring exactly its rows.

Every one is counted over the rows that are given; nothing is added up across currencies.
"""

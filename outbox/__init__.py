"""Keep what happened, and deliver what is to be told of it, by any channel.

It knows no opportunity, no rule and no channel: apps above register theirs.
"""

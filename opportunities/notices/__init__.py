"""Write notices in the transaction that causes them, and mail them later."""

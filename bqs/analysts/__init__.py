"""Give analysts documented views in SQL, and a role that reads nothing else."""

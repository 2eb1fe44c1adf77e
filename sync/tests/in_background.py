"""A command as `nohup`, a script or a CI runner starts it: it ignores Ctrl-C from the start."""

IN_BACKGROUND = ("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh")

"""Sign people in: passwords, second factors, sessions, and delays against guessing."""

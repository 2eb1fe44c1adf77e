"""What one who is signed in and means harm can make the others wait."""

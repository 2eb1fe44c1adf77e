"""Bring deliveries to people, programs and chats."""

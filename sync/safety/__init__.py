"""Make sure that nothing is lost: lock, watermark, removals, mirror check."""

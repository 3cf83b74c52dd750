"""Pictures: opened with Pillow, their ink found with OpenCV."""

"""Files that contain other files, beside ZIP archives."""

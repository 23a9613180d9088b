"""The console, looked at by a headless Chromium."""

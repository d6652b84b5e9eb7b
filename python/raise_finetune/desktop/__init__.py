"""The page in a window of its own: Tauri, through PyTauri.

Only ``window`` imports PyTauri, whose native library needs WebKitGTK to load.
"""

"""One fake for each port: given a plain function or plain data, no patching."""

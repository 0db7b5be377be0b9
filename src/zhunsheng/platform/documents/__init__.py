"""Files by digest, PDFs, QR codes."""

"""Programs that run inside the conversion environment (torch, transformers, onnxruntime-genai).

The rest of the package starts them as processes and never imports them: no torch in its process.
"""

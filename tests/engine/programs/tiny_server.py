import argparse
import asyncio
import json

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

p = argparse.ArgumentParser()
for o in (
    "uds",
    "model-dir",
    "model-name",
    "max-context",
    "max-concurrent",
    "max-queue",
    "threads",
    "request-timeout",
    "drain",
    "tokens-per-second",
):
    p.add_argument("--" + o)
a = p.parse_args()
app = FastAPI()


@app.get("/health/ready")
def ready():
    return {}


@app.get("/health/live")
def live():
    return {}


@app.post("/v1/chat/completions")
async def chat(body: dict):
    async def gen():
        for i in range(body["max_tokens"]):
            await asyncio.sleep(1 / float(a.tokens_per_second or 20))
            yield "data: " + json.dumps({"choices": [{"delta": {"content": f"{i} "}}]}) + "\n\n"
        yield "data: [DONE]\n\n"

    return StreamingResponse(gen(), media_type="text/event-stream")


uvicorn.run(app, uds=a.uds, timeout_graceful_shutdown=int(float(a.drain)), log_level="warning")

"""The yardstick of sending: a loop that signs in threads and posts with the same client, and does nothing else.

Started as a process: PORT, how many inboxes, how many bytes of body, how many requests at once.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import sys
from email.utils import formatdate

import aiohttp
import uvloop
from bench.sinks import address
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

TYPE = "application/activity+json"


def signed(key: RSAPrivateKey, host: str, body: bytes) -> dict[str, str]:
    """The headers of a POST to /inbox at a host."""
    digest = f"SHA-256={base64.b64encode(hashlib.sha256(body).digest()).decode()}"
    date = formatdate(usegmt=True)
    text = f"(request-target): post /inbox\nhost: {host}\ndate: {date}\ndigest: {digest}"
    signature = base64.b64encode(key.sign(text.encode(), PKCS1v15(), SHA256())).decode()
    stated = 'keyId="http://127.0.0.11/a#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest"'
    return {"Date": date, "Digest": digest, "Content-Type": TYPE, "Signature": f'{stated},signature="{signature}"'}


async def main(port: int, count: int, size: int, at_once: int) -> None:
    """Posts the same body once to every inbox."""
    key, body = generate_private_key(public_exponent=65537, key_size=2048), b"x" * size
    places = asyncio.Semaphore(at_once)
    connector = aiohttp.TCPConnector(limit=at_once)

    async def post(session: aiohttp.ClientSession, host: str) -> None:
        async with places:
            headers = await asyncio.to_thread(signed, key, host, body)
            async with session.post(f"http://{host}/inbox", data=body, headers=headers) as answer:
                await answer.read()

    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(post(session, f"{address(number)}:{port}"))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*(int(argument) for argument in sys.argv[1:])))

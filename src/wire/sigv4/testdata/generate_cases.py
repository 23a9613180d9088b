"""Writes cases.jsonl: odd requests signed by botocore, for sigv4_botocore_test.cc.

    python generate_cases.py [seed] [count] > cases.jsonl

The same seed and botocore give the same bytes. Every line is one request as it would be on the wire,
together with what is needed to prove its signature.
"""

import base64
import datetime
import hashlib
import json
import random
import sys
from urllib.parse import quote

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

START = datetime.datetime(2026, 8, 3, 10, 15, 0, tzinfo=datetime.timezone.utc)
SEGMENTS = ["data", "a b", "ü", "木/wood", "a+b", "50%", "~tilde", "(1)", "it's", "star*", "..", ".", "", "x=1", "a&b",
            "arn:aws:glue:eu-west-1:111122223333:table/db/t", "😀", "a%2Fb", "q?mark", "#hash", "@at", "comma,colon:"]
VALUES = ["", "1", "a b", "a+b", "ü=ö", "/", "%", "x&y", "~", "*", "2026-08-03T10:15:00Z", "Z", "z", "A/B?C", "木"]
NAMES = ["prefix", "a", "A", "list-type", "uploads", "ü", "x y", "delimiter", "key+plus", "b", "aa"]
BODIES = [b"", b"{}", b'{"Name":"\xc3\xbc"}', b"Action=GetCallerIdentity&Version=2011-06-15", bytes(range(256))]


class FixedTime:
    def __init__(self, at):
        self.at = at

    def __call__(self, remove_tzinfo=True):
        return self.at.replace(tzinfo=None) if remove_tzinfo else self.at


def path(rng, service):
    if service not in ("s3", "lakeformation"):
        return "/"
    text = "/" + "/".join(quote(rng.choice(SEGMENTS), safe="/~") for _ in range(rng.randint(0, 4)))
    return text + rng.choice(["", "/"]) if text != "/" else text


def query(rng):
    pairs = [(rng.choice(NAMES), rng.choice(VALUES)) for _ in range(rng.choice([0, 0, 1, 2, 4]))]
    pairs += pairs[:1] if rng.random() < 0.2 else []
    return "&".join(f"{quote(n, safe='-_.~')}={quote(v, safe='-_.~')}" for n, v in pairs)


def headers(rng, host):
    chosen = {"Host": host}
    if rng.random() < 0.5:
        chosen["Content-Type"] = rng.choice(["application/x-amz-json-1.1", "text/plain;  charset=utf-8", ""])
    if rng.random() < 0.3:
        chosen["X-Amz-Meta-Note"] = rng.choice(["  two   spaces  ", "tab\tinside", "a,b , c", '"quoted   text"'])
    if rng.random() < 0.3:
        chosen["User-Agent"] = "never signed"
    if rng.random() < 0.3:
        chosen["X-Amz-Target"] = "AWSGlue.GetTable"
    return chosen


def signer(mode, service, credentials, region, expires):
    s3 = service == "s3"
    if mode == "header":
        kind = botocore.auth.S3SigV4Auth if s3 else botocore.auth.SigV4Auth
        return kind(credentials, service, region)
    kind = botocore.auth.S3SigV4QueryAuth if s3 else botocore.auth.SigV4QueryAuth
    return kind(credentials, service, region, expires=expires)


def case(rng, number):
    service = rng.choice(["s3", "s3", "glue", "lakeformation", "sts", "iam"])
    mode = rng.choice(["header", "header", "presigned"])
    region = rng.choice(["us-east-1", "eu-central-1", "local"])
    host = rng.choice(["127.0.0.1:8080", "weir.example", "bücket.example".encode("idna").decode()])
    token = rng.choice([None, base64.b64encode(rng.randbytes(90)).decode()])
    credentials = Credentials(("ASIA" if token else "AKIA") + "EXAMPLE" + str(number), "s3cr3t/+" + str(number), token)
    at = START + datetime.timedelta(seconds=rng.randint(0, 10**6))
    expires = rng.choice([1, 900, 604800])
    body = b"" if mode == "presigned" else rng.choice(BODIES)
    target = path(rng, service)
    # Presigning re-reads the query of the URL; botocore drops blank values there, so give it none of those.
    search = query(rng) if mode == "header" else "&".join(p for p in dict.fromkeys(query(rng).split("&")) if not p.endswith("="))
    if mode == "presigned":
        search = "&".join({p.split("=")[0]: p for p in search.split("&") if p}.values())
    url = f"http://{host}{target}" + (f"?{search}" if search else "")
    method = "GET" if mode == "presigned" else rng.choice(["GET", "PUT", "POST", "DELETE", "HEAD"])
    plain = headers(rng, host)
    request = AWSRequest(method=method, url=url, headers=dict(plain), data=body)
    botocore.auth.get_current_datetime = FixedTime(at)
    signer(mode, service, credentials, region, expires).add_auth(request)
    signed_target = request.url[len(f"http://{host}"):]
    return {
        "name": f"{number}-{service}-{mode}",
        "mode": mode, "service": service, "region": region, "method": method,
        "now": at.strftime("%Y%m%dT%H%M%SZ"), "expires": expires,
        "akid": credentials.access_key, "secret": credentials.secret_key, "token": token or "",
        "plain_target": target + (f"?{search}" if search else ""),
        "plain_headers": [[n, v] for n, v in plain.items()],
        "target": signed_target, "headers": [[n, v] for n, v in request.headers.items()],
        "body_sha256": hashlib.sha256(body).hexdigest(),
    }


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 20260803
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    rng = random.Random(seed)
    for number in range(count):
        print(json.dumps(case(rng, number), ensure_ascii=True, sort_keys=True))


if __name__ == "__main__":
    main()

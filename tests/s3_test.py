"""S3 as its clients see it: objects, conditions, checksums, lists, uploads in parts, and who may do what."""

import base64
import concurrent.futures
import hashlib
import json
import os
import uuid
import zlib
from datetime import datetime, timedelta, timezone

import boto3
import pytest
import urllib3
from botocore import UNSIGNED
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION
from lake import allow

PART = 5 << 20
HOSTILE_KEYS = ["../../etc/passwd", "a//b", "a/../b", "/leading", "trailing/", "%2e%2e", "sp ace+plus", "ü/日本/🙂",
                "q?x=1&y#z", "a" * 1024, "quote'\"<&>", "back\\slash", ".", "con:tab\tkey"]


def refusal(call, **arguments) -> tuple[str, int]:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    answer = caught.value.response
    return answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]


@pytest.fixture
def bucket(admin) -> str:
    name = f"s3-{uuid.uuid4().hex[:16]}"
    admin.s3.create_bucket(Bucket=name)
    return name


@pytest.fixture
def put(admin, bucket):
    return lambda key, body=b"x", **more: admin.s3.put_object(Bucket=bucket, Key=key, Body=body, **more)


def user(admin, server, policy: str | None = None):
    """A user with an inline policy: clients, ARN."""
    name = f"s3-{uuid.uuid4().hex[:12]}"
    arn = admin.iam.create_user(UserName=name)["User"]["Arn"]
    if policy:
        admin.iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy)
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    return server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]}), arn


def statement(effect, principal, actions, resources, **more) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": effect, "Principal": principal, "Action": actions, "Resource": resources, **more}]})


class Answer:
    """What came back from a request that boto3 would not send."""

    def __init__(self, method: str, url: str, headers: dict, body: bytes = b""):
        answer = urllib3.PoolManager().request(method, url, headers=headers, body=body, timeout=60, retries=False)
        self.status_code, self.content, self.text = answer.status, answer.data, answer.data.decode(errors="replace")


def signed(server, admin, method: str, path: str, headers: dict, body: bytes = b"", payload: str | None = None,
           host: str | None = None) -> Answer:
    """A request signed by hand, for what boto3 would never send."""
    request = AWSRequest(method, server.endpoint + path, headers=headers)
    if host:
        request.headers["Host"] = host
    request.headers["X-Amz-Content-SHA256"] = payload or hashlib.sha256(body).hexdigest()
    given = admin.credentials

    class Auth(SigV4Auth):
        def payload(self, _):
            return payload or hashlib.sha256(body).hexdigest()

        def _normalize_url_path(self, path):
            return path

    Auth(Credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]), "s3", REGION).add_auth(request)
    return Answer(method, server.endpoint + path, dict(request.headers.items()), body)


def code_of(response: Answer) -> str:
    return response.text.partition("<Code>")[2].partition("</Code>")[0]


# --- buckets

def test_a_bucket_is_created_listed_located_and_deleted(admin, bucket):
    assert bucket in [b["Name"] for b in admin.s3.list_buckets()["Buckets"]]
    assert admin.s3.list_buckets()["Owner"]["ID"] == ACCOUNT
    assert admin.s3.head_bucket(Bucket=bucket)["BucketRegion"] == REGION
    assert admin.s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None
    admin.s3.delete_bucket(Bucket=bucket)
    assert refusal(admin.s3.head_bucket, Bucket=bucket)[1] == 404
    assert refusal(admin.s3.delete_bucket, Bucket=bucket) == ("NoSuchBucket", 404)


def test_buckets_are_listed_in_pages(admin):
    prefix = f"page-{uuid.uuid4().hex[:8]}-"
    names = [f"{prefix}{i}" for i in range(3)]
    for name in names:
        admin.s3.create_bucket(Bucket=name)
    first = admin.s3.list_buckets(Prefix=prefix, MaxBuckets=2)
    rest = admin.s3.list_buckets(Prefix=prefix, ContinuationToken=first["ContinuationToken"])
    assert [b["Name"] for b in first["Buckets"] + rest["Buckets"]] == names
    assert refusal(admin.s3.list_buckets, ContinuationToken="made up!") == ("InvalidArgument", 400)


def test_a_bucket_with_objects_is_not_deleted(admin, bucket, put):
    put("k")
    assert refusal(admin.s3.delete_bucket, Bucket=bucket) == ("BucketNotEmpty", 409)


def test_a_location_elsewhere_is_refused(admin):
    def create(place):
        return refusal(admin.s3.create_bucket, Bucket=f"s3-{uuid.uuid4().hex[:16]}",
                       CreateBucketConfiguration={"LocationConstraint": place})
    assert create("eu-west-1") == ("IllegalLocationConstraintException", 400)
    assert create("us-east-1") == ("InvalidLocationConstraint", 400)


def test_bucket_names_obey_the_rules(admin, server):
    for name in ("UPPER", "a", "192.168.1.1", "a..b"):
        answer = signed(server, admin, "PUT", f"/{name}", {})
        assert (answer.status_code, code_of(answer)) == (400, "InvalidBucketName"), name


def test_the_expected_owner_is_checked(admin, bucket):
    admin.s3.head_bucket(Bucket=bucket, ExpectedBucketOwner=ACCOUNT)
    assert refusal(admin.s3.list_objects_v2, Bucket=bucket, ExpectedBucketOwner="999999999999") == ("AccessDenied", 403)


# --- objects

def test_an_object_comes_back_with_everything_said_of_it(admin, bucket, put):
    said = {"ContentType": "text/plain", "CacheControl": "no-cache", "ContentDisposition": "inline",
            "ContentEncoding": "gzip", "ContentLanguage": "de", "Metadata": {"colour": "blue"}}
    etag = put("k", b"hello", **said)["ETag"]
    for got in (admin.s3.get_object(Bucket=bucket, Key="k"), admin.s3.head_object(Bucket=bucket, Key="k")):
        assert {name: got[name] for name in said} == said
        assert got["ETag"] == etag == '"' + hashlib.md5(b"hello").hexdigest() + '"'
        assert got["ContentLength"] == 5 and got["AcceptRanges"] == "bytes"
        assert abs(got["LastModified"] - datetime.now(timezone.utc)) < timedelta(minutes=1)
    assert admin.s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"hello"


def test_sixteen_mebibytes_arrive_unchanged(admin, bucket, put):
    body = os.urandom(16 << 20)
    put("big", body)
    assert admin.s3.get_object(Bucket=bucket, Key="big")["Body"].read() == body
    got = admin.s3.get_object(Bucket=bucket, Key="big", Range="bytes=1000000-2000000")
    assert got["Body"].read() == body[1000000:2000001]


def test_empty_objects_are_objects(admin, bucket, put):
    put("empty", b"")
    assert admin.s3.get_object(Bucket=bucket, Key="empty")["Body"].read() == b""
    assert refusal(admin.s3.get_object, Bucket=bucket, Key="empty", Range="bytes=0-") == ("InvalidRange", 416)


@pytest.mark.parametrize("range_, expected", [("bytes=0-3", b"0123"), ("bytes=5-", b"56789"), ("bytes=-2", b"89"),
                                              ("bytes=8-100", b"89")])
def test_ranges_answer_206_with_their_bytes(admin, bucket, put, range_, expected):
    put("k", b"0123456789")
    got = admin.s3.get_object(Bucket=bucket, Key="k", Range=range_)
    assert got["Body"].read() == expected
    assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
    start = b"0123456789".index(expected[:1])
    assert got["ContentRange"] == f"bytes {start}-{start + len(expected) - 1}/10"
    assert admin.s3.head_object(Bucket=bucket, Key="k", Range=range_)["ContentLength"] == len(expected)


def test_a_range_past_the_end_is_unsatisfiable_and_a_malformed_one_ignored(admin, bucket, put):
    put("k", b"0123456789")
    assert refusal(admin.s3.get_object, Bucket=bucket, Key="k", Range="bytes=10-") == ("InvalidRange", 416)
    assert admin.s3.get_object(Bucket=bucket, Key="k", Range="bytes=5-2")["Body"].read() == b"0123456789"


@pytest.mark.parametrize("key", HOSTILE_KEYS)
def test_keys_are_bytes_whatever_they_look_like(admin, bucket, put, key):
    put(key, key.encode())
    assert admin.s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert [o["Key"] for o in admin.s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    admin.s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})
    assert admin.s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == key.encode()
    admin.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key}, {"Key": "copy"}]})
    assert admin.s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_a_key_of_1025_bytes_is_too_long(put):
    assert refusal(put, key="a" * 1025) == ("KeyTooLongError", 400)


def test_deleting_what_is_not_there_succeeds(admin, bucket, put):
    put("k")
    for _ in range(2):
        assert admin.s3.delete_object(Bucket=bucket, Key="k")["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert refusal(admin.s3.get_object, Bucket=bucket, Key="k") == ("NoSuchKey", 404)


def test_response_headers_can_be_chosen_by_who_signs(admin, bucket, put):
    put("k")
    got = admin.s3.get_object(Bucket=bucket, Key="k", ResponseContentType="text/x", ResponseCacheControl="max-age=1")
    assert (got["ContentType"], got["CacheControl"]) == ("text/x", "max-age=1")


def test_what_is_not_offered_is_refused(put):
    assert refusal(put, key="k", ServerSideEncryption="aws:kms") == ("NotImplemented", 501)
    assert refusal(put, key="k", Tagging="a=b") == ("NotImplemented", 501)
    assert refusal(put, key="k", ACL="public-read") == ("AccessControlListNotSupported", 400)
    assert refusal(put, key="k", StorageClass="GLACIER") == ("InvalidStorageClass", 400)


# --- conditions

def test_reads_honour_their_conditions(admin, bucket, put):
    etag = put("k")["ETag"]
    later, earlier = datetime.now(timezone.utc) + timedelta(hours=1), datetime.now(timezone.utc) - timedelta(hours=1)
    get = admin.s3.get_object
    assert get(Bucket=bucket, Key="k", IfMatch=etag)["ETag"] == etag
    assert refusal(get, Bucket=bucket, Key="k", IfMatch='"other"') == ("PreconditionFailed", 412)
    assert refusal(get, Bucket=bucket, Key="k", IfNoneMatch=etag)[1] == 304
    assert refusal(admin.s3.head_object, Bucket=bucket, Key="k", IfNoneMatch=etag)[1] == 304
    assert refusal(get, Bucket=bucket, Key="k", IfModifiedSince=later)[1] == 304
    assert refusal(get, Bucket=bucket, Key="k", IfUnmodifiedSince=earlier) == ("PreconditionFailed", 412)


def test_of_racing_creations_one_wins(admin, bucket, put):
    def create(i):
        try:
            put("k", str(i).encode(), IfNoneMatch="*")
            return i
        except ClientError as error:
            assert error.response["Error"]["Code"] == "PreconditionFailed"
            return None
    admin.s3.list_objects_v2(Bucket=bucket)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        winners = [i for i in pool.map(create, range(8)) if i is not None]
    assert len(winners) == 1
    assert admin.s3.get_object(Bucket=bucket, Key="k")["Body"].read() == str(winners[0]).encode()


def test_if_match_replaces_only_what_was_seen(put):
    first = put("k", b"1")["ETag"]
    put("k", b"2", IfMatch=first)
    assert refusal(put, key="k", body=b"3", IfMatch=first) == ("PreconditionFailed", 412)
    assert refusal(put, key="none", body=b"3", IfMatch=first) == ("NoSuchKey", 404)


# --- checksums

@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_checksums_are_proved_kept_and_told(admin, bucket, put, algorithm):
    put("k", b"hello", ChecksumAlgorithm=algorithm)
    got = admin.s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    digest = {"CRC32": zlib.crc32(b"hello").to_bytes(4, "big"), "SHA1": hashlib.sha1(b"hello").digest(),
              "SHA256": hashlib.sha256(b"hello").digest()}[algorithm]
    assert got[f"Checksum{algorithm}"] == base64.b64encode(digest).decode()
    assert got["ChecksumType"] == "FULL_OBJECT"
    assert f"Checksum{algorithm}" not in admin.s3.head_object(Bucket=bucket, Key="k")


@pytest.mark.parametrize("headers, code", [
    ({"x-amz-checksum-crc32": "AAAAAA=="}, "BadDigest"),
    ({"x-amz-checksum-crc32": "short"}, "InvalidRequest"),
    ({"x-amz-checksum-xxhash64": "AAAAAA=="}, "InvalidRequest"),
    ({"x-amz-checksum-made-up": "AAAAAA=="}, "InvalidRequest"),
    ({"x-amz-sdk-checksum-algorithm": "CRC32"}, "InvalidRequest"),
    ({"x-amz-sdk-checksum-algorithm": "CRC99"}, "InvalidRequest"),
    ({"Content-MD5": base64.b64encode(hashlib.md5(b"other").digest()).decode()}, "BadDigest"),
    ({"Content-MD5": "nonsense"}, "InvalidDigest"),
])
def test_a_false_or_unknown_claim_leaves_no_object(server, admin, bucket, headers, code):
    answer = signed(server, admin, "PUT", f"/{bucket}/k", headers, b"hello")
    assert (answer.status_code, code_of(answer)) == (400, code)
    assert refusal(admin.s3.head_object, Bucket=bucket, Key="k")[1] == 404


def test_a_false_payload_hash_leaves_no_object(server, admin, bucket):
    answer = signed(server, admin, "PUT", f"/{bucket}/k", {}, b"hello", payload=hashlib.sha256(b"other").hexdigest())
    assert (answer.status_code, code_of(answer)) == (400, "XAmzContentSHA256Mismatch")
    assert refusal(admin.s3.head_object, Bucket=bucket, Key="k")[1] == 404


def chunked(body: bytes, trailer: str) -> bytes:
    half = len(body) // 2
    frames = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:half], body[half:]))
    return frames + b"0\r\n" + trailer.encode() + b"\r\n\r\n"


@pytest.mark.parametrize("value, expected", [
    (base64.b64encode(zlib.crc32(b"hello world").to_bytes(4, "big")).decode(), 200), ("AAAAAA==", 400)])
def test_trailers_are_proved_before_the_object_shows(server, admin, bucket, value, expected):
    body = chunked(b"hello world", f"x-amz-checksum-crc32:{value}")
    headers = {"Content-Encoding": "aws-chunked,gzip", "X-Amz-Decoded-Content-Length": "11",
               "X-Amz-Trailer": "x-amz-checksum-crc32"}
    answer = signed(server, admin, "PUT", f"/{bucket}/k", headers, body, payload="STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    assert answer.status_code == expected, answer.text
    if expected == 200:
        got = admin.s3.get_object(Bucket=bucket, Key="k")
        assert (got["Body"].read(), got["ContentEncoding"]) == (b"hello world", "gzip")
    else:
        assert code_of(answer) == "BadDigest"
        assert refusal(admin.s3.head_object, Bucket=bucket, Key="k")[1] == 404


def test_deleting_many_needs_a_checksum(server, admin, bucket):
    body = b"<Delete><Object><Key>k</Key></Object></Delete>"
    answer = signed(server, admin, "POST", f"/{bucket}?delete=", {}, body)
    assert (answer.status_code, code_of(answer)) == (400, "InvalidRequest")


# --- lists

def test_lists_page_through_everything_once(admin, bucket, put):
    keys = sorted(f"{d}/{i}" for d in "abc" for i in range(4)) + ["z"]
    for key in keys:
        put(key)
    for operation in ("list_objects_v2", "list_objects"):
        pages = admin.s3.get_paginator(operation).paginate(Bucket=bucket, PaginationConfig={"PageSize": 5})
        assert [o["Key"] for page in pages for o in page.get("Contents", [])] == keys
        pages = admin.s3.get_paginator(operation).paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 2})
        found = [p["Prefix"] for page in pages for p in page.get("CommonPrefixes", [])]
        assert found == ["a/", "b/", "c/"]
    assert [o["Key"] for o in admin.s3.list_objects_v2(Bucket=bucket, StartAfter="c/3")["Contents"]] == ["z"]
    assert [o["Key"] for o in admin.s3.list_objects_v2(Bucket=bucket, Prefix="b/")["Contents"]] == keys[4:8]


def test_limits_and_tokens_are_checked(admin, bucket, put):
    put("a"), put("b")
    none = admin.s3.list_objects_v2(Bucket=bucket, MaxKeys=0)
    assert (none["KeyCount"], none["IsTruncated"]) == (0, False)
    assert refusal(admin.s3.list_objects_v2, Bucket=bucket, MaxKeys=-1) == ("InvalidArgument", 400)
    for token in ("", "made up", "YQ", base64.urlsafe_b64encode(b"12345678a").decode().rstrip("=")):
        if token:
            assert refusal(admin.s3.list_objects_v2, Bucket=bucket, ContinuationToken=token) == ("InvalidArgument", 400)
    assert admin.s3.list_objects_v2(Bucket=bucket, FetchOwner=True)["Contents"][0]["Owner"]["ID"] == ACCOUNT


# --- copies and deletes of many

def test_copies_keep_or_replace_metadata(admin, bucket, put):
    put("k", b"body", Metadata={"a": "1"}, ContentType="text/a")
    source = {"Bucket": bucket, "Key": "k"}
    admin.s3.copy_object(Bucket=bucket, Key="same", CopySource=source)
    admin.s3.copy_object(Bucket=bucket, Key="other", CopySource=source, MetadataDirective="REPLACE", Metadata={"b": "2"})
    assert admin.s3.head_object(Bucket=bucket, Key="same")["Metadata"] == {"a": "1"}
    assert admin.s3.head_object(Bucket=bucket, Key="other")["Metadata"] == {"b": "2"}
    copy = admin.s3.copy_object
    assert refusal(copy, Bucket=bucket, Key="k", CopySource=source) == ("InvalidRequest", 400)
    assert refusal(copy, Bucket=bucket, Key="n", CopySource=source, CopySourceIfMatch='"x"') == ("PreconditionFailed", 412)
    assert refusal(copy, Bucket=bucket, Key="n", CopySource={"Bucket": bucket, "Key": "no"}) == ("NoSuchKey", 404)


def test_deleting_many_answers_for_each_key(admin, server, bucket, put):
    put("mine/1"), put("theirs/1")
    clients, _ = user(admin, server, allow(["s3:DeleteObject"], [f"arn:aws:s3:::{bucket}/mine/*"]))
    answer = clients.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "mine/1"}, {"Key": "theirs/1"}]})
    assert [d["Key"] for d in answer["Deleted"]] == ["mine/1"]
    assert [(e["Key"], e["Code"]) for e in answer["Errors"]] == [("theirs/1", "AccessDenied")]
    assert [o["Key"] for o in admin.s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["theirs/1"]


# --- uploads in parts

def upload_parts(s3, bucket, key, bodies, **more):
    upload = s3.create_multipart_upload(Bucket=bucket, Key=key, **more)["UploadId"]
    parts = []
    for number, body in enumerate(bodies, 1):
        extra = {"ChecksumAlgorithm": more["ChecksumAlgorithm"]} if "ChecksumAlgorithm" in more else {}
        answer = s3.upload_part(Bucket=bucket, Key=key, UploadId=upload, PartNumber=number, Body=body, **extra)
        checksums = {name: answer[name] for name in ("ChecksumSHA256",) if name in answer}
        parts.append({"PartNumber": number, "ETag": answer["ETag"], **checksums})
    return upload, parts


def test_parts_become_one_object(admin, bucket):
    bodies = [os.urandom(PART), os.urandom(PART), b"tail"]
    upload, parts = upload_parts(admin.s3, bucket, "k", bodies, Metadata={"a": "1"}, ChecksumAlgorithm="SHA256")
    assert refusal(admin.s3.head_object, Bucket=bucket, Key="k")[1] == 404
    listed = admin.s3.list_parts(Bucket=bucket, Key="k", UploadId=upload, MaxParts=2)
    assert [p["PartNumber"] for p in listed["Parts"]] == [1, 2] and listed["IsTruncated"]
    assert [u["UploadId"] for u in admin.s3.list_multipart_uploads(Bucket=bucket)["Uploads"]] == [upload]
    done = admin.s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload={"Parts": parts})
    assert done["ETag"].endswith('-3"') and done["ChecksumSHA256"].endswith("-3")
    got = admin.s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == b"".join(bodies) and got["Metadata"] == {"a": "1"}
    third = admin.s3.get_object(Bucket=bucket, Key="k", PartNumber=3)
    assert third["Body"].read() == b"tail" and third["PartsCount"] == 3
    assert refusal(admin.s3.get_object, Bucket=bucket, Key="k", PartNumber=4) == ("InvalidPartNumber", 416)


def test_wrong_lists_of_parts_are_refused(admin, bucket):
    upload, parts = upload_parts(admin.s3, bucket, "k", [b"small", b"tail"])
    def complete(chosen):
        return refusal(admin.s3.complete_multipart_upload, Bucket=bucket, Key="k", UploadId=upload,
                       MultipartUpload={"Parts": chosen})
    assert complete(parts[::-1]) == ("InvalidPartOrder", 400)
    assert complete([{"PartNumber": 1, "ETag": '"' + "0" * 32 + '"'}]) == ("InvalidPart", 400)
    assert complete(parts) == ("EntityTooSmall", 400)
    assert complete([]) == ("MalformedXML", 400)
    admin.s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=upload)
    assert complete(parts) == ("NoSuchUpload", 404)


def test_parts_can_be_copied(admin, bucket, put):
    body = os.urandom(PART + 100)
    put("source", body)
    upload = admin.s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    source = {"Bucket": bucket, "Key": "source"}
    parts = []
    for number, range_ in ((1, f"bytes=0-{PART - 1}"), (2, f"bytes={PART}-{PART + 99}")):
        result = admin.s3.upload_part_copy(Bucket=bucket, Key="k", UploadId=upload, PartNumber=number, CopySource=source,
                                           CopySourceRange=range_)["CopyPartResult"]
        parts.append({"PartNumber": number, "ETag": result["ETag"]})
    assert refusal(admin.s3.upload_part_copy, Bucket=bucket, Key="k", UploadId=upload, PartNumber=3, CopySource=source,
                   CopySourceRange="bytes=0-99999999") == ("InvalidArgument", 400)
    admin.s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload={"Parts": parts})
    assert admin.s3.get_object(Bucket=bucket, Key="k")["Body"].read() == body


# --- who may

def test_presigned_urls_put_and_get(server, admin, bucket):
    key, secret = server.keys()
    s3 = boto3.client("s3", endpoint_url=server.endpoint, region_name=REGION, aws_access_key_id=key,
                      aws_secret_access_key=secret,
                      config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
    url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "a b"})
    assert Answer("PUT", url, {}, b"hello").status_code == 200
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a b"})
    assert Answer("GET", url, {}).content == b"hello"
    assert Answer("GET", url.replace("a%20b", "a%20c"), {}).status_code == 403


def test_a_bucket_in_the_host_name_is_the_bucket(server, admin, bucket, put):
    put("k", b"hello")
    port = server.endpoint.rpartition(":")[2]
    answer = signed(server, admin, "GET", "/k", {}, host=f"{bucket}.localhost:{port}")
    assert answer.content == b"hello", answer.text


def anonymous(server):
    return boto3.client("s3", endpoint_url=server.endpoint, region_name=REGION,
                        config=Config(signature_version=UNSIGNED, s3={"addressing_style": "path"}))


def test_anonymous_callers_reach_only_what_a_policy_opens(server, admin, bucket, put):
    put("public/k", b"open"), put("k", b"closed")
    nobody = anonymous(server)
    assert refusal(nobody.get_object, Bucket=bucket, Key="public/k") == ("AccessDenied", 403)
    assert refusal(nobody.list_buckets) == ("AccessDenied", 403)
    admin.s3.put_bucket_policy(Bucket=bucket, Policy=statement(
        "Allow", "*", "s3:GetObject", f"arn:aws:s3:::{bucket}/public/*"))
    assert nobody.get_object(Bucket=bucket, Key="public/k")["Body"].read() == b"open"
    assert refusal(nobody.get_object, Bucket=bucket, Key="k") == ("AccessDenied", 403)
    assert refusal(nobody.get_object, Bucket=bucket, Key="public/absent") == ("AccessDenied", 403)
    assert refusal(nobody.put_object, Bucket=bucket, Key="public/n", Body=b"x") == ("AccessDenied", 403)
    assert refusal(nobody.get_object, Bucket=bucket, Key="public/k", ResponseContentType="text/html") == ("InvalidRequest", 400)
    admin.s3.delete_bucket_policy(Bucket=bucket)
    assert refusal(nobody.get_object, Bucket=bucket, Key="public/k") == ("AccessDenied", 403)


def test_bucket_policies_are_kept_as_given(admin, server, bucket):
    assert refusal(admin.s3.get_bucket_policy, Bucket=bucket) == ("NoSuchBucketPolicy", 404)
    clients, arn = user(admin, server)
    text = statement("Allow", {"AWS": arn}, "s3:GetObject", f"arn:aws:s3:::{bucket}/*")
    admin.s3.put_bucket_policy(Bucket=bucket, Policy=text)
    assert json.loads(admin.s3.get_bucket_policy(Bucket=bucket)["Policy"]) == json.loads(text)
    put = admin.s3.put_bucket_policy
    assert refusal(put, Bucket=bucket, Policy="{") == ("MalformedPolicy", 400)
    assert refusal(put, Bucket=bucket, Policy=statement("Allow", "*", "s3:GetObject", "arn:aws:s3:::other/*")) == ("MalformedPolicy", 400)
    assert refusal(put, Bucket=bucket, Policy=statement(
        "Allow", {"AWS": f"arn:aws:iam::{ACCOUNT}:user/no-such-user"}, "s3:GetObject", f"arn:aws:s3:::{bucket}/*")) == ("MalformedPolicy", 400)


def test_a_bucket_policy_allows_a_user_and_denies_another(admin, server, bucket, put):
    put("k", b"x")
    allowed, arn = user(admin, server)
    denied, denied_arn = user(admin, server, allow("s3:*"))
    assert denied.s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"
    admin.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"},
        {"Effect": "Deny", "Principal": {"AWS": denied_arn}, "Action": "s3:*", "Resource": [f"arn:aws:s3:::{bucket}/*"]}]}))
    assert allowed.s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"
    assert refusal(allowed.s3.put_object, Bucket=bucket, Key="k", Body=b"y") == ("AccessDenied", 403)
    assert refusal(denied.s3.get_object, Bucket=bucket, Key="k") == ("AccessDenied", 403)


def test_a_policy_goes_with_its_bucket(server, admin, bucket):
    admin.s3.put_bucket_policy(Bucket=bucket, Policy=statement("Allow", "*", "s3:GetObject", f"arn:aws:s3:::{bucket}/*"))
    admin.s3.delete_bucket(Bucket=bucket)
    admin.s3.create_bucket(Bucket=bucket)
    admin.s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    assert refusal(admin.s3.get_bucket_policy, Bucket=bucket) == ("NoSuchBucketPolicy", 404)
    assert refusal(anonymous(server).get_object, Bucket=bucket, Key="k") == ("AccessDenied", 403)


def test_lists_are_limited_by_their_prefix(admin, server, bucket, put):
    put("team/a"), put("other/a")
    clients, _ = user(admin, server, json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{bucket}",
         "Condition": {"StringLike": {"s3:prefix": "team/*"}}}]}))
    assert clients.s3.list_objects_v2(Bucket=bucket, Prefix="team/")["KeyCount"] == 1
    assert refusal(clients.s3.list_objects_v2, Bucket=bucket) == ("AccessDenied", 403)
    assert refusal(clients.s3.list_objects_v2, Bucket=bucket, Prefix="other/") == ("AccessDenied", 403)


def test_absent_keys_are_told_to_listers_only(admin, server, bucket):
    reader, _ = user(admin, server, allow(["s3:GetObject"], f"arn:aws:s3:::{bucket}/*"))
    lister, _ = user(admin, server, allow(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::*"]))
    assert refusal(reader.s3.get_object, Bucket=bucket, Key="no") == ("AccessDenied", 403)
    assert refusal(lister.s3.get_object, Bucket=bucket, Key="no") == ("NoSuchKey", 404)


def test_a_session_policy_limits_the_session(admin, server, bucket, put):
    put("in/k", b"in"), put("out/k", b"out")
    caller = admin.sts.get_caller_identity()["Arn"]
    name = f"s3-{uuid.uuid4().hex[:12]}"
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": caller}, "Action": "sts:AssumeRole"}]}))
    admin.iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=allow("s3:*"))
    session = server.session(admin.sts.assume_role(
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{name}", RoleSessionName="reader",
        Policy=allow(["s3:GetObject"], [f"arn:aws:s3:::{bucket}/in/*"]))["Credentials"])
    assert session.s3.get_object(Bucket=bucket, Key="in/k")["Body"].read() == b"in"
    assert refusal(session.s3.get_object, Bucket=bucket, Key="out/k") == ("AccessDenied", 403)
    assert refusal(session.s3.put_object, Bucket=bucket, Key="in/k", Body=b"x") == ("AccessDenied", 403)


def test_a_copy_needs_the_source_and_the_target(admin, server, bucket, put):
    put("secret", b"x")
    arn = f"arn:aws:s3:::{bucket}"
    writer, _ = user(admin, server, allow(["s3:PutObject"], f"{arn}/*"))
    reader, _ = user(admin, server, allow(["s3:GetObject"], f"{arn}/*"))
    for clients in (writer, reader):
        assert refusal(clients.s3.copy_object, Bucket=bucket, Key="n",
                       CopySource={"Bucket": bucket, "Key": "secret"}) == ("AccessDenied", 403)
    upload = writer.s3.create_multipart_upload(Bucket=bucket, Key="n")["UploadId"]
    assert refusal(writer.s3.upload_part_copy, Bucket=bucket, Key="n", UploadId=upload, PartNumber=1,
                   CopySource={"Bucket": bucket, "Key": "secret"}) == ("AccessDenied", 403)
    assert refusal(writer.s3.list_parts, Bucket=bucket, Key="n", UploadId=upload) == ("AccessDenied", 403)
    assert refusal(writer.s3.abort_multipart_upload, Bucket=bucket, Key="n", UploadId=upload) == ("AccessDenied", 403)


def test_a_part_with_a_false_checksum_is_not_kept(server, admin, bucket):
    upload = admin.s3.create_multipart_upload(Bucket=bucket, Key="k", ChecksumAlgorithm="CRC32")["UploadId"]
    path = f"/{bucket}/k?partNumber=1&uploadId={upload}"
    answer = signed(server, admin, "PUT", path, {"x-amz-checksum-crc32": "AAAAAA=="}, b"hello")
    assert (answer.status_code, code_of(answer)) == (400, "BadDigest")
    sha1 = base64.b64encode(hashlib.sha1(b"hello").digest()).decode()
    answer = signed(server, admin, "PUT", path, {"x-amz-checksum-sha1": sha1}, b"hello")
    assert (answer.status_code, code_of(answer)) == (400, "InvalidRequest")
    assert "Parts" not in admin.s3.list_parts(Bucket=bucket, Key="k", UploadId=upload)


def test_a_chunked_body_that_lies_about_its_length_leaves_no_object(server, admin, bucket):
    headers = {"Content-Encoding": "aws-chunked", "X-Amz-Decoded-Content-Length": "12",
               "X-Amz-Trailer": "x-amz-checksum-crc32"}
    crc = base64.b64encode(zlib.crc32(b"hello world").to_bytes(4, "big")).decode()
    body = chunked(b"hello world", f"x-amz-checksum-crc32:{crc}")
    answer = signed(server, admin, "PUT", f"/{bucket}/k", headers, body, payload="STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    assert (answer.status_code, code_of(answer)) == (400, "IncompleteBody")
    assert refusal(admin.s3.head_object, Bucket=bucket, Key="k")[1] == 404


def test_an_explicit_deny_binds_administrators_too(admin, bucket):
    admin.s3.put_bucket_policy(Bucket=bucket, Policy=statement(
        "Deny", "*", "s3:*", [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]))
    assert refusal(admin.s3.put_object, Bucket=bucket, Key="k", Body=b"x") == ("AccessDenied", 403)
    assert refusal(admin.s3.delete_bucket_policy, Bucket=bucket) == ("AccessDenied", 403)


def test_policies_outlive_a_restart(tmp_path):
    from conftest import Server
    running = Server(tmp_path / "data").start()
    first = running.session()
    first.s3.create_bucket(Bucket="kept")
    first.s3.put_object(Bucket="kept", Key="k", Body=b"x")
    first.s3.put_bucket_policy(Bucket="kept", Policy=statement("Allow", "*", "s3:GetObject", "arn:aws:s3:::kept/*"))
    assert running.stop() == 0
    running.start()
    assert anonymous(running).get_object(Bucket="kept", Key="k")["Body"].read() == b"x"
    assert running.stop() == 0

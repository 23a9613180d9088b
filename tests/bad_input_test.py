"""Bad input at every protocol: an error in AWS's shape, nothing of the inside in its words, and a server that goes on."""

import hashlib
import http.client
import json
import re
import socket
import subprocess
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import quote, urlparse

import boto3
import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, WEIR
from lake import EXTERNAL_ID, Lake, SESSION_TAG, role_arn, storage, table_arn, trust_service

OTHER = "999988887777"
COLUMNS = [("id", "bigint"), ("region", "string")]
ROWS = [(1, "EU"), (2, "US")]
# What no message may hold: paths of the machine, sources, libraries, addresses, types of the language.
INSIDE = re.compile(r"(?<![:\w/.-])/(tmp|root|home|work|usr|var|proc|etc)/|\.(cc|cpp|h):\d|std::|weir::|sqlite|simdjson|libxml|"
                    r"duckdb|0x[0-9a-f]{8}|\bSELECT .* FROM .*keyspace|errno|bad_alloc|nullptr|Traceback", re.I)


@dataclass
class Answer:
    status: int
    text: str
    code: str
    message: str


def parse(status: int, headers, body: bytes) -> Answer:
    text = body.decode("utf-8")
    if text.startswith("{"):
        error = json.loads(text)
        code = error.get("__type", headers.get("x-amzn-errortype", "")).rsplit("#")[-1].split(":")[0]
        return Answer(status, text, code, error.get("Message", error.get("message", "")))
    code, message = (re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S) for tag in ("Code", "Message"))
    return Answer(status, text, code.group(1) if code else "", message.group(1) if message else "")


class Sender:
    """Signs exactly these bytes and sends them; nothing is checked on this side."""

    def __init__(self, server):
        self.endpoint = server.endpoint
        self.keys = Credentials(*server.keys())
        parsed = urlparse(server.endpoint)
        self.host, self.port = parsed.hostname, parsed.port

    def send(self, service: str, method: str, target: str, body: bytes, headers: dict) -> Answer:
        request = AWSRequest(method, self.endpoint + target, data=body, headers=headers)
        request.context["payload_signing_enabled"] = True
        (S3SigV4Auth if service == "s3" else SigV4Auth)(self.keys, service, REGION).add_auth(request)
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        connection.request(method, target, body, dict(request.headers))
        answer = connection.getresponse()
        return parse(answer.status, answer.headers, answer.read())

    def aws_json(self, target: str, body: bytes) -> Answer:
        service = {"AWSGlue": "glue", "Weir": "weir"}.get(target.split(".")[0], "cloudtrail")
        return self.send(service, "POST", "/", body, {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"})

    def rest_json(self, operation: str, body: bytes) -> Answer:
        return self.send("lakeformation", "POST", f"/{operation}", body, {"Content-Type": "application/json"})

    def query(self, service: str, body: bytes) -> Answer:
        return self.send(service, "POST", "/", body, {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})

    def s3(self, method: str, target: str, body: bytes = b"", **headers) -> Answer:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        if method in ("POST", "PUT") and body and "Content-MD5" not in names:
            names["Content-MD5"] = b64encode(hashlib.md5(body).digest()).decode()
        return self.send("s3", method, target, body, names)


@pytest.fixture(scope="module")
def sender(server):
    return Sender(server)


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "bad-input").build()
    lake.table("orders", COLUMNS, ROWS)
    return lake


@pytest.fixture(autouse=True)
def the_server_goes_on(server):
    yield
    assert server.process.poll() is None
    with urllib.request.urlopen(f"{server.endpoint}/-/health", timeout=10) as answer:
        assert answer.status == 200


def is_refusal(answer: Answer, *codes: str) -> None:
    assert 400 <= answer.status < 500, (answer.status, answer.text[:500])
    assert answer.code in codes, (answer.code, answer.message)
    assert answer.message
    assert not INSIDE.search(answer.message), answer.message
    assert len(answer.message) < 3_000


def refused(call, *codes: str, **arguments) -> str:
    """The message of a boto3 call that must fail with one of these codes."""
    with pytest.raises(ClientError) as error:
        call(**arguments)
    answer = error.value.response["Error"]
    assert answer["Code"] in codes, answer
    assert not INSIDE.search(answer["Message"]), answer["Message"]
    return answer["Message"]


def nested(depth: int, inner: str = "1") -> str:
    return '{"a":' * depth + inner + "}" * depth


# --- JSON in both of its protocols

MALFORMED_JSON = {
    "truncated inside a string": b'{"Name": "abc',
    "truncated inside a list": b'{"Name": ["a", ',
    "trailing text": b'{} {}',
    "trailing comma": b'{"Name": "a",}',
    "single quotes": b"{'Name': 'a'}",
    "a list": b"[]",
    "a number": b"17",
    "null": b"null",
    "not JSON": b"<xml/>",
    "NaN": b'{"MaxResults": NaN}',
    "a comment": b'{/* */}',
    "overlong UTF-8": b'{"Name": "\xc0\xaf"}',
    "a lone surrogate": b'{"Name": "\\ud800"}',
    "a raw control character": b'{"Name": "a\x01b"}',
    "a raw NUL": b'{"Name": "a\x00b"}',
    "deep objects": nested(5_000).encode(),
    "deep lists in an unknown member": b'{"Unknown": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "binary": bytes(range(256)) * 8,
    "UTF-16": '{"Name": "a"}'.encode("utf-16"),
}
AWS_JSON_TARGETS = ("AWSGlue.GetDatabase", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "Weir.Explain")


@pytest.mark.parametrize("body", MALFORMED_JSON.values(), ids=MALFORMED_JSON.keys())
def test_malformed_json_is_a_serialization_error(sender, body):
    for target in AWS_JSON_TARGETS:
        is_refusal(sender.aws_json(target, body), "SerializationException")
    is_refusal(sender.rest_json("GrantPermissions", body), "SerializationException")


@pytest.mark.parametrize("operation,body", [
    ("GrantPermissions", {"Principal": "x", "Permissions": ["SELECT"], "Resource": {}}),
    ("GrantPermissions", {"Principal": {"DataLakePrincipalIdentifier": 5}}),
    ("GrantPermissions", {"Permissions": "SELECT"}),
    ("GrantPermissions", {"Permissions": [["SELECT"]]}),
    ("GrantPermissions", {"Resource": [{}]}),
    ("ListPermissions", {"MaxResults": "10"}),
    ("ListPermissions", {"MaxResults": 1.5}),
    ("ListPermissions", {"MaxResults": 1e40}),
    ("ListPermissions", {"MaxResults": 2 ** 31}),
    ("PutDataLakeSettings", {"DataLakeSettings": {"AllowExternalDataFiltering": "true"}}),
    ("PutDataLakeSettings", {"DataLakeSettings": {"Parameters": {"a": 1}}}),
    ("PutDataLakeSettings", {"DataLakeSettings": {"DataLakeAdmins": {"0": {}}}}),
])
def test_wrong_types_are_named_in_rest_json(sender, operation, body):
    answer = sender.rest_json(operation, json.dumps(body).encode())
    is_refusal(answer, "SerializationException")


@pytest.mark.parametrize("target,body", [
    ("AWSGlue.CreateTable", {"DatabaseName": "d", "TableInput": {"Name": "t", "Retention": "7"}}),
    ("AWSGlue.CreateTable", {"DatabaseName": "d", "TableInput": {"Name": "t", "Parameters": [["a", "b"]]}}),
    ("AWSGlue.CreateTable", {"DatabaseName": "d", "TableInput": {"Name": "t", "StorageDescriptor": {"Columns": {"Name": "c"}}}}),
    ("AWSGlue.CreateTable", {"DatabaseName": "d", "TableInput": {"Name": "t", "LastAccessTime": "yesterday"}}),
    ("AWSGlue.GetPartitions", {"DatabaseName": "d", "TableName": "t", "Segment": {"SegmentNumber": 2.5, "TotalSegments": 4}}),
    ("AWSGlue.GetPartitions", {"DatabaseName": "d", "TableName": "t", "ExcludeColumnSchema": 1}),
    ("AWSGlue.GetUnfilteredTableMetadata", {"CatalogId": ACCOUNT, "DatabaseName": "d", "Name": "t", "SupportedPermissionTypes": "ALL"}),
    (AWS_JSON_TARGETS[1], {"MaxResults": True}),
    (AWS_JSON_TARGETS[1], {"LookupAttributes": [7]}),
])
def test_wrong_types_are_named_in_aws_json(sender, target, body):
    is_refusal(sender.aws_json(target, json.dumps(body).encode()), "SerializationException")


@pytest.mark.parametrize("body", [b'{"MaxResults": 0}', b'{"MaxResults": -1}', b'{"MaxResults": 2147483647}'])
def test_numbers_outside_their_documented_range_are_invalid(sender, body):
    is_refusal(sender.rest_json("ListPermissions", body), "InvalidInputException")
    is_refusal(sender.aws_json(AWS_JSON_TARGETS[1], body), "InvalidMaxResultsException", "ValidationException")


def test_duplicate_members_are_refused_at_every_depth(sender):
    for body in (b'{"CatalogId": "1", "CatalogId": "2"}',
                 b'{"Resource": {"Table": {"Name": "a", "Name": "b"}}}',
                 b'{"DataLakeSettings": {"Parameters": {"a": "1", "a": "2"}}}'):
        operation = "PutDataLakeSettings" if b"Settings" in body else "GrantPermissions"
        is_refusal(sender.rest_json(operation, body), "SerializationException")


def test_unknown_members_are_passed_over(sender):
    assert sender.rest_json("GetDataLakeSettings", b'{"Unknown": {"deep": [1, {"x": null}]}}').status == 200
    assert sender.aws_json("AWSGlue.GetDatabases", b'{"Unknown": 1.5e3}').status == 200
    assert sender.query("sts", b"Action=GetCallerIdentity&Version=2011-06-15&Unknown=1&Unknown.member.1=2").status == 200


def test_an_empty_body_is_an_empty_structure(sender):
    assert sender.rest_json("GetDataLakeSettings", b"").status == 200
    assert sender.aws_json("AWSGlue.GetDatabases", b"").status in (200, 400)


@pytest.mark.parametrize("operation", ["NoSuchOperation", "GrantPermissions/", "GrantPermissions/x", "", "%00", "..%2fGrantPermissions"])
def test_unknown_rest_operations_are_unknown(sender, operation):
    answer = sender.rest_json(operation, b"{}")
    assert 400 <= answer.status < 500 and not INSIDE.search(answer.text)


NAMES = ["a\u0001b", "a\u0000b", "a\nb", "\u007f\u0000", " ", "a/b", "../x", "a\u202eb", "x" * 256, "", "\ufffe"]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_are_refused_or_name_nothing(sender, name):
    for operation, member in (("GetTable", "Name"), ("GetTable", "DatabaseName")):
        body = {"DatabaseName": "bad_input", "Name": "orders"} | {member: name}
        answer = sender.aws_json(f"AWSGlue.{operation}", json.dumps(body).encode())
        is_refusal(answer, "InvalidInputException", "EntityNotFoundException")


@pytest.mark.parametrize("name", ["a\u0001b", "a\u0000b", "a\nb", "x" * 256, ""])
def test_nothing_is_made_under_an_odd_name(sender, lake, name):
    for target, body in (("AWSGlue.CreateDatabase", {"DatabaseInput": {"Name": name}}),
                         ("AWSGlue.CreateTable", {"DatabaseName": lake.database, "TableInput": {"Name": name}})):
        is_refusal(sender.aws_json(target, json.dumps(body).encode()), "InvalidInputException")


def test_bodies_over_the_limit_are_refused_whole(sender):
    body = b'{"CatalogId": "' + b"x" * (40 << 20) + b'"}'
    try:
        answer = sender.aws_json("AWSGlue.GetDatabases", body)
    except ConnectionError:  # refused by the length alone, before all of it was read
        return
    assert answer.status in (400, 413) and not INSIDE.search(answer.text)


def test_a_body_shorter_than_announced_changes_nothing(sender, lake):
    for length, sent in ((100, b'{"DatabaseName"'), (10, b"")):
        with socket.create_connection((sender.host, sender.port), timeout=30) as connection:
            connection.sendall(f"POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: AWSGlue.GetTable\r\nContent-Length: {length}\r\n\r\n".encode() + sent)
            connection.shutdown(socket.SHUT_WR)
            received = connection.recv(65536)
        assert received == b"" or re.match(rb"HTTP/1\.1 4\d\d ", received)


# --- query


@pytest.mark.parametrize("service,body,codes", [
    ("iam", b"", ("MissingAction", "InvalidAction")),
    ("iam", b"Action=", ("MissingAction", "InvalidAction")),
    ("iam", b"Action=NoSuchAction&Version=2010-05-08", ("InvalidAction",)),
    ("iam", b"Action=GetUser&Version=1999-01-01", ("InvalidAction", "NoSuchVersion")),
    ("iam", b"Action=GetUser&Version=2010-05-08&UserName=%zz", ("ValidationError",)),
    ("iam", b"Action=GetUser&Version=2010-05-08&UserName=%f", ("ValidationError",)),
    ("iam", b"Action=GetUser&Version=2010-05-08&UserName=%ff", ("MalformedInput",)),
    ("iam", b"Action=GetUser&Version=2010-05-08&UserName=\xff", ("MalformedInput",)),
    ("iam", b"Action=GetUser&Version=2010-05-08&UserName=a&UserName=b", ("MalformedInput",)),
    ("iam", b"Action=GetUser&Version=2010-05-08&UserName.member.1=a", ("MalformedInput",)),
    ("iam", b"Action=ListUsers&Version=2010-05-08&MaxItems=ten", ("MalformedInput",)),
    ("iam", b"Action=ListUsers&Version=2010-05-08&MaxItems=99999999999999999999", ("MalformedInput",)),
    ("iam", b"Action=ListUsers&Version=2010-05-08&MaxItems=1.5", ("MalformedInput",)),
    ("iam", b"Action=ListUsers&Version=2010-05-08&MaxItems=0", ("ValidationError",)),
    ("iam", b"Action=ListUsers&Version=2010-05-08&MaxItems=-1", ("ValidationError",)),
    ("iam", b"Action=ListUsers&Version=2010-05-08&MaxItems=1001", ("ValidationError",)),
    ("iam", b"Action=ListUsers&Version=2010-05-08&Marker=%01%02", ("ValidationError", "InvalidInput")),
    ("iam", b"Action=CreateRole&Version=2010-05-08&RoleName=r", ("ValidationError", "MissingParameter")),
    ("iam", b"Action=CreateUser&Version=2010-05-08&UserName=a%00b", ("ValidationError", "MalformedInput")),
    ("iam", b"Action=CreateUser&Version=2010-05-08&UserName=a%0ab", ("ValidationError",)),
    ("iam", b"Action=CreateUser&Version=2010-05-08&UserName=" + b"x" * 65, ("ValidationError",)),
    ("iam", b"Action=CreateUser&Version=2010-05-08&UserName=u&Tags.member.9999999999.Key=a", ("MalformedInput",)),
    ("iam", b"Action=CreateUser&Version=2010-05-08&UserName=u&Tags.member.x.Key=a", ("MalformedInput",)),
    ("sts", b"Action=AssumeRole&Version=2011-06-15&RoleArn=nonsense-but-long-enough&RoleSessionName=ab", ("AccessDenied",)),
    ("sts", b"Action=AssumeRole&Version=2011-06-15&RoleArn=short&RoleSessionName=ab", ("ValidationError",)),
    ("sts", b"Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=a%20b", ("ValidationError",)),
    ("sts", b"Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=ab&DurationSeconds=1", ("ValidationError",)),
    ("sts", b"Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::999988887777:role/x&RoleSessionName=ab", ("AccessDenied",)),
    ("sts", b"Action=GetSessionToken&Version=2011-06-15&DurationSeconds=soon", ("MalformedInput",)),
])
def test_malformed_forms_are_answered_in_xml(sender, service, body, codes):
    answer = sender.query(service, body)
    is_refusal(answer, *codes)
    assert answer.text.startswith("<ErrorResponse") and "<RequestId>" in answer.text


def test_too_many_parameters_are_refused(sender):
    body = b"Action=ListUsers&Version=2010-05-08&" + b"&".join(b"p%d=1" % i for i in range(200_000))
    answer = sender.query("iam", body)
    assert answer.status in (200, 400, 413) and not INSIDE.search(answer.message)


def statements(size: int, **more) -> str:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", **more, "Resource": ["arn:aws:s3:::x/"]}]}
    document["Statement"][0]["Resource"] = ["arn:aws:s3:::x/" + "y" * (size - len(json.dumps(document)))]
    return json.dumps(document)


POLICIES = {
    "40 KB": statements(40_000), "not JSON": "{", "a list": "[]", "empty": "", "text": "hello",
    "deep": nested(2_000), "no statement": '{"Version": "2012-10-17"}',
    "a wrong version": '{"Version": "2020-01-01", "Statement": []}',
    "a wrong effect": '{"Version": "2012-10-17", "Statement": [{"Effect": "Maybe", "Action": "*", "Resource": "*"}]}',
    "an unknown member": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Extra": 1}]}',
    "an unknown operator": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Sorta": {"a": "b"}}}]}',
    "a number for an action": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": 7, "Resource": "*"}]}',
}


@pytest.mark.parametrize("document", POLICIES.values(), ids=POLICIES.keys())
def test_bad_policies_are_refused_by_iam_and_s3(sender, lake, document):
    lake.admin.iam.create_role(RoleName="bad-policy", AssumeRolePolicyDocument=trust_service())
    try:
        body = f"Action=PutRolePolicy&Version=2010-05-08&RoleName=bad-policy&PolicyName=p&PolicyDocument={quote(document)}"
        is_refusal(sender.query("iam", body.encode()), "MalformedPolicyDocument", "LimitExceeded", "ValidationError")
        assert lake.admin.iam.list_role_policies(RoleName="bad-policy")["PolicyNames"] == []
    finally:
        lake.admin.iam.delete_role(RoleName="bad-policy")
    body = f"Action=CreatePolicy&Version=2010-05-08&PolicyName=bad-policy&PolicyDocument={quote(document)}"
    is_refusal(sender.query("iam", body.encode()), "MalformedPolicyDocument", "LimitExceeded", "ValidationError")
    is_refusal(sender.s3("PUT", f"/{lake.bucket}?policy", document.encode()), "MalformedPolicy", "MissingRequestBodyError",
               "PolicyTooLarge", "EntityTooLarge", "InvalidRequest", "MissingContentLength")


# --- S3

def delete_body(keys) -> bytes:
    return b"<Delete>" + b"".join(b"<Object><Key>%s</Key></Object>" % key for key in keys) + b"</Delete>"


@pytest.mark.parametrize("body", [
    b"<Delete><Object><Key>a</Key>", b"", b"hello", b"<Other/>", b"<Delete/>", b"<Delete></Object></Delete>",
    b"<Delete><Object><Key>\xff</Key></Object></Delete>",
    b"<Delete><Object><Key>&#0;</Key></Object></Delete>",
    b"<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>",
    b"<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Delete><Object><Key>&e;</Key></Object></Delete>",
    b"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><Delete><Object><Key>&b;</Key></Object></Delete>",
    b"<x>" * 3_000 + b"</x>" * 3_000,
    delete_body(b"k%d" % i for i in range(1001)),
    b"<Delete><Quiet>maybe</Quiet><Object><Key>a</Key></Object></Delete>",
])
def test_malformed_xml_is_refused(sender, lake, body):
    answer = sender.s3("POST", f"/{lake.bucket}?delete", body)
    is_refusal(answer, "MalformedXML", "MissingRequestBodyError", "InvalidRequest", "InvalidArgument")
    assert "root:" not in answer.text


@pytest.mark.parametrize("method,target,codes", [
    ("PUT", "/A_Bad_Bucket", ("InvalidBucketName",)),
    ("PUT", "/ab", ("InvalidBucketName",)),
    ("PUT", "/" + "x" * 64, ("InvalidBucketName",)),
    ("PUT", "/192.168.0.1", ("InvalidBucketName",)),
    ("PUT", "/..", ("InvalidBucketName", "InvalidURI", "MethodNotAllowed")),
    ("GET", "/no-such-bucket-here/key", ("NoSuchBucket",)),
    ("GET", "/bad-input-bucket/no-such-key", ("NoSuchKey",)),
    ("GET", "/bad-input-bucket/%00", ("NoSuchKey", "InvalidURI", "InvalidArgument")),
    ("GET", "/bad-input-bucket/%FF", ("InvalidURI",)),
    ("GET", "/bad-input-bucket/" + "k" * 1025, ("KeyTooLongError", "NoSuchKey")),
    ("PUT", "/bad-input-bucket/" + "k" * 1025, ("KeyTooLongError",)),
    ("GET", "/bad-input-bucket?list-type=2&max-keys=-1", ("InvalidArgument",)),
    ("GET", "/bad-input-bucket?list-type=2&max-keys=ten", ("InvalidArgument",)),
    ("GET", "/bad-input-bucket?list-type=2&max-keys=99999999999999999999", ("InvalidArgument",)),
    ("GET", "/bad-input-bucket?list-type=2&continuation-token=nonsense", ("InvalidArgument",)),
    ("GET", "/bad-input-bucket?list-type=2&encoding-type=rot13", ("InvalidArgument",)),
    ("GET", "/bad-input-bucket/orders/part-0.parquet?partNumber=0", ("InvalidArgument", "InvalidPartNumber")),
    ("GET", "/bad-input-bucket/orders/part-0.parquet?partNumber=x", ("InvalidArgument",)),
    ("PUT", "/bad-input-bucket/k?partNumber=1&uploadId=nonsense", ("NoSuchUpload",)),
    ("PUT", "/bad-input-bucket/k?partNumber=0&uploadId=nonsense", ("InvalidArgument", "NoSuchUpload")),
    ("PUT", "/bad-input-bucket/k?partNumber=10001&uploadId=nonsense", ("InvalidArgument", "NoSuchUpload")),
    ("DELETE", "/bad-input-bucket/k?uploadId=..%2F..%2Fx", ("NoSuchUpload",)),
    ("PATCH", "/bad-input-bucket/k", ("MethodNotAllowed", "NotImplemented")),
])
def test_bad_s3_requests_are_refused_by_name(sender, lake, method, target, codes):
    is_refusal(sender.s3(method, target), *codes)


@pytest.mark.parametrize("headers,codes", [
    ({"Content-MD5": "nonsense"}, ("InvalidDigest",)),
    ({"Content-MD5": b64encode(b"0" * 16).decode()}, ("BadDigest",)),
    ({"x-amz-checksum-crc32": "AAAAAA=="}, ("BadDigest",)),
    ({"x-amz-checksum-sha256": "short"}, ("InvalidRequest",)),
    ({"x-amz-copy-source": "nonsense"}, ("InvalidArgument", "InvalidRequest")),
    ({"x-amz-copy-source": "/bad-input-bucket/%zz"}, ("InvalidArgument", "InvalidRequest", "NoSuchKey")),
    ({"x-amz-meta-big": "x" * 3000}, ("MetadataTooLarge",)),
    ({"x-amz-storage-class": "SHELF"}, ("InvalidStorageClass",)),
])
def test_a_put_with_bad_headers_leaves_no_object(sender, lake, headers, codes):
    headers = {"Content-MD5": b64encode(hashlib.md5(b"body").digest()).decode()} | headers
    is_refusal(sender.s3("PUT", f"/{lake.bucket}/refused", b"body", **headers), *codes)
    is_refusal(sender.s3("GET", f"/{lake.bucket}/refused"), "NoSuchKey")


def test_an_upload_cut_off_leaves_no_object(sender, lake):
    body = b"x" * 50_000
    request = AWSRequest("PUT", f"{sender.endpoint}/{lake.bucket}/cut-off", data=body)
    request.context["payload_signing_enabled"] = True
    S3SigV4Auth(sender.keys, "s3", REGION).add_auth(request)
    with socket.create_connection((sender.host, sender.port), timeout=30) as connection:
        head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items() if name.lower() != "content-length")
        connection.sendall(f"PUT /{lake.bucket}/cut-off HTTP/1.1\r\nHost: {sender.host}:{sender.port}\r\n"
                           f"Content-Length: {len(body)}\r\n{head}\r\n".encode() + body[:20_000])
        connection.shutdown(socket.SHUT_WR)
        received = connection.recv(65536)
    assert received == b"" or re.match(rb"HTTP/1\.1 4\d\d ", received)
    is_refusal(sender.s3("GET", f"/{lake.bucket}/cut-off"), "NoSuchKey")


@pytest.mark.parametrize("parts", [
    b"<CompleteMultipartUpload/>",
    b"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>",
    b"<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>x</ETag></Part><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>",
    b"<CompleteMultipartUpload><Part><PartNumber>99999999999</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>",
    b"<CompleteMultipartUpload><Part><ETag>x</ETag></Part></CompleteMultipartUpload>",
    b"<CompleteMultipartUpload><Part>",
])
def test_uploads_are_not_completed_with_wrong_parts(sender, lake, parts):
    upload = lake.admin.s3.create_multipart_upload(Bucket=lake.bucket, Key="parts")["UploadId"]
    answer = sender.s3("POST", f"/{lake.bucket}/parts?uploadId={quote(upload, safe='')}", parts)
    is_refusal(answer, "InvalidPart", "InvalidPartOrder", "MalformedXML", "InvalidRequest")
    is_refusal(sender.s3("GET", f"/{lake.bucket}/parts"), "NoSuchKey")


# --- Lake Formation and Glue: whole requests that make no sense


@pytest.fixture(scope="module")
def unchecked(server):
    """boto3 without its own validation."""
    key, secret = server.keys()
    return lambda service: boto3.client(service, endpoint_url=server.endpoint, region_name=REGION, aws_access_key_id=key,
                                        aws_secret_access_key=secret, config=Config(parameter_validation=False))


def cells(lake, name: str, expression: str, columns=None) -> dict:
    data = {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "orders", "Name": name,
            "RowFilter": {"FilterExpression": expression}}
    return data | ({"ColumnNames": columns} if columns else {"ColumnWildcard": {}})


@pytest.mark.parametrize("expression", [
    "id = 1" + " OR id = 1" * 300, "region = '" + "x" * 2049 + "'", "", "id =", "id = 1; DROP TABLE orders", "nowhere = 1", "id = 'text'",
    "(" * 500 + "id = 1" + ")" * 500, "region = 'open", "id IN ()", "id = 1 AND", "id = 99999999999999999999999999",
    "region LIKE", "SELECT 1", "id = (SELECT 1)", "region = 'a\u0000b'", "1", "id", "sleep(10)", "id BETWEEN 1", "-- comment",
])
def test_bad_filter_expressions_are_refused(lake, unchecked, expression):
    refused(unchecked("lakeformation").create_data_cells_filter, "InvalidInputException", TableData=cells(lake, "bad", expression))


def test_a_filter_expression_is_long_enough_at_2048_characters(lake, unchecked):
    def filling(size):
        return "region = '" + "x" * (size - len("region = ''")) + "'"
    lakeformation = unchecked("lakeformation")
    lakeformation.create_data_cells_filter(TableData=cells(lake, "longest", filling(2048)))
    refused(lakeformation.create_data_cells_filter, "InvalidInputException", TableData=cells(lake, "longer", filling(2049)))


@pytest.mark.parametrize("change", [
    {"ColumnNames": ["nowhere"]}, {"ColumnNames": ["id"], "ColumnWildcard": {}},
    {"TableName": "nowhere"}, {"DatabaseName": "nowhere"}, {"TableCatalogId": OTHER}, {"TableCatalogId": "12"}, {"Name": ""},
    {"Name": "x" * 256}, {"RowFilter": {"FilterExpression": "id = 1", "AllRowsWildcard": {}}}, {"RowFilter": {}},
])
def test_filters_that_fit_no_table_are_refused(lake, unchecked, change):
    data = cells(lake, "unfit", "id = 1") | change
    if "ColumnNames" in change and "ColumnWildcard" not in change:
        del data["ColumnWildcard"]
    refused(unchecked("lakeformation").create_data_cells_filter, "InvalidInputException", "EntityNotFoundException",
            "AccessDeniedException", TableData=data)


@pytest.mark.parametrize("principal", [
    "", "nonsense", "arn:aws:iam::12:role/x", f"arn:aws:iam::{ACCOUNT}:", f"arn:aws:iam::{ACCOUNT}:group/x", f"arn:aws:s3:::{ACCOUNT}",
    "arn:aws:iam::111122223333:role/" + "x" * 300, f"arn:aws:sts::{ACCOUNT}:assumed-role/r/s", "IAM_EVERYBODY", "\u0000",
])
def test_grants_to_nobody_are_refused(lake, unchecked, principal):
    refused(unchecked("lakeformation").grant_permissions, "InvalidInputException", "EntityNotFoundException",
            Principal={"DataLakePrincipalIdentifier": principal}, Permissions=["SELECT"], Resource=lake.whole("orders"))


@pytest.mark.parametrize("resource", [
    {}, {"Table": {}}, {"Table": {"DatabaseName": "bad_input"}}, {"Table": {"DatabaseName": "bad_input", "Name": "nowhere"}},
    {"Table": {"DatabaseName": "bad_input", "Name": "orders", "TableWildcard": {}}},
    {"Table": {"CatalogId": OTHER, "DatabaseName": "bad_input", "Name": "orders"}},
    {"Database": {"Name": "bad_input"}, "Table": {"DatabaseName": "bad_input", "Name": "orders"}},
    {"TableWithColumns": {"DatabaseName": "bad_input", "Name": "orders"}},
    {"TableWithColumns": {"DatabaseName": "bad_input", "Name": "orders", "ColumnNames": ["nowhere"]}},
    {"DataLocation": {"ResourceArn": "nonsense"}}, {"DataLocation": {"ResourceArn": "arn:aws:s3:::"}},
    {"DataCellsFilter": {"TableCatalogId": ACCOUNT, "DatabaseName": "bad_input", "TableName": "orders", "Name": "nowhere"}},
])
def test_grants_on_nothing_are_refused(lake, unchecked, resource):
    refused(unchecked("lakeformation").grant_permissions, "InvalidInputException", "EntityNotFoundException", "AccessDeniedException",
            Principal={"DataLakePrincipalIdentifier": role_arn("bad-input-location")}, Permissions=["SELECT"], Resource=resource)


@pytest.mark.parametrize("arn", [
    "", "nonsense", f"arn:aws:glue:{REGION}:{ACCOUNT}:table/", f"arn:aws:glue:{REGION}:{ACCOUNT}:table/bad_input",
    f"arn:aws:glue:{REGION}:{ACCOUNT}:database/bad_input", f"arn:aws:s3:::bad-input-bucket/orders",
    f"arn:aws:glue:mars-1:{ACCOUNT}:table/bad_input/orders", f"arn:aws:glue:{REGION}:12:table/bad_input/orders",
    f"arn:aws:glue:{REGION}:{OTHER}:table/bad_input/orders", "arn:aws:glue:" + "x" * 2000, f"arn:aws:glue:{REGION}:{ACCOUNT}:table/a/b/c/d",
    f"arn:aws:glue:{REGION}:{ACCOUNT}:table/bad_input/or\u0000ders", f"arn:aws:glue:{REGION}:{ACCOUNT}:table/../orders",
])
def test_credentials_are_not_vended_for_odd_arns(lake, unchecked, arn):
    refused(unchecked("lakeformation").get_temporary_glue_table_credentials, "InvalidInputException", "EntityNotFoundException",
            "AccessDeniedException", TableArn=arn, SupportedPermissionTypes=["COLUMN_PERMISSION"])


@pytest.fixture(scope="module")
def parted(lake, unchecked):
    """A table with two partition keys; the arguments that name it."""
    unchecked("glue").create_table(DatabaseName=lake.database, TableInput={
        "Name": "parted", "StorageDescriptor": storage(lake.location("parted"), COLUMNS),
        "PartitionKeys": [{"Name": "year", "Type": "string"}, {"Name": "month", "Type": "int"}]})
    return {"DatabaseName": lake.database, "TableName": "parted"}


@pytest.mark.parametrize("values", [[], ["2026"], ["2026", "1", "x"]])
def test_partitions_take_one_value_for_each_key(unchecked, parted, values):
    glue = unchecked("glue")
    refused(glue.create_partition, "InvalidInputException", **parted, PartitionInput={"Values": values})
    answer = glue.batch_create_partition(**parted, PartitionInputList=[{"Values": values}])
    assert [e["ErrorDetail"]["ErrorCode"] for e in answer["Errors"]] == ["InvalidInputException"]
    refused(glue.get_partition, "InvalidInputException", "EntityNotFoundException", **parted, PartitionValues=values)
    assert all(len(p["Values"]) == 2 for p in glue.get_partitions(**parted)["Partitions"])


@pytest.mark.parametrize("values", [["2026", ""], ["x" * 3000, "1"]])
def test_partition_values_keep_their_limits(unchecked, parted, values):
    glue = unchecked("glue")
    refused(glue.create_partition, "InvalidInputException", **parted, PartitionInput={"Values": values})
    refused(glue.batch_create_partition, "InvalidInputException", **parted, PartitionInputList=[{"Values": values}])


def test_no_two_lists_of_partition_values_are_one(unchecked, parted):
    """Whatever separates values inside, no value can contain it to any effect."""
    glue = unchecked("glue")
    odd = [["a", "1"], ["a\u0000", "1"], ["a\u00001", "1"], ["a/1", "1"], ["a%2F1", "1"], ["a|1", "1"], ["a\u0001", "1"], ["a\u00ff", "1"]]
    for values in odd:
        glue.create_partition(**parted, PartitionInput={"Values": values})
    assert sorted(p["Values"] for p in glue.get_partitions(**parted)["Partitions"]) == sorted(odd)
    for values in odd:
        assert glue.get_partition(**parted, PartitionValues=values)["Partition"]["Values"] == values


@pytest.mark.parametrize("expression", ["year =", "nowhere = '1'", "month = 'x'", "(" * 600, "year = '1' OR", "year LIKE '%' AND (", "x" * 2049])
def test_bad_partition_expressions_are_refused(lake, unchecked, expression):
    glue = unchecked("glue")
    if not glue.get_tables(DatabaseName=lake.database, Expression="by_year")["TableList"]:
        glue.create_table(DatabaseName=lake.database, TableInput={
            "Name": "by_year", "PartitionKeys": [{"Name": "year", "Type": "string"}, {"Name": "month", "Type": "int"}]})
    refused(glue.get_partitions, "InvalidInputException", DatabaseName=lake.database, TableName="by_year", Expression=expression)


@pytest.mark.parametrize("operation", ["get_tables", "get_databases", "get_partitions", "list_permissions", "list_resources",
                                       "list_data_cells_filter"])
def test_made_up_page_tokens_are_refused(lake, unchecked, operation):
    names = {"get_tables": {"DatabaseName": lake.database}, "get_partitions": {"DatabaseName": lake.database, "TableName": "orders"}}
    client = unchecked("glue" if operation.startswith("get_") else "lakeformation")
    for token in ("nonsense", "AAAA", "../../x", "eyJhIjoxfQ=="):
        refused(getattr(client, operation), "InvalidInputException", NextToken=token, **names.get(operation, {}))


# --- data that is not what the catalog says


@pytest.fixture(scope="module")
def engine(lake):
    return lake.role("engine")


def sql(lake, table: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [WEIR, "query", "--role-arn", role_arn(f"{lake.name}-engine"), "--external-id", EXTERNAL_ID, "--session-tag", SESSION_TAG,
         "--database", lake.database, "--format", "csv", "--threads", "1", f"SELECT count(*) AS n, max(id) AS most FROM {table}"],
        capture_output=True, text=True, env=lake.server.cli_env, timeout=120)


BROKEN = {
    "empty": b"\n", "text": b"this is no parquet file\n" * 100, "magic only": b"PAR1" + b"\x00" * 100 + b"PAR1",
    "huge footer": b"PAR1" + b"\xff" * 64 + (2 ** 31 - 1).to_bytes(4, "little") + b"PAR1", "short": b"PAR1",
}


@pytest.mark.parametrize("name", BROKEN)
def test_files_that_are_not_parquet_fail_the_query_with_a_reason(lake, engine, name):
    table = "broken_" + name.replace(" ", "_")
    lake.table(table, COLUMNS, ROWS)
    lake.admin.s3.put_object(Bucket=lake.bucket, Key=f"{table}/part-0.parquet", Body=BROKEN[name])
    lake.grant(engine, ["SELECT"], lake.whole(table))
    answer = sql(lake, table)
    assert answer.returncode == 1 and answer.stdout == "" and len(answer.stderr) > len("weir: \n")
    assert "terminate called" not in answer.stderr and "INTERNAL Error" not in answer.stderr


def test_a_truncated_parquet_file_fails_the_query(lake, engine):
    lake.table("cut", COLUMNS, ROWS)
    whole = lake.admin.s3.get_object(Bucket=lake.bucket, Key="cut/part-0.parquet")["Body"].read()
    lake.grant(engine, ["SELECT"], lake.whole("cut"))
    for size in (len(whole) - 1, len(whole) // 2, 12):
        lake.admin.s3.put_object(Bucket=lake.bucket, Key="cut/part-0.parquet", Body=whole[:size])
        answer = sql(lake, "cut")
        assert answer.returncode == 1 and answer.stdout == ""


def test_objects_deleted_after_the_grant_are_no_rows(lake, engine):
    lake.table("emptied", COLUMNS, ROWS)
    lake.grant(engine, ["SELECT"], lake.whole("emptied"))
    assert sql(lake, "emptied").stdout.split()[1] == "2,2"
    lake.admin.s3.delete_object(Bucket=lake.bucket, Key="emptied/part-0.parquet")
    answer = sql(lake, "emptied")
    assert answer.returncode == 0 and answer.stdout.split()[1].startswith("0,"), answer.stderr


def test_a_table_dropped_or_its_bucket_gone_is_an_error_of_the_caller(lake, engine):
    lake.admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "bucketless", "StorageDescriptor": storage("s3://no-such-bucket-anywhere/x/", COLUMNS)})
    lake.grant(engine, ["SELECT"], lake.whole("bucketless"))
    answer = sql(lake, "bucketless")
    assert answer.returncode == 1 and answer.stdout == "" and not INSIDE.search(answer.stderr)
    refused(lake.assume(engine).lakeformation.get_temporary_glue_table_credentials, "AccessDeniedException", "InvalidInputException",
            TableArn=table_arn(lake.database, "bucketless"), SupportedPermissionTypes=["COLUMN_PERMISSION"])

"""Everything that happens to requests and grants is announced: on the account's bus and in its audit trail, each by name.

One cause a test, and what it must say. What an announcement carries to rules and channels is tests/channels_test.py's.
"""

import json

import pytest

from conftest import ACCOUNT, server_of_its_own
from events_words import Receiver, api_key, destination, may, role_for
from iam_words import fresh
from organizations_test import make_account
from request_words import Desk
from sharing_words import OUTSIDE
from sns_words import wait_for

DAY = 24 * 3600
server, admin = server_of_its_own("announced", "--webhook-private-addresses", "true")


@pytest.fixture(scope="module")
def outside(server, admin):
    return make_account(server, OUTSIDE)


@pytest.fixture()
def desk(server, admin, outside):
    return Desk(server, admin)


def steps(desk, **step) -> None:
    """Whoever asks for `people` asks the approver, in this manner."""
    desk.policy({"Name": "asks", "When": {"Databases": [desk.database], "Sensitive": True}, "Then": {"Require": [
        {"Name": "owner", "Approvers": [desk.approver_arn], **step}]}})


def asked(desk, **more) -> dict:
    return desk.ask("people", **more)


def approved(desk, **more) -> dict:
    request = asked(desk, **more)
    desk.decide(request)
    desk.held(request)
    return request


def denied(desk) -> dict:
    request = asked(desk)
    desk.decide(request, "deny", Comment="no")
    return request


def reminded(desk) -> dict:
    steps(desk, RemindEverySeconds=1, TimeoutSeconds=100)
    return asked(desk)


def expired(desk) -> dict:
    steps(desk, TimeoutSeconds=1)
    return asked(desk)


def withdrawn(desk) -> dict:
    request = asked(desk)
    desk.weir.withdraw_access_request(RequestId=request["RequestId"])
    return request


def granted(desk, **more) -> dict:
    request = desk.ask(**more)
    desk.held(request)
    return request


def accepted(desk, outside) -> dict:
    request = granted(desk)
    for one in outside.ram.get_resource_share_invitations()["resourceShareInvitations"]:
        if one["status"] == "PENDING":
            outside.ram.accept_resource_share_invitation(resourceShareInvitationArn=one["resourceShareInvitationArn"])
    desk.weir.verify_access_grants(RequestId=request["RequestId"])
    return request


def ending_in_a_day(desk) -> dict:
    return granted(desk, DurationSeconds=DAY + 1)


def extended(desk) -> dict:
    request = granted(desk, DurationSeconds=3600)
    desk.weir.extend_access_grant(RequestId=request["RequestId"], DurationSeconds=60)
    return request


def revoked(desk) -> dict:
    request = granted(desk)
    desk.weir.revoke_access_grant(RequestId=request["RequestId"])
    return request


def over(desk) -> dict:
    return granted(desk, DurationSeconds=1)


def failed(desk) -> dict:
    poor = Desk(desk.server, desk.admin, grants=False)
    return granted(poor)


def became_sensitive(desk) -> dict:
    desk.flag("people", "email", "false")
    request = granted(desk, table="*")
    desk.flag("people", "email")
    desk.weir.verify_access_grants(RequestId=request["RequestId"])
    return request


def trail(admin, name: str, request: dict) -> list[dict]:
    found = admin.cloudtrail.lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
    return [json.loads(one["CloudTrailEvent"]) for one in found if request["RequestId"] in one["CloudTrailEvent"]]


def event_name(kind: str) -> str:
    """`grant.awaiting_ram` in the trail: GrantAwaitingRam."""
    return "".join(word.capitalize() for word in kind.replace(".", "_").split("_"))


@pytest.mark.parametrize("cause, kinds", [
    (asked, ["request.submitted", "request.step_started"]),
    (granted, ["request.auto_approved", "grant.created"]),
    (approved, ["request.decided", "grant.created"]),
    (denied, ["request.decided"]),
    (reminded, ["request.reminder"]),
    (expired, ["request.expired"]),
    (withdrawn, ["request.withdrawn"]),
    (accepted, ["grant.awaiting_ram", "grant.active"]),  # the one test that accepts: shares are of a pair of accounts
    (ending_in_a_day, ["grant.expiring"]),
    (extended, ["grant.extended"]),
    (revoked, ["grant.revoked"]),
    (over, ["grant.revoked"]),
    (failed, ["grant.failed"]),
    (became_sensitive, ["catalog.pii_flag_changed", "policy.violation"]),
], ids=lambda value: value.__name__ if callable(value) else "")
def test_what_happens_is_in_the_trail(desk, outside, cause, kinds):
    request = cause(desk, outside) if cause is accepted else cause(desk)
    for kind in kinds:
        told = wait_for(lambda: trail(desk.admin, event_name(kind), request), what=kind)
        assert {(event["recipientAccountId"], event["userIdentity"]["type"]) for event in told} == {(ACCOUNT, "AWSService")}


@pytest.fixture()
def receiver():
    made = Receiver()
    yield made
    made.close()


def test_the_bus_hears_what_the_trail_has(admin, desk, receiver):
    name, arn = fresh("rule"), destination(admin, api_key(admin), receiver.url + "/bus")
    admin.events.put_rule(Name=name, EventPattern='{"source": ["weir.access"]}')
    admin.events.put_targets(Rule=name, Targets=[
        {"Id": "t", "Arn": arn, "RoleArn": role_for(admin, may("events:InvokeApiDestination"))}])
    request = revoked(desk)
    kinds = {"request.submitted", "request.auto_approved", "grant.created", "grant.revoked"}

    def heard():
        events = [post.json for post in receiver.at("/bus") if request["RequestId"] in post.json["resources"]]
        return events if kinds <= {event["detail-type"] for event in events} else None
    events = {event["id"]: event for event in wait_for(heard, what=f"{kinds}")}
    for event in events.values():
        (told,) = wait_for(lambda: trail(admin, event_name(event["detail-type"]), request), what=event["detail-type"])
        assert told["eventID"] == event["id"]
        assert told["additionalEventData"]["detail"] == event["detail"]

"""Approvals over the wire: mails and links, people who decide, time that passes."""

import hmac
import json
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid

import pytest

from approval_words import PATH, Asking, ask_page, code_of, links, pages, send_form, token_of
from conftest import ACCOUNT, WEIR, Server, server_of_its_own
from iam_words import OTHER, fresh
from lake import allow, role_arn
from sns_words import Endpoint, body_of, fetch, link_in, mail_to, mails_to, wait_for
from states_words import SDK, create, history, machine, machine_role, run, states_client
from weir_words import weir_client

server, admin = server_of_its_own("approvals", "--webhook-private-addresses", "true")


def address(name: str = "anna") -> str:
    return f"{name}-{uuid.uuid4().hex[:10]}@example.org"


def user(server, admin, *actions: str, **options):
    """An IAM user that may do `actions`: its ARN and its clients."""
    name = fresh("approver")
    arn = admin.iam.create_user(UserName=name, **options)["User"]["Arn"]
    if actions:
        admin.iam.put_user_policy(UserName=name, PolicyName="may", PolicyDocument=allow(list(actions)))
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    return arn, server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]})


def task_token(asking) -> str:
    """As the history of the execution shows it."""
    asking.approval()
    scheduled = next(event for event in history(asking.states, asking.execution) if event["type"] == "TaskScheduled")
    return json.loads(scheduled["taskScheduledEventDetails"]["parameters"])["TaskToken"]


# --- links

def test_who_approves_by_a_link_lets_the_execution_go_on(server, admin):
    anna = address()
    asking = Asking(server, admin, Approvers=[anna], Reason="quarterly report",
                    Facts=[{"Label": "Database", "Value": "sales"}, {"Label": "Table", "Value": "orders"}])
    mail = mail_to(server, anna)
    assert mail["Subject"] == "May they?"
    text = body_of(mail)
    assert "Database: sales\nTable: orders\nReason: quarterly report\n" in text
    assert "href" in mail.get_body(("html",)).get_content()
    approve, deny = links(server, anna)
    status, headers, page = ask_page(approve)
    assert status == 200 and "quarterly report" in page and anna in page and 'value="approve" required checked' in page
    assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"] and "default-src 'none'" in headers["Content-Security-Policy"]
    assert "<script" not in page and "width=device-width" in page
    status, _, page = send_form(approve, comment="fine with me")
    assert status == 200 and "It was approved." in page, page
    out = asking.output()
    assert out["approved"] is True and out["approval"] == asking.now()["ApprovalId"] and "narrowed" not in out
    decision = out["decisions"][0]
    assert (decision["by"], decision["verdict"], decision["comment"], decision["channel"]) == (
        anna, "approve", "fine with me", "mail")
    recorded = asking.now()
    assert recorded["Status"] == "APPROVED" and recorded["Decisions"][0]["Address"] == "127.0.0.1"
    assert recorded["Decisions"][0]["Agent"] == "a browser"


def test_what_only_looks_changes_nothing(server, admin):
    anna = address()
    asking = Asking(server, admin, Approvers=[anna])
    for link in links(server, anna):
        for method in ("GET", "HEAD", "GET"):
            status, _, body = ask_page(link, method)
            assert status == 200 and (method == "GET" or body == "")
        assert ask_page(link, "PUT")[0] == 405 and ask_page(link, "DELETE")[0] == 405
    shown = asking.now()
    assert shown["Status"] == "OPEN" and shown["Decisions"] == []
    assert send_form(links(server, anna)[0])[0] == 200


def test_who_denies_fails_the_task_with_the_comment(server, admin):
    anna = address()
    asking = Asking(server, admin, Approvers=[anna])
    assert send_form(links(server, anna)[1], comment="not now")[0] == 200
    shown = asking.ended()
    assert (shown["status"], shown["error"], shown["cause"]) == ("FAILED", "Approval.Denied", "not now")
    assert asking.now()["Status"] == "DENIED"


def test_who_wants_changes_says_which(server, admin):
    anna = address()
    asking = Asking(server, admin, Approvers=[anna])
    assert send_form(links(server, anna)[0], verdict="request_changes", comment="fewer columns")[0] == 200
    shown = asking.ended()
    assert (shown["error"], shown["cause"]) == ("Approval.ChangesRequested", "fewer columns")


def test_a_plain_failure_is_the_samples(server, admin):
    anna, bert = address(), address()
    denied, approved = (Asking(server, admin, Approvers=[who], PlainFailure=True) for who in (anna, bert))
    send_form(links(server, anna)[1], comment="no")
    send_form(links(server, bert)[0])
    shown = denied.ended()
    assert shown["status"] == "FAILED" and "error" not in shown and "cause" not in shown
    assert approved.output() == {}


def test_a_link_is_used_once_and_says_who_decided(server, admin):
    anna = address()
    Asking(server, admin, Approvers=[anna])
    approve, deny = links(server, anna)
    token = token_of(approve)
    assert send_form(approve)[0] == 200
    for answer in (ask_page(deny), ask_page(approve), ask_page(deny, "POST", {"verdict": "deny"}),
                   ask_page(server.endpoint + PATH, "POST", {"token": token, "verdict": "approve"})):
        assert answer[0] == 409 and anna in answer[2] and "approved at" in answer[2], answer


def test_forged_foreign_and_malformed_links_decide_nothing(server, admin):
    anna, bert = address(), address()
    first, second = (Asking(server, admin, Approvers=[who]) for who in (anna, bert))
    token, other = token_of(links(server, anna)[0]), token_of(links(server, bert)[0])
    version, key, payload, mac = token.split(".")
    _, _, other_payload, other_mac = other.split(".")
    base = server.endpoint + PATH
    forged = [".".join(parts) for parts in (
        (version, key, other_payload, mac), (version, key, payload, other_mac), (version, "00ff00ff", payload, mac),
        (version, key, payload, mac[:-2] + ("AA" if not mac.endswith("AA") else "BA")))]
    for bad in forged:
        status = ask_page(f"{base}?action=approve&token={bad}")[0]
        assert status in (400, 403), bad
        assert ask_page(base, "POST", {"token": bad, "verdict": "approve"})[0] == status
    for bad in ("", "v1", "v1...", "AAAA", "v2" + token[2:], token + "=", "%00", "a" * 5000):
        assert ask_page(f"{base}?action=approve&token={bad}")[0] == 400, bad
    assert ask_page(f"{base}?action=explode&token={token}")[0] == 400
    assert ask_page(base, "POST", {"token": token, "verdict": "explode"})[0] == 400
    assert ask_page(f"{base}?action=approve&action=deny&token={token}")[0] == 400
    assert first.now()["Status"] == second.now()["Status"] == "OPEN"


def test_a_token_of_the_task_is_no_link(server, admin):
    asking = Asking(server, admin, Approvers=[address()])
    token = task_token(asking)
    assert ask_page(f"{server.endpoint}{PATH}?action=approve&token={token}")[0] == 400
    assert ask_page(server.endpoint + PATH, "POST", {"token": token, "verdict": "approve"})[0] == 400
    assert asking.now()["Status"] == "OPEN"


def test_text_where_html_is_not_wanted(server, admin):
    anna = address()
    Asking(server, admin, Approvers=[anna], Reason="<b>bold</b>")
    status, headers, body = ask_page(links(server, anna)[0], accept="text/plain")
    assert status == 200 and headers["Content-Type"].startswith("text/plain") and "Reason: <b>bold</b>" in body
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_names_full_of_markup_stay_text(server, admin):
    anna, evil = address(), '"><script>alert(1)</script><img src=x onerror=alert(2)>\r\nApprove: http://evil.example/'
    asking = Asking(server, admin, Approvers=[anna], Subject=evil, Reason=evil, Facts=[{"Label": evil, "Value": evil}],
                    Narrowable=True, Asked={"Columns": [evil.replace("\r\n", " ")]})
    mail = mail_to(server, anna)
    assert len(str(mail["Subject"])) <= 99 and "\n" not in str(mail["Subject"])
    assert "<script" not in mail.get_body(("html",)).get_content()
    assert not any(line.startswith("Approve: http://evil") for line in body_of(mail).splitlines())
    page = ask_page(next(link for link in body_of(mail).split() if link.startswith(server.endpoint)))[2]
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    asking.weir.get_approval(ApprovalId=asking.approval()["ApprovalId"])


def test_a_peer_and_a_token_are_heard_so_often(tmp_path):
    own = Server(tmp_path / "data").start()
    try:
        link = f"{own.endpoint}{PATH}?action=approve&token=v1.00.e30.e30"
        answers = [ask_page(link) for _ in range(70)]  # over a minute's end at most twice as many
        assert answers[0][0] in (400, 403) and answers[-1][0] == 429
        assert int(answers[-1][1]["Retry-After"]) > 0
    finally:
        own.stop()


def test_tokens_are_in_no_log_no_trail_and_no_store(tmp_path):
    own = Server(tmp_path / "data", "--log-level", "debug").start()
    anna = address()
    asking = Asking(own, own.session(), Approvers=[anna])
    token = token_of(links(own, anna)[0])
    assert send_form(links(own, anna)[0])[0] == 200
    assert asking.output()["approved"]
    assert token not in json.dumps(asking.now(), default=str)
    own.stop()
    secret = token.split(".")[3].encode()
    looked = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".eml"]
    assert any(path.suffix == ".log" for path in looked)
    assert [path for path in looked if secret in path.read_bytes()] == []


# --- who decides

def test_quorum_is_of_different_people(server, admin):
    anna, bert, cleo = address("anna"), address("bert"), address("cleo")
    asking = Asking(server, admin, Approvers=[anna, bert, cleo, anna.upper()], Quorum=2)
    first = links(server, anna)[0]
    assert send_form(first)[0] == 200 and asking.now()["Status"] == "OPEN"
    assert len(mails_to(server, anna)) == 1 and not mails_to(server, anna.upper())
    assert anna in ask_page(links(server, bert)[0])[2], "who else decided is shown"
    assert send_form(links(server, bert)[0])[0] == 200
    out = asking.output()
    assert [decision["by"] for decision in out["decisions"]] == [anna, bert]
    status, _, page = ask_page(links(server, cleo)[0])
    assert status == 409 and anna in page and bert in page


def test_one_person_by_mail_and_as_a_user_counts_once(server, admin):
    anna = address()
    arn, clients = user(server, admin, "weir:DecideApproval", Tags=[{"Key": "email", "Value": anna.upper()}])
    asking = Asking(server, admin, Approvers=[anna, arn], Quorum=2)
    assert send_form(links(server, anna)[0])[0] == 200
    identity = asking.approval()["ApprovalId"]
    assert code_of(weir_client(clients).decide_approval, ApprovalId=identity, Verdict="approve") == "ConflictException"
    assert asking.now()["Status"] == "OPEN"


def test_who_abstained_may_decide_later(server, admin):
    arn, clients = user(server, admin, "weir:DecideApproval")
    asking = Asking(server, admin, Approvers=[arn])
    identity = asking.approval()["ApprovalId"]
    mine = weir_client(clients)
    assert mine.decide_approval(ApprovalId=identity, Verdict="abstain")["Approval"]["Status"] == "OPEN"
    assert mine.decide_approval(ApprovalId=identity, Verdict="approve")["Approval"]["Status"] == "APPROVED"


def test_whoever_asked_never_decides(server, admin):
    anna, bert = address("anna"), address("bert")
    arn, clients = user(server, admin, "weir:DecideApproval", Tags=[{"Key": "Email", "Value": anna}])
    asking = Asking(server, admin, Approvers=[arn, anna, bert], Excluded=[arn])
    identity = asking.approval()["ApprovalId"]
    assert code_of(weir_client(clients).decide_approval, ApprovalId=identity,
                   Verdict="approve") == "AccessDeniedException"
    mail_to(server, bert)
    assert not mails_to(server, anna), "the address of the excluded user gets no link"
    assert asking.now()["Status"] == "OPEN"


def test_principals_decide_by_the_api_with_iam(server, admin):
    may, allowed = user(server, admin, "weir:DecideApproval")
    without, denied = user(server, admin)
    _, stranger = user(server, admin, "weir:*")
    asking = Asking(server, admin, Approvers=[may, without])
    identity = asking.approval()["ApprovalId"]
    decision = {"ApprovalId": identity, "Verdict": "approve", "Comment": "yes"}
    assert code_of(weir_client(denied).decide_approval, **decision) == "AccessDeniedException"
    assert code_of(weir_client(stranger).decide_approval, **decision) == "AccessDeniedException"
    assert [one["ApprovalId"] for one in pages(weir_client(allowed), ToDecide=True)] == [identity]
    assert weir_client(allowed).get_approval(ApprovalId=identity)["Approval"]["Status"] == "OPEN"
    assert code_of(weir_client(allowed).list_approvals) == "AccessDeniedException"
    assert list(pages(weir_client(stranger), ToDecide=True)) == []
    assert weir_client(allowed).decide_approval(**decision)["Approval"]["Status"] == "APPROVED"
    assert asking.output()["decisions"][0]["by"] == may
    assert code_of(weir_client(allowed).decide_approval, **decision) == "ConflictException"
    assert list(pages(weir_client(allowed), ToDecide=True)) == []


def test_sessions_of_a_role_are_the_role(server, admin):
    name = fresh("stewards")
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]})
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    admin.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow(["weir:DecideApproval"]))
    asking = Asking(server, admin, Approvers=[role_arn(name)], Quorum=2)
    identity = asking.approval()["ApprovalId"]
    sessions = [server.session(admin.sts.assume_role(RoleArn=role_arn(name), RoleSessionName=who)["Credentials"])
                for who in ("one", "two")]
    assert weir_client(sessions[0]).decide_approval(ApprovalId=identity, Verdict="approve")["Approval"]["Status"] == "OPEN"
    assert code_of(weir_client(sessions[1]).decide_approval, ApprovalId=identity,
                   Verdict="approve") == "ConflictException"


def test_another_account_learns_nothing_unless_it_is_an_approver(server, admin):
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER, "--name", "other"],
                          capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    other = server.session(profile="other")
    owner = other.sts.get_caller_identity()["Arn"]
    theirs = weir_client(other)
    hidden = Asking(server, admin, Approvers=[address()]).approval()["ApprovalId"]
    seen = [code_of(call, **arguments) for identity in (hidden, "0" * 24) for call, arguments in (
        (theirs.get_approval, {"ApprovalId": identity}),
        (theirs.decide_approval, {"ApprovalId": identity, "Verdict": "approve"}))]
    assert seen[:2] == seen[2:]
    assert list(pages(theirs)) == []
    asking = Asking(server, admin, Approvers=[owner])
    identity = asking.approval()["ApprovalId"]
    assert [one["ApprovalId"] for one in pages(theirs, ToDecide=True)] == [identity]
    assert theirs.decide_approval(ApprovalId=identity, Verdict="approve")["Approval"]["Status"] == "APPROVED"
    assert asking.output()["decisions"][0]["by"] == owner


def test_two_who_decide_in_the_same_millisecond_are_not_both_last(server, admin):
    people = [user(server, admin, "weir:DecideApproval") for _ in range(2)]
    clients = [weir_client(one) for _, one in people]
    for _ in range(50):
        asking = Asking(server, admin, Approvers=[arn for arn, _ in people])
        identity = asking.approval()["ApprovalId"]
        gate, seen = threading.Barrier(2), []

        def decide(client, verdict):
            gate.wait()
            try:
                client.decide_approval(ApprovalId=identity, Verdict=verdict)
                seen.append(verdict)
            except client.exceptions.ConflictException:
                seen.append("late")

        threads = [threading.Thread(target=decide, args=pair) for pair in zip(clients, ("approve", "deny"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(seen) in (["approve", "late"], ["deny", "late"]), seen
        won = "approve" if "approve" in seen else "deny"
        assert asking.ended()["status"] == ("SUCCEEDED" if won == "approve" else "FAILED")
        shown = asking.now()
        assert [one["Verdict"] for one in shown["Decisions"]] == [won]


def test_a_link_opened_twice_at_once_decides_once(server, admin):
    for _ in range(10):
        anna = address()
        asking = Asking(server, admin, Approvers=[anna])
        approve, deny = links(server, anna)
        gate, seen = threading.Barrier(2), []

        def send(link, verdict):
            gate.wait()
            seen.append(ask_page(link, "POST", {"verdict": verdict})[0])

        threads = [threading.Thread(target=send, args=pair) for pair in ((approve, "approve"), (deny, "deny"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(seen) == [200, 409]
        assert len(asking.now()["Decisions"]) == 1


# --- less than was asked

def test_an_approver_gives_less_than_was_asked(server, admin):
    anna = address()
    asked = {"Columns": ["id", "name", "email"], "RowFilter": "year > 2000", "DurationSeconds": 30 * 86400}
    asking = Asking(server, admin, Approvers=[anna], Narrowable=True, Asked=asked)
    approve = links(server, anna)[0]
    page = {"column.3": None, "row_filter": "country = 'DE'", "days": "7"}
    assert send_form(approve, **{"column.1": None, "column.2": None, "column.3": None})[0] == 400
    assert send_form(approve, **{"column.2": "secret"})[0] == 400
    assert send_form(approve, days="31")[0] == 400
    assert send_form(approve, row_filter="a = 1) OR (1 = 1")[0] == 400
    assert asking.now()["Status"] == "OPEN"
    assert send_form(approve, **page)[0] == 200
    assert asking.output()["narrowed"] == {"columns": ["id", "name"], "duration_seconds": 7 * 86400,
                                           "row_filter": "(year > 2000) AND (country = 'DE')"}
    assert asking.now()["Narrowed"]["Columns"] == ["id", "name"]


def test_what_cannot_be_narrowed_is_not(server, admin):
    arn, clients = user(server, admin, "weir:DecideApproval")
    asking = Asking(server, admin, Approvers=[arn], Asked={"Columns": ["id", "name"]})
    assert code_of(weir_client(clients).decide_approval, ApprovalId=asking.approval()["ApprovalId"], Verdict="approve",
                   Narrowed={"Columns": ["id"]}) == "InvalidInputException"


# --- topics

def test_each_subscriber_by_mail_has_links_of_its_own(server, admin):
    topic = admin.sns.create_topic(Name=fresh("owners"))["TopicArn"]
    anna, bert, never = address("anna"), address("bert"), address("never")
    endpoint = Endpoint()
    for who in (anna, bert, never):
        admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=who)
    for who in (anna, bert):
        assert fetch(link_in(body_of(mail_to(server, who)), "confirm"))[0] == 200
    admin.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    asked = json.loads(wait_for(lambda: endpoint.got and endpoint.got[0][1]))
    admin.sns.confirm_subscription(TopicArn=topic, Token=asked["Token"])
    asking = Asking(server, admin, Approvers=[topic], Quorum=2)
    message = json.loads(wait_for(lambda: len(endpoint.got) > 1 and endpoint.got[1][1]))
    assert message["Subject"] == "May they?" and "token=" not in message["Message"]
    endpoint.close()
    tokens = {token_of(links(server, who, subject="May they?")[0]) for who in (anna, bert)}
    assert len(tokens) == 2 and not mails_to(server, never, "May they?")
    for who in (anna, bert):
        assert send_form(links(server, who, subject="May they?")[0])[0] == 200
    assert {one["by"] for one in asking.output()["decisions"]} == {anna, bert}


def test_asking_a_topic_is_publishing_to_it(server, admin):
    topic = admin.sns.create_topic(Name=fresh("owners"))["TopicArn"]
    states = states_client(server)
    role = machine_role(admin, "weir:OpenApproval")
    task = {"Type": "Task", "Resource": SDK + "weir:openApproval.waitForTaskToken",
            "Parameters": {"TaskToken.$": "$$.Task.Token", "Approvers": [topic]}}
    shown = run(states, create(states, machine(("Ask", task)), role))
    assert shown["status"] == "FAILED" and shown["error"] == "Weir.AccessDeniedException"


# --- ticket systems

def post_ticket(server, approval: str, secret: str, body: dict, at: int | None = None, signature: str | None = None):
    at, text = str(int(time.time()) if at is None else at), json.dumps(body)
    mac = hmac.new(secret.encode(), f"{at}.{text}".encode(), "sha256").hexdigest()
    request = urllib.request.Request(f"{server.endpoint}/workflow/tickets/{approval}", data=text.encode(), headers={
        "X-Weir-Timestamp": at, "X-Weir-Signature": signature or f"v1={mac}", "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def test_a_ticket_system_decides_by_a_signed_post(server, admin):
    name, secret, weir = fresh("tickets"), "s" * 32, weir_client(admin)
    weir.put_channel(Name=name, Kind="ticket", Url="https://tickets.example.org/new", Secret=secret,
                     EventTypes=["nothing.else"])
    weir.put_channel(Name=name + "2", Kind="ticket", Url="https://tickets.example.org/new", Secret="t" * 32,
                     EventTypes=["nothing.else"])
    asking = Asking(server, admin, Approvers=[f"channel:{name}", address()])
    identity = asking.approval()["ApprovalId"]
    other = Asking(server, admin, Approvers=[f"channel:{name}"]).approval()["ApprovalId"]
    body = {"approval": identity, "verdict": "approve", "comment": "CHG-17"}
    now = int(time.time())
    for bad in (post_ticket(server, identity, "t" * 32, body), post_ticket(server, identity, secret, body, now - 3600),
                post_ticket(server, identity, secret, body, now + 3600), post_ticket(server, identity, secret, body, -1),
                post_ticket(server, identity, secret, body, signature="v1="),
                post_ticket(server, "0" * 24, secret, body | {"approval": "0" * 24})):
        assert bad[0] == 403, bad
    assert post_ticket(server, other, secret, body)[0] == 400, "a body is good for its own approval"
    assert post_ticket(server, identity, secret, body | {"verdict": "explode"})[0] == 400
    assert asking.now()["Status"] == "OPEN"
    assert post_ticket(server, identity, secret, body) == (200, {"status": "APPROVED"})
    assert post_ticket(server, identity, secret, body)[0] == 409
    decision = asking.output()["decisions"][0]
    assert (decision["by"], decision["channel"], decision["comment"]) == (f"channel:{name}", "ticket", "CHG-17")


# --- time

def test_time_that_is_up_fails_the_task(server, admin):
    anna = address()
    asking = Asking(server, admin, Approvers=[anna], TimeoutSeconds=1)
    approve = links(server, anna)[0]
    shown = asking.ended()
    assert (shown["status"], shown["error"]) == ("FAILED", "Approval.Expired")
    status, _, page = ask_page(approve)
    assert status == 410 and "over" in page
    assert ask_page(approve, "POST", {"verdict": "approve"})[0] == 410
    assert asking.now()["Status"] == "EXPIRED"


def test_those_who_have_not_decided_are_reminded(server, admin):
    anna, bert = address("anna"), address("bert")
    asking = Asking(server, admin, Approvers=[anna, bert], Quorum=2, RemindEverySeconds=2, TimeoutSeconds=600)
    assert send_form(links(server, anna)[0])[0] == 200
    mail_to(server, bert, "Reminder: May they?", 2)
    assert not mails_to(server, anna, "Reminder")
    assert send_form(links(server, bert, subject="Reminder")[0])[0] == 200, "the links of a reminder decide, too"
    assert asking.output()["approved"]


def test_what_nobody_decides_goes_to_further_people_once(server, admin):
    anna, boss = address("anna"), address("boss")
    asking = Asking(server, admin, Approvers=[anna], TimeoutSeconds=2, OnTimeout="ESCALATE", EscalateTo=[boss])
    first = links(server, anna)[0]
    text = body_of(mail_to(server, boss))
    assert "Nobody decided this in time" in text
    assert ask_page(first)[0] == 410, "a link expires with its time"
    shown = asking.now()
    assert shown["Escalated"] and boss in shown["Approvers"]
    shown = asking.ended()
    assert (shown["status"], shown["error"]) == ("FAILED", "Approval.Expired")


def test_an_escalated_approval_does_not_outlast_its_task(server, admin):
    anna, boss = address("anna"), address("boss")
    asking = Asking(server, admin, {"TimeoutSeconds": 5}, Approvers=[anna], TimeoutSeconds=3, OnTimeout="ESCALATE",
                    EscalateTo=[boss])
    mail_to(server, boss)
    shown = asking.now()
    assert shown["Escalated"]
    assert (shown["ExpiresAt"] - shown["OpenedAt"]).total_seconds() <= 5


def test_an_escalated_approval_is_decided_by_whom_it_went_to(server, admin):
    anna, boss = address("anna"), address("boss")
    asking = Asking(server, admin, Approvers=[anna], TimeoutSeconds=4, OnTimeout="ESCALATE", EscalateTo=[boss])
    assert send_form(links(server, boss)[0])[0] == 200
    assert asking.output()["decisions"][0]["by"] == boss


@pytest.mark.parametrize("how", ["stop", "timeout", "token"])
def test_an_approval_ends_with_what_waited_for_it(server, admin, how):
    anna = address()
    asking = Asking(server, admin, {"TimeoutSeconds": 2} if how == "timeout" else {}, Approvers=[anna])
    approve = links(server, anna)[0]
    if how == "stop":
        asking.states.stop_execution(executionArn=asking.execution)
    if how == "token":
        asking.states.send_task_success(taskToken=task_token(asking), output="{}")
    wait_for(lambda: asking.now()["Status"] in ("CLOSED", "EXPIRED"), what="its end")
    status, _, page = ask_page(approve)
    assert status == 410, page
    assert ask_page(approve, "POST", {"verdict": "approve"})[0] == 410
    arn = asking.now()["ApprovalId"]
    assert asking.now()["Decisions"] == [], arn


def test_what_waits_survives_a_kill_and_new_keys(tmp_path):
    own = Server(tmp_path / "data").start()
    anna, bert = address("anna"), address("bert")
    asking = Asking(own, own.session(), Approvers=[anna, bert], Quorum=2, RemindEverySeconds=3, TimeoutSeconds=300)
    approve, port = links(own, anna)[0], int(own.endpoint.rsplit(":", 1)[1])
    own.kill()
    rotated = subprocess.run([WEIR, "admin", "rotate-keys", "--data-dir", own.data_dir], capture_output=True, text=True)
    assert rotated.returncode == 0, rotated.stderr
    own.start(port)
    assert send_form(approve)[0] == 200, "a link that was made before still decides"
    own.stop()
    own.start(port)
    reminded = links(own, bert, subject="Reminder")[0]
    assert token_of(reminded).split(".")[1] != token_of(approve).split(".")[1], "and new ones are signed with a new key"
    assert send_form(reminded)[0] == 200
    asking.states = states_client(own)
    assert asking.output()["approved"]
    own.stop()


# --- asking

def test_the_same_question_again_is_the_same_approval(server, admin):
    anna = address()
    asking = Asking(server, admin, Approvers=[anna])
    identity = asking.approval()["ApprovalId"]
    token = task_token(asking)
    again = asking.weir.open_approval(TaskToken=token, Key=asking.key, Approvers=[anna])
    assert again["ApprovalId"] == identity and len(mails_to(server, anna)) == 1
    other = Asking(server, admin, Approvers=[anna])
    assert code_of(other.weir.open_approval, TaskToken=token + "x", Approvers=[anna]) == "InvalidInputException"


def test_a_task_that_is_tried_again_asks_again_under_its_key(server, admin):
    anna = address()
    again = {"Retry": [{"ErrorEquals": ["Approval.Expired", "States.Timeout"], "IntervalSeconds": 1, "MaxAttempts": 9}]}
    asking = Asking(server, admin, again, Approvers=[anna], TimeoutSeconds=3)
    wait_for(lambda: len(mails_to(server, anna)) > 1, what="the second mail")
    assert send_form(links(server, anna, 2)[0])[0] == 200
    assert asking.output()["approved"]
    states = [one["Status"] for one in pages(asking.weir) if one["ExecutionArn"] == asking.execution]
    assert states[0] == "APPROVED" and "EXPIRED" in states, "each attempt is on the record"


@pytest.mark.parametrize("wrong", [
    {"Approvers": ["no address"]}, {"Approvers": ["a@b.example\r\nBcc: c@d.example"]}, {"Approvers": ["channel:"]},
    {"Approvers": []}, {"Quorum": 0}, {"Asked": {"RowFilter": "1=1) OR (2=2"}}, {"OnTimeout": "ESCALATE"},
])
def test_what_cannot_be_asked_is_refused(server, admin, wrong):
    asking = Asking(server, admin, Approvers=[address()])
    question = {"TaskToken": task_token(asking), "Approvers": [address()]} | wrong
    raw = asking.weir
    raw.meta.config.parameter_validation = False
    try:
        raw.open_approval(**question)
    except Exception as refusal:
        assert "Invalid" in str(refusal) or "validation" in str(refusal).lower() or "Unknown" in str(refusal), refusal
    else:
        raise AssertionError("it was asked")


def test_the_commands_list_show_and_decide(server, admin):
    arn, clients = user(server, admin, "weir:DecideApproval")
    asking = Asking(server, admin, Approvers=[arn], Subject="May\x1b[2J they?")
    identity = asking.approval()["ApprovalId"]
    keys = clients.credentials
    env = {**server.cli_env, "AWS_ACCESS_KEY_ID": keys["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"]}

    def weir(*arguments) -> str:
        done = subprocess.run([WEIR, "approvals", *arguments, "--endpoint-url", server.endpoint, "--region", "us-east-1"],
                              capture_output=True, text=True, env=env, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = weir("list")
    assert identity in listed and "OPEN" in listed and "\x1b" not in listed
    assert "APPROVED" in weir("approve", identity, "--comment", "by command")
    assert "by command" in weir("show", identity)
    assert "nothing waits for you" in weir("list")
    assert asking.output()["decisions"][0]["comment"] == "by command"

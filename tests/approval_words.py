"""What the tests of approvals share: machines that ask, mails with links, pages and their forms."""

import html
import json
import re
import urllib.error
import urllib.parse
import urllib.request

from botocore.exceptions import ClientError

from conftest import ACCOUNT
from iam_words import fresh, trusting
from lake import allow, role_arn
from sns_words import body_of, link_in, mail_to, wait_for
from states_words import SDK, create, ended, machine, machine_role, states_client
from weir_words import weir_client

PATH = "/workflow/update-state"
MAY_DECIDE = ("weir:DecideApproval", "sts:AssumeRole")


class Asking:
    """A state machine whose one task asks for an approval, and what came of it."""

    def __init__(self, server, admin, state: dict | None = None, **question):
        self.server, self.weir = server, weir_client(admin)
        self.states = states_client(server)
        role = machine_role(admin, "weir:OpenApproval", "sns:Publish")
        self.key = fresh("ask")
        parameters = {"TaskToken.$": "$$.Task.Token", "Key": self.key, "Subject": "May they?", **question}
        task = {"Type": "Task", "Resource": SDK + "weir:openApproval.waitForTaskToken", "Parameters": parameters}
        self.machine = create(self.states, machine(("Ask", task | (state or {}))), role)
        self.execution = self.states.start_execution(stateMachineArn=self.machine)["executionArn"]

    def approval(self) -> dict:
        """As soon as it is open."""
        def look():
            for found in pages(self.weir):
                if found["ExecutionArn"] == self.execution:
                    return found
            shown = self.states.describe_execution(executionArn=self.execution)
            assert shown["status"] == "RUNNING", shown
            return None
        return self.weir.get_approval(ApprovalId=wait_for(look, what="the approval")["ApprovalId"])["Approval"]

    def now(self) -> dict:
        return self.weir.get_approval(ApprovalId=self.approval()["ApprovalId"])["Approval"]

    def in_state(self, status: str) -> dict:
        return wait_for(lambda: (shown := self.now())["Status"] == status and shown, what=status)

    def ended(self) -> dict:
        return ended(self.states, self.execution)

    def output(self) -> dict:
        shown = self.ended()
        assert shown["status"] == "SUCCEEDED", shown
        return json.loads(shown["output"])


def pages(weir, **filter):
    token = {}
    while True:
        page = weir.list_approvals(**filter, **token)
        yield from page["Approvals"]
        if "NextToken" not in page:
            return
        token = {"NextToken": page["NextToken"]}


def links(server, address: str, count: int = 1, subject: str = "") -> tuple[str, str]:
    """The links to approve and to deny of the newest mail to an address."""
    text = body_of(mail_to(server, address, subject, count))
    return link_in(text, "action=approve"), link_in(text, "action=deny")


def token_of(link: str) -> str:
    return urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)["token"][0]


def ask_page(link: str, method: str = "GET", data: dict | None = None, accept: str = "text/html"):
    """Status, headers and body."""
    body = None if data is None else urllib.parse.urlencode(data).encode()
    request = urllib.request.Request(link, data=body, method=method,
                                     headers={"Accept": accept, "User-Agent": "a browser"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read().decode()


def send_form(link: str, **fields):
    """What a browser sends after the page was opened and its form filled in."""
    status, _, page = ask_page(link)
    assert status == 200, page
    form = re.search(r'<form method="post" action="([^"]+)">(.*)</form>', page, re.S)
    given = {html.unescape(name): html.unescape(value)
             for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[2])}
    given |= {"verdict": re.search(r'value="(\w+)" required checked', form[2])[1]}
    for name, value in re.findall(r'type="checkbox" name="([^"]*)" value="([^"]*)" checked', form[2]):
        given[name] = html.unescape(value)
    given |= fields
    address = urllib.parse.urljoin(link, html.unescape(form[1]))
    return ask_page(address, "POST", {name: value for name, value in given.items() if value is not None})


def code_of(call, **arguments) -> str:
    try:
        call(**arguments)
    except ClientError as refusal:
        return refusal.response["Error"]["Code"]
    raise AssertionError("it was not refused")


def role_of_many(admin, *actions: str, name: str | None = None) -> str:
    """A role that whoever of the account may assume roles may assume."""
    name = name or fresh("steward")
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusting(f"arn:aws:iam::{ACCOUNT}:root"))
    admin.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow(list(actions or MAY_DECIDE)))
    return role_arn(name)


def become(server, clients, *roles: str, name: str = "session"):
    """The clients of somebody who assumes one role after the other."""
    for role in roles:
        clients = server.session(clients.sts.assume_role(RoleArn=role, RoleSessionName=name)["Credentials"])
    return clients


def decide(clients, asking) -> str:
    """What the approval is then, or the code of the refusal."""
    call = {"ApprovalId": asking.approval()["ApprovalId"], "Verdict": "approve"}
    try:
        return weir_client(clients).decide_approval(**call)["Approval"]["Status"]
    except ClientError as refusal:
        return refusal.response["Error"]["Code"]

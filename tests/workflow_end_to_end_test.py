"""The data-sharing workflow from the first command to the last, as its people live it.

Four accounts: central C has the catalog and the workflow, producer P owns the data, consumers K (on its own) and K2 (in
C's organization). Commands, boto3, the command line of AWS, a real SMTP server, and the links as they stand in the mails.

| step | here | what |
|---|---|---|
| 1 | TestFromNothing | accounts, organization |
| 2 | TestFromNothing | the database and its parameters, by the command line of AWS |
| 3 | TestFromNothing | topic, role, two addresses of which one confirms |
| 4 | - | people of the user interface: come with the console |
| 5 | TestWithoutPersonalData | shared at once; the pages of the user interface come with the console |
| 6 | TestPersonalData | denied by the link of the mail; the second click |
| 7 | TestPersonalData | approved, granted, passed on in K, read there |
| 8 | TestInTheOrganization | K2 has no invitation to accept |
| 9 | TestTime | a step that runs out |
| 10 | TestRestart | the server is restarted while people are asked |
| 11 | TestTime | a grant that ends |
| 12 | TestWrong | tampered links, scanners, requesters who approve, account ids that are none |
| 13 | TestTokens | tokens that are over or malformed, names that are taken |
| 14 | TestOneClick | links as the sample's |
| 15 | TestCleaning | everything is as it was |
"""

import json

import pytest

from iam_words import refused
from mesh_words import CENTRAL, CONSUMER, MACHINE, MEMBER, PRODUCER, TOPIC, mesh, snapshot
from sharing_reads_test import Reader
from sns_words import body_of, fetch, wait_for
from workflow_words import OWNER, PERSONAL, PLAIN, SECOND, World, decide, tampered


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(tmp_path_factory.mktemp("workflow"))
    made.organize()
    made.build_lake()
    made.own_database()
    made.before = [snapshot(clients) for clients in (made.central, made.producer)]
    made.deploy()
    yield made
    made.close()


@pytest.fixture(scope="module")
def owned(world):
    """The producer's address, confirmed by the link of the mail."""
    for address in (OWNER, SECOND):
        topic = next(t["TopicArn"] for t in world.aws("sns", "list-topics", profile=PRODUCER)["Topics"])
        answer = world.aws("sns", "subscribe", "--topic-arn", topic, "--protocol", "email", "--notification-endpoint",
                           address, profile=PRODUCER)
        assert answer == {"SubscriptionArn": "pending confirmation"}
    world.confirm(OWNER)
    return world


class TestFromNothing:
    def test_the_database_has_the_parameters_of_the_sample(self, world):
        shown = world.aws("glue", "get-database", "--name", "sales")["Database"]
        assert shown["Parameters"] == {"data_owner": PRODUCER, "data_owner_name": "Sales", "pii_flag": "false"}

    def test_only_who_confirmed_gets_mail(self, owned):
        owned.producer.sns.publish(TopicArn=TOPIC, Message="m", Subject="To whom it may concern")
        assert owned.mail(OWNER, "To whom")
        assert owned.mails(SECOND, "To whom") == [] and owned.mail(SECOND, "Confirm")


class TestWithoutPersonalData:
    def test_a_table_is_shared_at_once_and_linked(self, owned):
        done = owned.end(owned.ask(PLAIN))
        assert done["status"] == "SUCCEEDED", done
        assert owned.mails(OWNER, f"sales - {PLAIN}") == []
        (invitation,) = owned.invitations(owned.consumer)
        assert invitation["senderAccountId"] == CENTRAL
        owned.consumer.ram.accept_resource_share_invitation(
            resourceShareInvitationArn=invitation["resourceShareInvitationArn"])
        owned.consumer.glue.create_database(DatabaseInput={"Name": "partners"})
        owned.consumer.glue.create_table(DatabaseName="partners", TableInput={"Name": "orders", "TargetTable": {
            "CatalogId": CENTRAL, "DatabaseName": "sales", "Name": PLAIN}})
        shown = owned.consumer.glue.get_table(DatabaseName="partners", Name="orders")["Table"]
        assert shown["TargetTable"]["CatalogId"] == CENTRAL
        target = owned.consumer.glue.get_table(CatalogId=CENTRAL, DatabaseName="sales", Name=PLAIN)["Table"]
        assert [c["Name"] for c in target["StorageDescriptor"]["Columns"]] == ["id", "dept", "country", "secret"]

    def test_a_second_table_joins_the_share_that_was_accepted(self, owned):
        done = owned.end(owned.ask("returns"))
        assert done["status"] == "SUCCEEDED", done
        assert owned.invitations(owned.consumer) == []
        assert owned.consumer.glue.get_table(CatalogId=CENTRAL, DatabaseName="sales", Name="returns")

    def test_a_database_without_owner_fails_with_its_reason(self, owned):
        owned.central.glue.create_database(DatabaseInput={"Name": "orphan"})
        mesh(owned.server, "deploy-central", "--database", "orphan", cwd=owned.outputs)
        started = owned.states.start_execution(stateMachineArn=MACHINE, input=json.dumps(
            {"source": {"database": "orphan", "table": "*"}, "target": {"account_id": CONSUMER}}))["executionArn"]
        done = owned.end(started)
        assert (done["status"], done["error"]) == ("FAILED", "Error") and "data_owner" in done["cause"]
        owned.central.glue.delete_database(Name="orphan")


class TestPersonalData:
    def test_denied_by_the_link_of_the_mail(self, owned):
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        execution = owned.ask()
        links = owned.question(seen + 1)
        mail = owned.mail(OWNER, f"sales - {PERSONAL}", seen + 1)
        assert len(mail["Subject"]) <= 99 and owned.mails(SECOND, "sales") == []
        assert owned.token(execution) not in body_of(mail)
        assert fetch(links["deny"])[0] == 200 and owned.status(execution) == "RUNNING"  # a page, and nothing else
        assert decide(links["deny"])[0] == 200
        done = owned.end(execution)
        assert done["status"] == "FAILED" and "error" not in done and "cause" not in done
        status, page = decide(links["deny"])
        assert status in (409, 410) and "already" in page.lower(), page
        assert not [row for row in owned.permissions(CONSUMER) if PERSONAL in json.dumps(row["Resource"])]

    def test_who_asked_is_told_of_the_denial_and_its_reason(self, owned):
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        asked = owned.request(Purpose="out of curiosity", NotifyEmail="asker@example.org")
        assert decide(owned.question(seen + 1)["deny"], comment="curiosity is not enough")[0] == 200
        done = owned.until_decided(asked["RequestId"])
        assert done["Decision"] == "DENIED" and "curiosity is not enough" in done["Reason"]
        ended = owned.end(done["ExecutionArn"])
        assert (ended["error"], ended["cause"]) == ("Approval.Denied", "curiosity is not enough")
        wait_for(lambda: [mail for mail in owned.mails("asker@example.org") if "curiosity is not" in body_of(mail)],
                 what="the mail that says why")

    def test_approved_granted_passed_on_and_read(self, owned):
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        execution = owned.ask()
        links = owned.question(seen + 1)
        assert decide(links["approve"], comment="for the yearly report")[0] == 200
        done = owned.end(execution)
        assert done["status"] == "SUCCEEDED", done
        rows = [row for row in owned.permissions(CONSUMER) if PERSONAL in json.dumps(row["Resource"])]
        for kind in ("Permissions", "PermissionsWithGrantOption"):
            assert {permission for row in rows for permission in row[kind]} == {"DESCRIBE", "SELECT"}
        assert all(row["AdditionalDetails"]["ResourceShare"] for row in rows)
        reader = Reader(owned.server, owned.consumer)
        wanted = {"Table": {"CatalogId": CENTRAL, "DatabaseName": "sales", "Name": PERSONAL}}
        owned.consumer.lakeformation.grant_permissions(
            Principal={"DataLakePrincipalIdentifier": reader.arn}, Resource=wanted, Permissions=["SELECT"])
        answer = reader.query(f"select count(*) as rows from {PERSONAL}", "--catalog-id", CENTRAL, "--database", "sales")
        assert answer.returncode == 0 and answer.stdout.split() == ["rows", "4"], answer

    def test_the_output_of_the_approval_is_the_samples(self, owned):
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        execution = owned.ask()
        decide(owned.question(seen + 1)["approve"])
        owned.end(execution)
        entered = [e["stateEnteredEventDetails"] for e in owned.states.get_execution_history(
            executionArn=execution)["events"] if e["type"] == "TaskStateEntered"]
        assert json.loads(entered[-1]["input"])["approval_details"] == {}


class TestInTheOrganization:
    def test_there_is_no_invitation_to_accept(self, owned):
        assert owned.end(owned.ask(PLAIN, MEMBER))["status"] == "SUCCEEDED"
        assert owned.invitations(owned.member) == []
        assert owned.member.glue.get_table(CatalogId=CENTRAL, DatabaseName="sales", Name=PLAIN)


def step(*approvers: str, **more) -> dict:
    return {"Name": "owner", "Approvers": list(approvers), "TimeoutSeconds": 600} | more


@pytest.fixture
def policy(owned):
    """Sets the steps that requests for personal data take; afterwards the policy is what deploy-central made."""
    before = owned.weir.get_approval_policy()["Policy"]

    def require(*steps: dict, **effects) -> None:
        rule = {"Name": "personal", "When": {"Tables": [PERSONAL]}, "Then": {"Require": list(steps)} | effects}
        owned.weir.put_approval_policy(Policy=json.dumps(json.loads(before) | {"Rules": [rule]}))
    yield require
    owned.weir.put_approval_policy(Policy=before)


class TestTime:
    def test_a_step_that_runs_out_reminds_escalates_and_ends(self, owned, policy):
        policy(step("owner", TimeoutSeconds=5, RemindEverySeconds=2, EscalateTo=["boss@example.org"],
                    OnTimeout="ESCALATE"))
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        asked = owned.request(Purpose="for nobody in particular")
        assert owned.mail(OWNER, f"sales - {PERSONAL}", seen + 2)  # the question and a reminder
        assert owned.mail("boss@example.org", f"sales - {PERSONAL}")
        done = owned.until_decided(asked["RequestId"])
        assert done["Decision"] == "EXPIRED", done
        assert owned.end(done["ExecutionArn"])["error"] == "Approval.Expired"

    def test_what_was_given_for_a_time_ends_by_itself(self, owned, policy):
        policy(step("owner"))
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        asked = owned.request(MEMBER, Purpose="for the yearly report", DurationSeconds=12)
        links = owned.question(seen + 1)
        assert decide(links["approve"], comment="once")[0] == 200
        owned.until_fulfilled(asked["RequestId"], "ACTIVE")
        wanted = {"CatalogId": CENTRAL, "DatabaseName": "sales", "Name": PERSONAL}
        assert owned.member.glue.get_table(**wanted)["Table"]["Name"] == PERSONAL
        assert PERSONAL in str(owned.member.ram.list_resources(resourceOwner="OTHER-ACCOUNTS")["resources"])
        owned.until_fulfilled(asked["RequestId"], "ENDED")
        assert refused(owned.member.glue.get_table, **wanted)[1] in ("EntityNotFoundException", "AccessDeniedException")
        assert PERSONAL not in str(owned.permissions(MEMBER))
        assert PERSONAL not in str(owned.member.ram.list_resources(resourceOwner="OTHER-ACCOUNTS")["resources"])
        (row,) = owned.weir.list_access_grants(RequestId=asked["RequestId"])["Grants"]
        assert row["State"] == "ENDED" and row["Ended"] >= row["Granted"]
        (step_of,) = row["Approvals"]
        (decision,) = owned.weir.get_approval(ApprovalId=step_of["ApprovalId"])["Approval"]["Decisions"]
        assert (decision["By"], decision["Comment"], decision["Channel"]) == (OWNER, "once", "mail")

    def test_the_trail_has_who_asked_who_decided_and_who_granted(self, owned):
        for name in ("CreateAccessRequest", "OpenAccessRequestStep", "DecideApproval", "FulfilAccessRequest"):
            found = wait_for(lambda: owned.central.cloudtrail.lookup_events(LookupAttributes=[
                {"AttributeKey": "EventName", "AttributeValue": name}])["Events"], what=name)
            assert {event["EventSource"] for event in found} == {"weir.amazonaws.com"}, name


class TestRestart:
    def test_a_link_from_before_decides_after(self, owned):
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        execution = owned.ask()
        links = owned.question(seen + 1)
        owned.restart()
        assert owned.status(execution) == "RUNNING"
        assert decide(links["approve"])[0] == 200
        assert owned.end(execution)["status"] == "SUCCEEDED"


class TestWrong:
    def test_what_scanners_do_changes_nothing(self, owned):
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        execution = owned.ask()
        links = owned.question(seen + 1)
        for link in links.values():
            assert [fetch(link)[0] for _ in range(3)] == [200] * 3
            assert fetch(link, method="HEAD")[0] in (200, 405)
            assert fetch(tampered(link))[0] in (400, 403) and decide(tampered(link))[0] in (400, 403)
        assert fetch(links["approve"].split("?")[0])[0] == 400
        assert owned.status(execution) == "RUNNING"
        owned.states.stop_execution(executionArn=execution)
        status, page = decide(links["approve"])
        assert status in (409, 410) and "500" not in page

    def test_a_requester_does_not_approve(self, owned, policy):
        administrator = owned.central.sts.get_caller_identity()["Arn"]
        policy(step(administrator, OWNER))
        asked = owned.request(Purpose="for myself")
        (approval,) = owned.weir.list_approvals(RequestId=asked["RequestId"])["Approvals"]
        assert refused(owned.weir.decide_approval, ApprovalId=approval["ApprovalId"], Verdict="approve")[1] == (
            "AccessDeniedException")
        owned.weir.withdraw_access_request(RequestId=asked["RequestId"])
        assert owned.weir.get_access_request(RequestId=asked["RequestId"])["Decision"] == "WITHDRAWN"

    @pytest.mark.parametrize("account", ["12", "1234567890123", "12345678901", "44445555666x", ""])
    def test_an_account_that_is_none_gets_nothing(self, owned, account):
        done = owned.end(owned.ask(PLAIN, account))
        assert done["status"] == "FAILED" and done["error"] == "InvalidInputException", done

    def test_names_that_are_long_or_html_keep_nobody_from_being_asked(self, owned):
        name = "t" + "<b>" * 30 + "x" * 100
        done = owned.end(owned.ask(name))
        assert done["status"] == "FAILED" and done["error"] == "EntityNotFoundException", done


class TestTokens:
    def test_tokens_that_are_over_or_malformed_are_told_apart(self, owned):
        seen = len(owned.mails(OWNER, f"sales - {PERSONAL}"))
        execution = owned.ask(name="once")
        owned.question(seen + 1)
        token = owned.token(execution)
        assert refused(owned.states.start_execution, stateMachineArn=MACHINE, name="once", input="{}")[1] == (
            "ExecutionAlreadyExists")
        owned.states.stop_execution(executionArn=execution)
        assert refused(owned.states.send_task_success, taskToken=token, output="{}")[1] == "TaskTimedOut"
        assert refused(owned.states.send_task_success, taskToken="nonsense", output="{}")[1] == "InvalidToken"


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    made = World(tmp_path_factory.mktemp("one-click"), "--legacy-one-click", "true")
    made.build_lake()
    made.own_database()
    made.deploy(OWNER)
    made.confirm(OWNER)
    yield made
    made.close()


class TestOneClick:
    """`--legacy-one-click`: the links of the sample, with all that is wrong with them."""

    def test_a_get_approves(self, old):
        execution = old.ask()
        links = old.question()
        assert fetch(links["approve"]) == (200, "OK\nResult:approve")
        assert old.end(execution)["status"] == "SUCCEEDED"
        entered = [e["stateEnteredEventDetails"] for e in old.states.get_execution_history(
            executionArn=execution)["events"] if e["type"] == "TaskStateEntered"]
        assert json.loads(entered[-1]["input"])["approval_details"] == {}
        assert fetch(links["deny"]) == (400, "")  # the second click

    def test_a_get_denies_without_a_reason(self, old):
        execution = old.ask()
        assert fetch(old.question(2)["deny"]) == (200, "OK\nResult:deny")
        done = old.end(execution)
        assert done["status"] == "FAILED" and "error" not in done and "cause" not in done

    @pytest.mark.parametrize("query", ["action=approve", "action=burn&token=x", "action=approve&token="])
    def test_what_is_missing_is_told(self, old, query):
        assert fetch(f"{old.server.endpoint}/workflow/update-state?{query}")[0] == 400


class TestCleaning:
    """Last: everything is as it was before the first command."""

    def test_everything_that_was_made_is_gone_and_nothing_else(self, owned):
        mesh(owned.server, "clean-ui")
        mesh(owned.server, "clean-central", "--stop-executions", cwd=owned.outputs)
        mesh(owned.server, "clean-producer", profile=PRODUCER)
        after = [snapshot(clients) for clients in (owned.central, owned.producer)]
        shared = (CONSUMER, MEMBER)  # what was shared stays shared: it is people's, not the workflow's
        for now, then in zip(after, owned.before):
            now["grants"] = [g for g in now["grants"] if g in then["grants"] or not any(a in g for a in shared)]
            assert now == then

"""SNS with the clients of AWS: topics, subscriptions by mail and HTTP, publishing, attacks."""

import json
import subprocess

import pytest
from botocore.exceptions import ClientError

from aws_cli_test import CLIS
from conftest import ACCOUNT, REGION, server_of_its_own
from lake import allow
from sns_words import body_of, confirmed, fetch, link_in, mail_to, mails_to, run_weir, topic, wait_for

server, admin = server_of_its_own("sns", "--webhook-private-addresses", "true")


def refusal(call, *arguments, **parameters) -> tuple[str, str]:
    with pytest.raises(ClientError) as refused:
        call(*arguments, **parameters)
    return refused.value.response["Error"]["Code"], refused.value.response["Error"]["Message"]


def arn_of(name: str, account: str = ACCOUNT) -> str:
    return f"arn:aws:sns:{REGION}:{account}:{name}"


def test_a_mail_asks_and_after_its_link_messages_come_by_mail(server, admin, topic):
    answer = admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ann@example.org")
    assert answer["SubscriptionArn"] == "pending confirmation"
    listed = admin.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [s["SubscriptionArn"] for s in listed] == ["PendingConfirmation"]
    admin.sns.publish(TopicArn=topic, Message="too early")

    question = mail_to(server, "ann@example.org", "Confirmation")
    link = link_in(body_of(question), "Action=ConfirmSubscription")
    assert link.startswith(server.endpoint)
    status, page = fetch(link)
    assert status == 200 and "is confirmed" in page and topic in page
    assert fetch(link)[0] == 200  # once more says the same

    published = admin.sns.publish(TopicArn=topic, Message="the second line\nfollows", Subject="Harvest")
    mail = mail_to(server, "ann@example.org", "Harvest")
    assert "the second line\nfollows" in body_of(mail)
    assert published["MessageId"] and "too early" not in "".join(body_of(m) for m in mails_to(server, "ann@example.org"))


@pytest.mark.parametrize("version", CLIS)
def test_the_command_line_of_aws_as_the_sample_calls_it(server, topic, version):
    def aws(*arguments):
        done = subprocess.run([CLIS[version], "sns", *arguments, "--output", "json",
                               "--endpoint-url", server.endpoint], env=server.cli_env,
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert topic in [t["TopicArn"] for t in aws("list-topics")["Topics"]]
    answer = aws("subscribe", "--topic-arn", topic, "--protocol", "email", "--notification-endpoint", f"{version}@example.org")
    assert answer == {"SubscriptionArn": "pending confirmation"}
    assert mail_to(server, f"{version}@example.org", "Confirmation")


def test_a_topic_is_made_once_and_described(admin):
    arn = admin.sns.create_topic(Name="orchard", Attributes={"DisplayName": "The orchard"},
                                 Tags=[{"Key": "team", "Value": "fruit"}])["TopicArn"]
    assert arn == arn_of("orchard")
    assert admin.sns.create_topic(Name="orchard")["TopicArn"] == arn
    assert "different attributes" in refusal(admin.sns.create_topic, Name="orchard", Attributes={"DisplayName": "x"})[1]
    assert "different tags" in refusal(admin.sns.create_topic, Name="orchard", Tags=[{"Key": "team", "Value": "x"}])[1]
    attributes = admin.sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    assert attributes["Owner"] == ACCOUNT and attributes["DisplayName"] == "The orchard"
    assert json.loads(attributes["Policy"])["Id"] == "__default_policy_ID"
    assert json.loads(attributes["EffectiveDeliveryPolicy"])["http"]["defaultHealthyRetryPolicy"]["numRetries"] == 3
    assert admin.sns.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "fruit"}]
    admin.sns.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "cider"}, {"Key": "a", "Value": "b"}])
    admin.sns.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert admin.sns.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "cider"}]
    admin.sns.delete_topic(TopicArn=arn)
    admin.sns.delete_topic(TopicArn=arn)  # once more is no error
    assert refusal(admin.sns.get_topic_attributes, TopicArn=arn) == ("NotFound", "Topic does not exist")
    assert refusal(admin.sns.list_tags_for_resource, ResourceArn=arn)[0] == "ResourceNotFound"


@pytest.mark.parametrize("name", ["a b", "x" * 257, "orders.fifo", "a/b"])
def test_names_that_are_none_and_fifo_topics_are_refused(admin, name):
    assert refusal(admin.sns.create_topic, Name=name)[0] == "InvalidParameter"


@pytest.mark.parametrize("attribute, value", [
    ("KmsMasterKeyId", "alias/aws/sns"), ("FifoTopic", "true"), ("SignatureVersion", "3"), ("Colour", "red"),
    ("DisplayName", "x\r\nBcc: b@c.de"), ("DeliveryPolicy", "{"), ("HTTPSuccessFeedbackRoleArn", "arn:aws:iam::1:role/x"),
    ("Policy", "{}"), ("ArchivePolicy", '{"MessageRetentionPeriod":"1"}')])
def test_attributes_that_break_their_rule_or_are_not_offered_are_refused(admin, topic, attribute, value):
    code, _ = refusal(admin.sns.set_topic_attributes, TopicArn=topic, AttributeName=attribute, AttributeValue=value)
    assert code == "InvalidParameter"


def test_a_hundred_topics_are_a_page(server):
    done = run_weir("admin", "create-account", "--data-dir", server.data_dir, "--id", "222233334444", "--name", "many")
    assert done.returncode == 0, done.stderr
    many = server.session(profile="many")
    made = {many.sns.create_topic(Name=f"t{i}")["TopicArn"] for i in range(101)}
    first = many.sns.list_topics()
    rest = many.sns.list_topics(NextToken=first["NextToken"])
    assert len(first["Topics"]) == 100 and "NextToken" not in rest
    assert {t["TopicArn"] for t in first["Topics"] + rest["Topics"]} == made
    assert refusal(many.sns.list_topics, NextToken="%%%")[0] == "InvalidParameter"


@pytest.mark.parametrize("protocol, endpoint", [
    ("sms", "+15550100"), ("sqs", "arn:aws:sqs:us-east-1:111122223333:q"), ("application", "x"), ("firehose", "x"),
    ("lambda", "arn:aws:lambda:us-east-1:111122223333:function:f"), ("pigeon", "x"), ("email", "no address"),
    ("http", "https://h.example/"), ("https", "ftp://h.example/"), ("email", "a@b.de\r\nBcc: c@d.de"),
    ("email", "a@b.de, c@d.de"), ("email", '"<script>"@b.de'), ("http", "http://h.example/\r\nX: y")])
def test_protocols_and_endpoints_that_lead_nowhere_are_refused(admin, topic, protocol, endpoint):
    assert refusal(admin.sns.subscribe, TopicArn=topic, Protocol=protocol, Endpoint=endpoint)[0] == "InvalidParameter"


def test_a_subscription_is_the_same_for_the_same_endpoint(server, admin, topic):
    arn = confirmed(admin, server, topic, "same@example.org")
    again = admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="same@example.org")
    assert again["SubscriptionArn"] == arn
    code, says = refusal(admin.sns.subscribe, TopicArn=topic, Protocol="email", Endpoint="same@example.org",
                         Attributes={"FilterPolicy": '{"k":["v"]}'})
    assert code == "InvalidParameter" and "different attributes" in says


def test_attributes_of_a_subscription(server, admin, topic):
    arn = confirmed(admin, server, topic, "attributes@example.org")
    attributes = admin.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert attributes["PendingConfirmation"] == "false" and attributes["Endpoint"] == "attributes@example.org"
    assert attributes["SubscriptionPrincipal"].startswith(f"arn:aws:iam::{ACCOUNT}:")
    for name, value in {"FilterPolicy": '{"k":[{"prefix":"a"}]}', "FilterPolicyScope": "MessageBody"}.items():
        admin.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName=name, AttributeValue=value)
        assert admin.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"][name] == value
    for name, value in {"FilterPolicy": '{"k":[{"near":"a"}]}', "FilterPolicyScope": "Everything",
                        "RawMessageDelivery": "true", "RedrivePolicy": '{"deadLetterTargetArn":"x"}', "X": "y"}.items():
        code, _ = refusal(admin.sns.set_subscription_attributes, SubscriptionArn=arn, AttributeName=name,
                          AttributeValue=value)
        assert code == "InvalidParameter", name


def test_only_messages_that_fit_the_filter_come(server, admin, topic):
    confirmed(admin, server, topic, "filter@example.org", FilterPolicy='{"kind":["apple"]}')
    confirmed(admin, server, topic, "body@example.org", FilterPolicy='{"kind":["pear"]}', FilterPolicyScope="MessageBody")
    admin.sns.publish(TopicArn=topic, Message="1", Subject="an apple",
                      MessageAttributes={"kind": {"DataType": "String", "StringValue": "apple"}})
    admin.sns.publish(TopicArn=topic, Message='{"kind":"pear"}', Subject="a pear")
    admin.sns.publish(TopicArn=topic, Message="last", Subject="an apple, too",
                      MessageAttributes={"kind": {"DataType": "String.Array", "StringValue": '["plum","apple"]'}})
    mail_to(server, "filter@example.org", "an apple", count=2)
    mail_to(server, "body@example.org", "a pear")
    assert [m["Subject"] for m in mails_to(server, "filter@example.org")[1:]] == ["an apple", "an apple, too"]
    assert len(mails_to(server, "body@example.org")) == 2  # the question and the pear


def test_each_protocol_has_its_text(server, admin, topic):
    confirmed(admin, server, topic, "text@example.org")
    admin.sns.publish(TopicArn=topic, Subject="by protocol", MessageStructure="json",
                      Message=json.dumps({"default": "for all", "email": "for people", "http": "for programs"}))
    assert body_of(mail_to(server, "text@example.org", "by protocol")).startswith("for people")
    for message in ('{"email":"x"}', "no json", '["default"]', '{"default":7}'):
        code, says = refusal(admin.sns.publish, TopicArn=topic, MessageStructure="json", Message=message)
        assert code == "InvalidParameter" and "Message Structure" in says


@pytest.mark.parametrize("subject", ["x" * 100, "two\nlines", "a\r\nBcc: b@c.de", "tab\t", "\x7f", "\u2028"])
def test_subjects_that_are_too_long_or_have_controls_are_refused(admin, topic, subject):
    assert refusal(admin.sns.publish, TopicArn=topic, Message="m", Subject=subject) == (
        "InvalidParameter", "Invalid parameter: Subject")


def test_messages_that_are_empty_or_too_long_are_refused(admin, topic):
    assert refusal(admin.sns.publish, TopicArn=topic, Message="")[1] == "Invalid parameter: Empty message"
    assert refusal(admin.sns.publish, TopicArn=topic, Message="x" * (256 * 1024 + 1))[1] == "Invalid parameter: Message too long"
    assert refusal(admin.sns.publish, TopicArn=arn_of("nobody"), Message="m") == ("NotFound", "Topic does not exist")
    assert refusal(admin.sns.publish, PhoneNumber="+15550100", Message="m")[0] == "InvalidParameter"
    code, _ = refusal(admin.sns.publish, TopicArn=topic, Message="m",
                      MessageAttributes={"n": {"DataType": "Number", "StringValue": "many"}})
    assert code == "ParameterValueInvalid"


def test_a_batch_says_of_each_what_became_of_it(server, admin, topic):
    confirmed(admin, server, topic, "batch@example.org")
    answer = admin.sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[
        {"Id": "good", "Message": "m", "Subject": "in a batch"}, {"Id": "bad", "Message": "m", "Subject": "x\ny"}])
    assert [s["Id"] for s in answer["Successful"]] == ["good"]
    assert [(f["Id"], f["Code"], f["SenderFault"]) for f in answer["Failed"]] == [("bad", "InvalidParameter", True)]
    mail_to(server, "batch@example.org", "in a batch")
    entry = {"Id": "1", "Message": "m"}
    for code, entries in {"BatchEntryIdsNotDistinct": [entry, entry], "InvalidBatchEntryId": [{**entry, "Id": "a b"}],
                          "TooManyEntriesInBatchRequest": [{**entry, "Id": str(i)} for i in range(11)],
                          "EmptyBatchRequest": [],
                          "BatchRequestTooLong": [{"Id": str(i), "Message": "x" * 200_000} for i in range(2)]}.items():
        assert refusal(admin.sns.publish_batch, TopicArn=topic, PublishBatchRequestEntries=entries)[0] == code


def test_a_topic_lets_other_accounts_in_by_its_policy_alone(server, admin, topic):
    done = run_weir("admin", "create-account", "--data-dir", server.data_dir, "--id", "444455556666", "--name", "other")
    assert done.returncode == 0, done.stderr
    other = server.session(profile="other")
    for call, parameters in [(other.sns.publish, {"Message": "m"}), (other.sns.get_topic_attributes, {}),
                             (other.sns.subscribe, {"Protocol": "email", "Endpoint": "o@example.org"}),
                             (other.sns.delete_topic, {})]:
        assert refusal(call, TopicArn=topic, **parameters)[0] == "AuthorizationError"
    # What is not there cannot be told from what is not ours.
    assert refusal(other.sns.publish, TopicArn=arn_of("nobody"), Message="m")[0] == "AuthorizationError"
    admin.sns.add_permission(TopicArn=topic, Label="share", AWSAccountId=["444455556666"], ActionName=["Publish"])
    assert other.sns.publish(TopicArn=topic, Message="m")["MessageId"]
    assert refusal(other.sns.subscribe, TopicArn=topic, Protocol="email", Endpoint="o@example.org")[0] == "AuthorizationError"
    admin.sns.remove_permission(TopicArn=topic, Label="share")
    assert refusal(other.sns.publish, TopicArn=topic, Message="m")[0] == "AuthorizationError"
    assert topic in [t["TopicArn"] for t in admin.sns.get_paginator("list_topics").paginate().build_full_result()["Topics"]]
    assert topic not in [t["TopicArn"] for t in other.sns.list_topics()["Topics"]]


def test_a_subscription_is_its_owners_and_the_topics(server, admin, topic):
    arn = confirmed(admin, server, topic, "owned@example.org")
    done = run_weir("admin", "create-account", "--data-dir", server.data_dir, "--id", "555566667777", "--name", "third")
    assert done.returncode == 0, done.stderr
    third = server.session(profile="third")
    assert refusal(third.sns.unsubscribe, SubscriptionArn=arn)[0] == "AuthorizationError"
    assert refusal(third.sns.get_subscription_attributes, SubscriptionArn=arn)[0] == "AuthorizationError"
    absent = arn[:-12] + "000000000000"
    assert refusal(third.sns.unsubscribe, SubscriptionArn=absent)[0] == "AuthorizationError"
    assert refusal(admin.sns.unsubscribe, SubscriptionArn=absent) == ("NotFound", "Subscription does not exist")


def test_a_user_may_what_its_policies_say(server, admin, topic):
    admin.iam.create_user(UserName="sns-publisher")
    keys = admin.iam.create_access_key(UserName="sns-publisher")["AccessKey"]
    user = server.session({"AccessKeyId": keys["AccessKeyId"], "SecretAccessKey": keys["SecretAccessKey"]})
    code, says = refusal(user.sns.publish, TopicArn=topic, Message="m")
    assert code == "AuthorizationError" and "sns:Publish" in says and topic in says
    admin.iam.put_user_policy(UserName="sns-publisher", PolicyName="p", PolicyDocument=allow(["sns:Publish"], topic))
    assert user.sns.publish(TopicArn=topic, Message="m")["MessageId"]
    assert refusal(user.sns.list_topics)[0] == "AuthorizationError"


def test_the_role_of_the_sample_publishes_from_another_account(server, admin, topic):
    """ProducerWorkflowRole: trusted by the central account's root, may publish to one topic."""
    done = run_weir("admin", "create-account", "--data-dir", server.data_dir, "--id", "666677778888", "--name", "central")
    assert done.returncode == 0, done.stderr
    central = server.session(profile="central")
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                                     "Principal": {"AWS": "arn:aws:iam::666677778888:root"}}]}
    admin.iam.create_role(RoleName="ProducerWorkflowRole", AssumeRolePolicyDocument=json.dumps(trust))
    admin.iam.put_role_policy(RoleName="ProducerWorkflowRole", PolicyName="inline0",
                              PolicyDocument=allow(["sns:Publish"], topic))
    taken = central.sts.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/ProducerWorkflowRole", RoleSessionName="workflow")
    role = server.session(taken["Credentials"])
    confirmed(admin, server, topic, "owner@example.org")
    role.sns.publish(TopicArn=topic, Message="approve?", Subject="Please decide")
    assert mail_to(server, "owner@example.org", "Please decide")


def test_what_was_published_is_recorded_and_its_text_is_not(admin, topic):
    admin.sns.publish(TopicArn=topic, Message="a secret harvest")

    def published():
        events = admin.cloudtrail.lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "Publish"}])["Events"]
        return [e for e in events if topic in e["CloudTrailEvent"]]

    events = wait_for(published, what="the event")
    assert "a secret harvest" not in json.dumps([e["CloudTrailEvent"] for e in events])


def test_mail_is_listed_and_shown(server, admin, topic):
    confirmed(admin, server, topic, "command@example.org")
    admin.sns.publish(TopicArn=topic, Message="Grüße \x1b[2J", Subject="Für alle")
    mail_to(server, "command@example.org", "Für alle")
    listed = run_weir("mail", "--data-dir", server.data_dir)
    row = next(line for line in listed.stdout.splitlines() if "Für alle" in line)
    shown = run_weir("mail", "show", row.split()[0], "--data-dir", server.data_dir)
    assert "Subject: Für alle" in shown.stdout and "Grüße ?[2J" in shown.stdout  # nothing commands the terminal
    as_json = json.loads(run_weir("mail", "--json", "--data-dir", server.data_dir).stdout)
    assert [m["Number"] for m in as_json] == list(range(1, len(as_json) + 1))
    assert run_weir("mail", "show", "100000", "--data-dir", server.data_dir).returncode == 1


def test_phone_numbers_and_applications_are_unknown_operations(admin):
    for call, parameters in [(admin.sns.list_platform_applications, {}), (admin.sns.get_sms_attributes, {})]:
        assert refusal(call, **parameters)[0] == "InvalidAction"

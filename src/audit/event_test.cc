#include "audit/event.h"

#include <gtest/gtest.h>

#include "audit/lookup.h"

namespace weir::audit {
namespace {

Event data_access() {
  Event event;
  event.event_id = "e-1";
  event.time = *base::parse_iso8601("2026-11-22T01:02:03Z");
  event.source = "lakeformation.amazonaws.com";
  event.name = "GetDataAccess";
  event.recipient_account = "111122223333";
  event.identity.type = "AssumedRole";
  event.identity.principal_id = "AROAX:ana";
  event.identity.account = "111122223333";
  event.identity.access_key_id = "ASIAX";
  event.identity.issuer_arn = "arn:aws:iam::111122223333:role/team/analyst";
  event.identity.signed_in_by = "cognito-identity.amazonaws.com";
  event.identity.subject = "us-east-1:ana";
  event.request_parameters = base::Json::Object{{"tableArn", "arn:t"}, {"sessionToken", "s3cr3t"}};
  event.additional = base::Json::Object{{"lakeFormationPrincipal", "arn:aws:iam::111122223333:role/team/analyst"},
                                        {"decisionId", "e-1"}};
  event.resources = {{"arn:aws:glue:us-east-1:111122223333:table/sales/orders", "AWS::Glue::Table"}};
  event.read_only = false;
  return event;
}
base::Json record() { return *base::parse_json(to_line(data_access())); }

}  // namespace

TEST(Record, HasCloudTrailsShapeAndNoSecret) {
  auto text = to_line(data_access());
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(text.find("s3cr3t"), std::string::npos);
  auto json = record();
  EXPECT_EQ(json.text("eventTime"), "2026-11-22T01:02:03Z");
  EXPECT_EQ(json.text("recipientAccountId"), "111122223333");
  EXPECT_EQ(json.find("additionalEventData")->text("decisionId"), "e-1");
  EXPECT_EQ(json.find("userIdentity")->find("sessionContext")->find("sessionIssuer")->text("userName"), "analyst");
  const auto* signed_in = json.find("userIdentity")->find("sessionContext")->find("webIdFederationData");
  EXPECT_EQ(signed_in->text("federatedProvider"), "cognito-identity.amazonaws.com");
  EXPECT_EQ(signed_in->find("attributes")->text("sub"), "us-east-1:ana");
  EXPECT_EQ(json.find("resources")->as_array()->at(0).text("accountId"), "111122223333");
  EXPECT_TRUE(json.find("responseElements")->is_null());
  EXPECT_EQ(json.find("errorCode"), nullptr);
}

TEST(Record, ALineFeedInAValueStaysInsideItsLine) {
  auto event = data_access();
  event.user_agent = "x\n{\"forged\":true}";
  EXPECT_EQ(to_line(event).find('\n'), std::string::npos);
}

TEST(Record, ADefaultEventStillNamesAnUnknownActor) {
  EXPECT_EQ(base::parse_json(to_line({}))->find("userIdentity")->text("type"), "Unknown");
}

TEST(Lookup, BothHalvesOfAnEventAreFoundByTheIdTheyShare) {
  auto event = data_access();
  event.event_id = "e-2";
  event.shared_event_id = "e-1";
  auto half = *base::parse_json(to_line(event));
  Lookup lookup;
  lookup.account = "111122223333";
  for (const auto* id : {"e-1", "e-2"}) {
    lookup.event_id = id;
    EXPECT_TRUE(matches(lookup, half)) << id;
  }
  lookup.event_id = "e-3";
  EXPECT_FALSE(matches(lookup, half));
  EXPECT_EQ(record().find("sharedEventID"), nullptr);
}

TEST(Lookup, EveryAttributeNarrows) {
  Lookup lookup;
  EXPECT_FALSE(matches(lookup, record())) << "no account, no records";
  lookup.account = "111122223333";
  EXPECT_TRUE(matches(lookup, record()));
  auto with = [&](std::string Lookup::*member, std::string value) {
    auto narrowed = lookup;
    narrowed.*member = std::move(value);
    return matches(narrowed, record());
  };
  EXPECT_TRUE(with(&Lookup::event_id, "e-1") && with(&Lookup::event_name, "GetDataAccess"));
  EXPECT_TRUE(with(&Lookup::user_name, "ana") && with(&Lookup::user_name, "analyst"));
  EXPECT_TRUE(with(&Lookup::resource_name, "orders") && with(&Lookup::resource_type, "AWS::Glue::Table"));
  EXPECT_TRUE(with(&Lookup::access_key_id, "ASIAX") && with(&Lookup::event_source, "lakeformation.amazonaws.com"));
  for (auto member : {&Lookup::account, &Lookup::event_id, &Lookup::event_name, &Lookup::event_source,
                      &Lookup::user_name, &Lookup::access_key_id, &Lookup::resource_name, &Lookup::resource_type})
    EXPECT_FALSE(with(member, "other"));
  lookup.read_only = true;
  EXPECT_FALSE(matches(lookup, record()));
}

TEST(Lookup, TimesAreInclusive) {
  Lookup lookup;
  lookup.account = "111122223333";
  lookup.from = lookup.until = data_access().time;
  EXPECT_TRUE(matches(lookup, record()));
  lookup.from = data_access().time + base::Seconds(1);
  EXPECT_FALSE(matches(lookup, record()));
}

}  // namespace weir::audit

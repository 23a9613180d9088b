#include "app/trail/owners_half.h"

#include <gtest/gtest.h>

#include "permissions/explain.h"

namespace weir::app {
namespace {

using permissions::Because;
using permissions::Decision;
using permissions::Ground;
using permissions::Privilege;
using permissions::Side;

const std::string kOwner = "111111111111", kReader = "arn:aws:iam::222222222222:role/reader",
                  kSignedInBy = "cognito-identity.amazonaws.com";

audit::Event event_of(const std::string& source) {
  audit::Event event;
  event.event_id = "the-callers";
  event.source = source;
  event.name = "GetTable";
  event.identity = {"AssumedRole",  "AROAX:ana", "arn:aws:sts::222222222222:assumed-role/reader/ana",
                    "222222222222", "ASIAX",     "reader",
                    kReader,        kSignedInBy, "us-east-1:ana"};
  event.error_code = "AccessDenied";
  event.error_message = "User: " + kReader + " is not authorized";
  event.request_parameters = base::Json::Object{{"databaseName", "private_link"}};
  event.additional = base::Json::Object{{"lakeFormationPrincipal", kReader}, {"explanation", kReader}};
  event.resources = {{"arn:aws:glue:us-east-1:111111111111:table/sales/orders", "AWS::Glue::Table"}};
  event.recipient_account = "222222222222";
  return event;
}

TEST(OwnersHalf, TellsTheAccountAndAnIdAndNothingElseOfTheCaller) {
  auto half = owners_half(event_of("glue.amazonaws.com"), kOwner, {});
  EXPECT_EQ(half.recipient_account, kOwner);
  EXPECT_EQ(half.shared_event_id, "the-callers");
  EXPECT_NE(half.event_id, "the-callers");
  EXPECT_EQ(half.identity.type, "AWSAccount");
  EXPECT_EQ(half.identity.principal_id, "AROAX:ana");
  EXPECT_EQ(half.resources.size(), 1U);
  auto line = audit::to_line(half);
  for (const auto* secret : {"reader", "ASIAX", "private_link", "us-east-1:ana"})
    EXPECT_EQ(line.find(secret), line.npos) << secret;
}

TEST(OwnersHalf, NamesTheCallerToOwnersThatItsAccountTrusts) {
  permissions::DataLakeSettings callers;
  callers.trusted_resource_owners = {"333333333333"};
  EXPECT_TRUE(owners_half(event_of("glue.amazonaws.com"), kOwner, callers).identity.arn.empty());
  callers.trusted_resource_owners.push_back(kOwner);
  auto half = owners_half(event_of("glue.amazonaws.com"), kOwner, callers);
  EXPECT_FALSE(half.identity.arn.empty());
  EXPECT_EQ(half.additional.text("lakeFormationPrincipal"), kReader);
  EXPECT_TRUE(half.identity.access_key_id.empty());
  EXPECT_TRUE(half.request_parameters.is_null());
}

TEST(OwnersHalf, KeepsRequestsThatNameOnlyTheResource) {
  EXPECT_FALSE(owners_half(event_of("s3.amazonaws.com"), kOwner, {}).request_parameters.is_null());
  EXPECT_TRUE(owners_half(event_of("lakeformation.amazonaws.com"), kOwner, {}).request_parameters.is_null());
}

TEST(OwnersHalf, GivesNoReasonOfTheOtherAccount) {
  Decision decision;
  decision.asked = Privilege::select;
  decision.resource = permissions::Resource::of_table(kOwner, "sales", "orders").value();
  decision.missing = "grant SELECT to " + kReader;
  Because shared{Ground::set_aside, decision.resource.kind, {Privilege::select}, "222222222222", "why"};
  shared.side = Side::shared_with_account;
  auto inside = shared;
  inside.side = Side::inside_account;
  inside.principal = kReader;
  decision.because = {shared, inside};
  auto grounds = owners_grounds(decision, "glue:GetTable");
  EXPECT_EQ(grounds.says, "Insufficient Lake Formation permission(s): Required Select on sales.orders");
  EXPECT_NE(grounds.text.find("222222222222"), std::string::npos);
  for (const auto& text : {grounds.says, grounds.text, grounds.explanation.dump()})
    EXPECT_EQ(text.find("reader"), std::string::npos) << text;
  EXPECT_EQ(owners_grounds_of_iam("glue:GetTable", "222222222222").text.find("reader"), std::string::npos);
}

}  // namespace
}  // namespace weir::app

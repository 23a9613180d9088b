#include "cli/mesh_documents.h"

#include <gtest/gtest.h>

#include <functional>

namespace weir::cli {
namespace {

using base::Json;

const MeshPlace kPlace{*names::AccountId::parse("011122223333"), "eu-west-1"};

void each_statement(const Json& document, const std::function<void(const Json&)>& look) {
  for (const auto& statement : *document.find("Statement")->as_array()) look(statement);
}

std::vector<std::string> texts(const Json& value) {
  if (value.as_string()) return {*value.as_string()};
  std::vector<std::string> out;
  for (const auto& one : *value.as_array()) out.push_back(*one.as_string());
  return out;
}

TEST(MeshDocuments, AStarStandsOnlyWhereAnActionKnowsNoResource) {
  const std::vector<std::string> without_resource = {"lakeformation:GrantPermissions", "states:SendTaskSuccess",
                                                     "states:SendTaskFailure", "ram:CreateResourceShare",
                                                     "lakeformation:CreateDataCellsFilter"};
  for (const auto& policy :
       {table_details_policy(kPlace), share_item_policy(kPlace), notification_policy(kPlace, {"044455556666"}),
        approver_policy(), machine_policy(kPlace), producer_policy(kPlace), authenticated_policy(kPlace),
        requests_policy(kPlace, {"044455556666"})})
    each_statement(policy, [&](const Json& statement) {
      for (const auto& resource : texts(*statement.find("Resource"))) {
        if (resource != "*") continue;
        for (const auto& action : texts(*statement.find("Action")))
          EXPECT_NE(std::find(without_resource.begin(), without_resource.end(), action), without_resource.end())
              << action;
      }
    });
}

TEST(MeshDocuments, ResourcesAreOfTheAccountAndItsRegion) {
  for (const auto& policy :
       {table_details_policy(kPlace), machine_policy(kPlace), producer_policy(kPlace), authenticated_policy(kPlace)})
    each_statement(policy, [](const Json& statement) {
      for (const auto& resource : texts(*statement.find("Resource")))
        EXPECT_NE(resource.find(":eu-west-1:011122223333:"), std::string::npos) << resource;
    });
}

TEST(MeshDocuments, OnlyTheProducersThatWereNamedAreAsked) {
  EXPECT_TRUE(producers_in(notification_policy(kPlace, {})).empty());
  auto policy = notification_policy(kPlace, {"044455556666", "777788889999"});
  EXPECT_EQ(
      policy.find("Statement")->as_array()->back().find("Resource")->dump(),
      R"(["arn:aws:iam::044455556666:role/ProducerWorkflowRole","arn:aws:iam::777788889999:role/ProducerWorkflowRole"])");
  EXPECT_EQ(producers_in(policy), (std::vector<std::string>{"044455556666", "777788889999"}));
  EXPECT_TRUE(producers_in(Json()).empty());
  EXPECT_TRUE(producers_in(*base::parse_json(R"({"Statement":[{"Resource":"*"}]})")).empty());
}

TEST(MeshDocuments, TheProducersRoleIsForTheNotifierOfTheCentralAccount) {
  auto trust = trust_notifiers(kPlace.account, {"Notifier", "InfraStack-*"});
  EXPECT_EQ(
      trust.dump(),
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::011122223333:root"},)"
      R"("Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":)"
      R"(["arn:aws:iam::011122223333:role/Notifier","arn:aws:iam::011122223333:role/InfraStack-*"]}}}]})");
}

TEST(MeshDocuments, TheMachineIsTheSamples) {
  auto machine = sample_machine(kPlace);
  EXPECT_EQ(machine.text("StartAt"), "GetCatalogTableDetails");
  const auto& states = *machine.find("States");
  EXPECT_EQ(states.as_object()->size(), 5u);
  EXPECT_EQ(states.find("SendAndWaitPIIColumnApproval")->find("Parameters")->dump(),
            R"({"FunctionName":"arn:aws:lambda:eu-west-1:011122223333:function:WorkflowSendApprovalNotification",)"
            R"("Payload":{"Input.$":"$","TaskToken.$":"$$.Task.Token"}})");
  EXPECT_EQ(states.find("DoesItHavePIIColumns")->text("Default"), "SendAndWaitPIIColumnApproval");
}

}  // namespace
}  // namespace weir::cli

#include "cli/mesh_documents.h"

namespace weir::cli {
namespace {

using base::Json;

Json list(std::vector<Json> items) { return Json(Json::Array(std::move(items))); }
Json texts(const std::vector<std::string>& items) { return Json(Json::Array(items.begin(), items.end())); }

Json document(std::vector<Json> statements) {
  return Json::object().set("Version", "2012-10-17").set("Statement", list(std::move(statements)));
}

Json allow(Json actions, Json resources) {
  return Json::object().set("Effect", "Allow").set("Action", std::move(actions)).set("Resource", std::move(resources));
}

Json let_in(Json principal) {
  return Json::object().set("Effect", "Allow").set("Principal", std::move(principal)).set("Action", "sts:AssumeRole");
}

Json condition(std::string_view how, std::string_view key, Json value) {
  return Json::object().set(std::string(how), Json::object().set(std::string(key), std::move(value)));
}

// Glue asks about the catalog and the database on the way to a table, too.
Json whole_catalog(const MeshPlace& place) {
  return texts({names::catalog_arn(place.region, place.account), names::database_arn(place.region, place.account, "*"),
                names::table_arn(place.region, place.account, "*", "*")});
}

Json reads_tables(const MeshPlace& place) {
  return allow(texts({"glue:GetDatabase", "glue:GetTable"}), whole_catalog(place));
}

// What AWSLakeFormationCrossAccountManager is needed for when a table is granted to another account.
Json makes_lake_shares() {
  return allow("ram:CreateResourceShare", "*")
      .set("Condition", condition("StringLikeIfExists", "ram:RequestedResourceType",
                                  texts({"glue:Table", "glue:Database", "glue:Catalog"})));
}

Json joins_lake_shares(const MeshPlace& place) {
  names::Arn shares{"aws", "ram", place.region, place.account.text(), "resource-share/*"};
  return allow("ram:AssociateResourceShare", shares.text())
      .set("Condition", condition("StringLike", "ram:ResourceShareName", "LakeFormation*"));
}

// --- the workflow

// The default of CDK's LambdaInvoke.
Json retry_of_lambda() {
  return list({Json::object()
                   .set("ErrorEquals",
                        texts({"Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException"}))
                   .set("IntervalSeconds", 2)
                   .set("MaxAttempts", 6)
                   .set("BackoffRate", 2)});
}

Json invoke(std::string function, Json payload, std::string_view how = "") {
  auto parameters = Json::object().set("FunctionName", std::move(function)).set("Payload", std::move(payload));
  return Json::object()
      .set("Type", "Task")
      .set("Resource", "arn:aws:states:::lambda:invoke" + std::string(how))
      .set("Parameters", parameters)
      .set("Retry", retry_of_lambda());
}

Json share_item(const MeshPlace& place) {
  auto payload = Json::object().set("source.$", "$.source").set("target.$", "$.target");
  return invoke(place.function(kShareItem.name), payload).set("End", true);
}

Json look_up_table(const MeshPlace& place) {
  auto payload = Json::object().set("database.$", "$.source.database").set("table.$", "$.source.table");
  return invoke(place.function(kTableDetails.name), payload)
      .set("ResultPath", "$.table_details")
      .set("Next", "DoesItHavePIIColumns");
}

Json ask_owner(const MeshPlace& place) {
  auto payload = Json::object().set("Input.$", "$").set("TaskToken.$", "$$.Task.Token");
  return invoke(place.function(kNotification.name), payload, ".waitForTaskToken")
      .set("ResultPath", "$.approval_details")
      .set("Next", "ApprovedPIIShareCatalogItem");
}

Json choose() {
  auto rule = Json::object()
                  .set("Variable", "$.table_details.Payload.has_pii")
                  .set("BooleanEquals", false)
                  .set("Next", "NoPIIShareCatalogItem");
  return Json::object()
      .set("Type", "Choice")
      .set("Choices", list({rule}))
      .set("Default", "SendAndWaitPIIColumnApproval");
}

constexpr std::string_view kTakesRoles = "sts:AssumeRole";

// Nothing without producers: a statement without resources is none.
std::vector<Json> takes_producers_roles(const std::vector<std::string>& producers) {
  if (producers.empty()) return {};
  std::vector<std::string> roles;
  for (const auto& producer : producers)
    roles.push_back("arn:aws:iam::" + producer + ":role/" + std::string(kProducerRole));
  return {allow(kTakesRoles, texts(roles))};
}

std::vector<Json> shares_items(const MeshPlace& place) {
  return {reads_tables(place), allow("lakeformation:GrantPermissions", "*"), makes_lake_shares(),
          joins_lake_shares(place)};
}

}  // namespace

Json trust_service(std::string_view service) { return document({let_in(Json::object().set("Service", service))}); }

Json trust_machine(const MeshPlace& place, std::string_view name) {
  auto from = condition("StringEquals", "aws:SourceAccount", place.account.text())
                  .set("ArnLike", Json::object().set("aws:SourceArn", place.machine(name)));
  return document({let_in(Json::object().set("Service", "states.amazonaws.com")).set("Condition", from)});
}

Json trust_notifiers(const names::AccountId& central, const std::vector<std::string>& notifiers) {
  std::vector<std::string> roles;
  for (const auto& name : notifiers) roles.push_back(names::role_arn(central, "/", name));
  return document({let_in(Json::object().set("AWS", names::root_arn(central)))
                       .set("Condition", condition("ArnLike", "aws:PrincipalArn", texts(roles)))});
}

Json trust_people(const names::AccountId& account, const std::vector<std::string>& principals) {
  auto who = principals.empty() ? std::vector{names::root_arn(account)} : principals;
  return document({let_in(Json::object().set("AWS", texts(who)))});
}

Json table_details_policy(const MeshPlace& place) { return document({reads_tables(place)}); }

Json share_item_policy(const MeshPlace& place) { return document(shares_items(place)); }

Json notification_policy(const MeshPlace& place, const std::vector<std::string>& producers) {
  auto statements = takes_producers_roles(producers);
  statements.insert(statements.begin(), allow("weir:OpenApproval", place.approvals()));
  return document(std::move(statements));
}

Json requests_policy(const MeshPlace& place, const std::vector<std::string>& producers) {
  auto statements = shares_items(place);
  statements.push_back(allow("lakeformation:CreateDataCellsFilter", "*"));
  statements.push_back(allow(
      texts({"weir:OpenAccessRequestStep", "weir:FulfilAccessRequest", "weir:CloseAccessRequest"}), place.requests()));
  statements.push_back(allow("weir:OpenApproval", place.approvals()));
  statements.push_back(allow("sns:Publish", place.topic()));
  for (auto& one : takes_producers_roles(producers)) statements.push_back(std::move(one));
  return document(std::move(statements));
}

std::vector<std::string> producers_in(const Json& policy) {
  std::vector<std::string> out;
  const auto* statements = policy.find("Statement");
  if (!statements || !statements->as_array()) return out;
  for (const auto& statement : *statements->as_array()) {
    const auto* roles = statement.find("Resource");
    if (statement.text("Action") != kTakesRoles || !roles || !roles->as_array()) continue;
    for (const auto& role : *roles->as_array()) {
      auto arn = names::Arn::parse(role.as_string() ? *role.as_string() : "");
      if (arn && names::is_account_id(arn->account)) out.push_back(arn->account);
    }
  }
  return out;
}

Json approver_policy() { return document({allow(texts({"states:SendTaskSuccess", "states:SendTaskFailure"}), "*")}); }

Json machine_policy(const MeshPlace& place) {
  return document(
      {allow("lambda:InvokeFunction", texts({place.function(kTableDetails.name), place.function(kShareItem.name),
                                             place.function(kNotification.name)}))});
}

Json producer_policy(const MeshPlace& place) { return document({allow("sns:Publish", place.topic())}); }

Json authenticated_policy(const MeshPlace& place) {
  return document(
      {allow(texts({"glue:GetDatabase", "glue:GetDatabases", "glue:GetTable", "glue:GetTables"}), whole_catalog(place)),
       allow(texts({"states:ListExecutions", "states:StartExecution"}), place.machine()),
       allow("states:DescribeExecution", place.executions())});
}

Json topic_policy(const MeshPlace& place) {
  auto publishes = let_in(Json::object().set("AWS", place.role(kProducerRole)))
                       .set("Action", "sns:Publish")
                       .set("Resource", place.topic());
  return document({publishes});
}

Json sample_machine(const MeshPlace& place) {
  auto states = Json::object()
                    .set("GetCatalogTableDetails", look_up_table(place))
                    .set("DoesItHavePIIColumns", choose())
                    .set("NoPIIShareCatalogItem", share_item(place))
                    .set("SendAndWaitPIIColumnApproval", ask_owner(place))
                    .set("ApprovedPIIShareCatalogItem", share_item(place));
  return Json::object().set("StartAt", "GetCatalogTableDetails").set("States", states);
}

}  // namespace weir::cli

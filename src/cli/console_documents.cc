#include "cli/console_documents.h"

namespace weir::cli {
namespace {

using base::Json;

Json texts(std::initializer_list<const char*> words) {
  auto out = Json::array();
  for (const auto* word : words) out.push(word);
  return out;
}

Json allow(std::string sid, Json actions, Json resources) {
  return Json::object()
      .set("Sid", std::move(sid))
      .set("Effect", "Allow")
      .set("Action", std::move(actions))
      .set("Resource", std::move(resources));
}

Json document(Json statements) {
  return Json::object().set("Version", "2012-10-17").set("Statement", std::move(statements));
}

Json catalog_actions() {
  return texts({"glue:GetCatalog", "glue:GetCatalogs", "glue:GetDatabase", "glue:GetDatabases", "glue:GetTable",
                "glue:GetTables", "glue:GetTableVersion", "glue:GetTableVersions", "glue:SearchTables",
                "glue:GetPartition", "glue:GetPartitions", "lakeformation:GetDataAccess",
                "lakeformation:GetResourceLFTags", "lakeformation:ListLFTags", "lakeformation:GetLFTag",
                "lakeformation:SearchTablesByLFTags", "lakeformation:SearchDatabasesByLFTags",
                "lakeformation:ListPermissions", "lakeformation:GetEffectivePermissionsForPath"});
}

// One's own requests, what waits for oneself, one's own queries: the operations themselves look at whose they are. Not
// ListApprovals, nor Step Functions: they show what everybody asked for.
Json own_actions() {
  return texts({"weir:GetMyAccess", "weir:BatchGetMyAccess", "weir:PreviewAccessRequest", "weir:CreateAccessRequest",
                "weir:GetAccessRequest", "weir:ListAccessRequests", "weir:WithdrawAccessRequest", "weir:DecideApproval",
                "weir:ListAccessGrants", "weir:ExtendAccessGrant", "weir:RevokeAccessGrant", "weir:StartQuery",
                "weir:GetQueryResults", "weir:CancelQuery", "weir:ListQueries"});
}

}  // namespace

Json trust_identity_pool(const std::string& identity_pool) {
  auto equals = Json::object().set("cognito-identity.amazonaws.com:aud", identity_pool);
  auto like = Json::object().set("cognito-identity.amazonaws.com:amr", "authenticated");
  return document(Json::array().push(
      Json::object()
          .set("Effect", "Allow")
          .set("Principal", Json::object().set("Federated", "cognito-identity.amazonaws.com"))
          .set("Action", "sts:AssumeRoleWithWebIdentity")
          .set("Condition", Json::object().set("StringEquals", equals).set("ForAnyValue:StringLike", like))));
}

Json console_user_policy() {
  return document(Json::array()
                      .push(allow("Catalog", catalog_actions(), "*"))
                      .push(allow("OneselfAlone", own_actions(), "*"))
                      .push(allow("WhoAmI", "sts:GetCallerIdentity", "*")));
}

}  // namespace weir::cli

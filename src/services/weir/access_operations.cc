#include "services/weir/access_operations.h"

#include "app/explain/explain.h"
#include "app/explain/who_can.h"
#include "wire/json_codec.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

app::ExplainRequest question_of(const app::Call& call, const ExplainRequest& in) {
  app::ExplainRequest out{*in.Principal, *in.Action, *in.Resource, call.catalog_or_own(in.CatalogId), {}, false};
  for (const auto& tag : in.SessionTags) out.session_tags.push_back({tag.Key.value_or(""), tag.Value.value_or("")});
  out.grant_option = in.GrantOption.value_or(false);
  out.role = in.RoleArn.value_or("");
  out.groups = in.Groups.items();
  return out;
}

std::string iam_text(app::IamAnswer answer) {
  switch (answer) {
    case app::IamAnswer::allowed: return "ALLOWED";
    case app::IamAnswer::denied: return "DENIED";
    case app::IamAnswer::unknown: return "UNKNOWN";
  }
  return "UNKNOWN";
}

AblePrincipal to_wire(app::Able&& able) {
  AblePrincipal out;
  out.Principal = std::move(able.principal);
  if (!able.condition.empty()) out.Condition = std::move(able.condition);
  out.Through = std::move(able.through);
  out.Iam = iam_text(able.iam);
  out.IamReason = std::move(able.iam_says);
  if (!able.columns.empty()) {
    out.Columns = std::move(able.columns);
    out.AllColumns = able.all_columns;
    out.Rows = std::move(able.rows);
    out.MaskedColumns = std::move(able.masked_columns);
  }
  if (able.is_group) {
    out.Group = true;
    out.Members = std::move(able.members);
    out.MembersComplete = able.members_complete;
  }
  return out;
}

}  // namespace

base::Result<ExplainResponse> explain(app::Call& call, const ExplainRequest& in) {
  base::Result<app::Explanation> answer =
      base::invalid("Give either DecisionId, or Principal, Action and Resource.", "input");
  if (in.DecisionId) {
    answer = app::explain_decision(call, *in.DecisionId);
  } else if (in.Principal && in.Action && in.Resource) {
    answer = app::explain(call, question_of(call, in));
  }
  if (!answer) return std::move(answer).error();
  ExplainResponse out;
  out.Allowed = answer->allowed;
  out.Text = std::move(answer->text);
  out.Explanation = answer->json.dump();
  // Explanations are written with the names of Proof, those in the trail as well.
  WEIR_CHECK_OK(wire::decode_json(wire::shape_of<Proof>(), *out.Explanation, &out.Proof.emplace()));
  return out;
}

base::Result<WhoCanResponse> who_can(app::Call& call, const WhoCanRequest& in) {
  app::WhoCanRequest request{.resource = *in.Resource,
                             .action = in.Action.value_or("SELECT"),
                             .catalog = call.catalog_or_own(in.CatalogId),
                             .token = in.NextToken.value_or("")};
  if (in.MaxResults) request.limit = static_cast<size_t>(*in.MaxResults);
  WEIR_TRY(auto found, app::who_can(call, request));
  WhoCanResponse out;
  out.Resource = std::move(found.resource);
  out.Principals.give();
  for (auto& able : found.able) out.Principals.push_back(to_wire(std::move(able)));
  if (!found.next.empty()) out.NextToken = std::move(found.next);
  return out;
}

}  // namespace weir::services

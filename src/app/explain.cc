#include "app/explain.h"

#include "app/access_question.h"
#include "app/governed_table.h"
#include "permissions/can_grant.h"

namespace weir::app {
namespace {

using permissions::GateText;
using permissions::Privilege;

// What may be passed on: the column, where the question is about one.
base::Result<permissions::Resource> grantable_of(const Subject& subject) {
  if (subject.column.empty()) return subject.resource;
  const auto& table = subject.resource;
  return permissions::Resource::of_columns(table.catalog, table.database, table.table,
                                           permissions::ColumnSet::only({subject.column}));
}

Explanation of_gates(const std::string& asked, const permissions::Resource& resource,
                     const std::vector<GateText>& gates) {
  Explanation out{true, {}, {}};
  auto list = base::Json::array();
  for (const auto& gate : gates) {
    out.allowed &= gate.allowed;
    auto one = base::Json::object();
    one.set("Name", gate.name).set("Verdict", gate.allowed ? "ALLOW" : "DENY").set("Reason", gate.reason);
    if (!gate.remedy.empty()) one.set("Remedy", gate.remedy);
    list.push(std::move(one));
    out.text += "  gate " + std::to_string(list.as_array()->size()) + " " + gate.name + ": " +
                (gate.allowed ? "allow" : "deny") + ", " + gate.reason + "\n";
  }
  std::string verdict = out.allowed ? "ALLOW" : "DENY";
  out.text = verdict + "  " + asked + " on " + resource.text() + "\n" + out.text;
  out.json.set("Decision", verdict).set("Action", asked).set("Resource", resource.text());
  out.json.set("Gates", std::move(list));
  return out;
}

// May it grant what was asked about? An administrator may without holding it.
base::Result<Explanation> explain_grant_option(Call& call, const identity::Principal& principal,
                                               const permissions::Caller& caller, const Subject& subject,
                                               Privilege privilege) {
  WEIR_TRY(auto resource, grantable_of(subject));
  const auto& snapshot = call.state().permissions(resource.catalog);
  auto iam = iam_gate(call, principal, "lakeformation:GrantPermissions", "*", resource.catalog);
  auto verdict = permissions::can_grant({caller, resource, {privilege}}, snapshot);
  return of_gates("granting " + std::string(permissions::name_of(privilege)), resource,
                  {iam, GateText{"grant option", verdict.allowed(), verdict.says, ""}});
}

// How Lake Formation stands to the place where the data lies.
base::Json data_location_of(const Call& call, const Subject& subject) {
  auto place = subject.table ? location_of(*subject.table) : std::nullopt;
  auto out = base::Json::object();
  if (!place) return out;
  out.set("Location", place->url());
  const auto* registered = governing(call, subject.resource.catalog, *place);
  out.set("Registered", registered != nullptr);
  if (registered) out.set("RegisteredAs", registered->resource_arn).set("Hybrid", registered->hybrid_access);
  return out;
}

}  // namespace

base::Result<Explanation> explain(Call& call, const ExplainRequest& request) {
  call.about("principal", request.principal);
  call.about("resource", request.resource);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListPermissions"}));
  auto self = identity::lake_formation_principal(call.caller());
  if (self != request.principal && !may_ask_about_others(call, request.catalog))
    return base::denied("Only data lake administrators may ask about other principals.", "access");
  WEIR_TRY(auto privilege, permissions::parse_privilege(request.action));
  WEIR_CHECK_OK(identity::check_tags(request.session_tags));
  WEIR_TRY(auto subject, subject_of(call, request.resource, request.catalog, privilege));
  WEIR_TRY(auto principal, principal_of(call, request.principal, request.session_tags));
  auto caller = lake_caller_of(call.state(), principal->account(), request.principal, request.session_tags);
  if (request.grant_option) return explain_grant_option(call, *principal, caller, subject, privilege);
  auto gate = iam_gate(call, *principal, subject.action, subject.arn, request.catalog);
  auto decision = decide_on(subject, std::move(caller), privilege, call.state().permissions(request.catalog));
  Explanation out{gate.allowed && decision.allowed(), permissions::explain(decision, {gate}),
                  permissions::explain_text(decision, {gate})};
  // Who may not describe a table does not learn by asking that it is there.
  if (subject.table && (decision.allowed() || may_ask_about_others(call, request.catalog)))
    out.json.set("DataLocation", data_location_of(call, subject));
  return out;
}

base::Result<Explanation> explain_decision(Call& call, const std::string& decision_id) {
  WEIR_CHECK_OK(call.authorize({.action = "cloudtrail:LookupEvents"}));
  auto& journal = call.lake().journal;
  WEIR_CHECK_OK(journal.flush());
  WEIR_TRY(auto event, journal.find(call.caller().account(), decision_id));
  auto* additional = event ? event->find("additionalEventData") : nullptr;
  if (!additional || additional->text("decisionId") != decision_id)
    return base::not_found("No denial with the decision id " + decision_id + " in this account.", "decision");
  Explanation out;
  if (auto* explanation = additional->find("explanation")) out.json = *explanation;
  out.text = event->text("eventTime") + " " + event->text("eventName") + " by " +
             additional->text("lakeFormationPrincipal") + "\n" + event->text("errorMessage") + "\n" +
             additional->text("explanationText");
  return out;
}

}  // namespace weir::app

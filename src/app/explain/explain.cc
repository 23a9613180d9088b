#include "app/explain/explain.h"

#include <algorithm>

#include "app/catalog/governed_table.h"
#include "app/catalog/link_target.h"
#include "app/explain/access_question.h"
#include "app/explain/explain_sharing.h"
#include "app/sessions/signed_in.h"
#include "app/sharing/received.h"
#include "app/trail/trail_record.h"
#include "permissions/can_grant.h"
#include "permissions/principal.h"

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

Explanation of_gates(const permissions::GatesAsked& asked, const std::vector<GateText>& gates) {
  bool allowed = std::all_of(gates.begin(), gates.end(), [](const auto& gate) { return gate.allowed; });
  return {allowed, permissions::explain(asked, gates), permissions::explain_text(asked, gates)};
}

// Whose policies IAM asks, and whom Lake Formation sees. They are one and the same but for SAML principals, who come
// through a role.
struct Asked {
  identity::PrincipalPtr iam;
  permissions::Caller lake;
};

std::vector<std::string> saml_principals(const Call& call, const ExplainRequest& request, std::string_view provider) {
  bool self = identity::lake_formation_principal(call.caller()) == request.principal;
  if (self && request.groups.empty()) return call.caller().session->lake_formation_principals;
  std::vector<std::string> out{request.principal};
  for (const auto& group : request.groups) out.push_back(std::string(provider) + ":group/" + group);
  return out;
}

base::Result<Asked> saml_asked(const Call& call, const ExplainRequest& request,
                               const permissions::Principal& principal) {
  auto account = names::AccountId::parse(principal.account());
  bool there = account.ok() && principal.account() == call.caller().account() &&
               call.state().directory.find_saml_provider(names::saml_provider_arn(*account, principal.saml_provider()));
  if (!there) return base::not_found("No SAML provider of " + request.principal + " here.", "principal");
  bool self = identity::lake_formation_principal(call.caller()) == request.principal;
  auto role = request.role.empty() && self ? call.caller().caller.role_arn : request.role;
  if (role.empty())
    return base::invalid("A SAML principal comes through a role, whose policies IAM asks: give RoleArn.", "role");
  Asked out;
  WEIR_TRY(out.iam, principal_of(call, role, request.session_tags));
  out.lake.account = principal.account();
  out.lake.principals = saml_principals(call, request, names::saml_provider_arn(*account, principal.saml_provider()));
  if (call.lake().federation.decorated_counts_role) {
    out.lake.principals.push_back(role);
    out.lake.principals.push_back(permissions::account_iam_principals(principal.account()));
  }
  for (const auto& tag : out.iam->tags) out.lake.tags.emplace_back(tag.key, tag.value);
  return out;
}

base::Result<Asked> asked_about(const Call& call, const ExplainRequest& request) {
  auto parsed = permissions::Principal::parse(request.principal);
  if (parsed.ok() && parsed->is_saml()) return saml_asked(call, request, *parsed);
  if (!request.role.empty() || !request.groups.empty())
    return base::invalid("RoleArn and Groups are for SAML principals.", "role");
  WEIR_TRY(auto principal, principal_of(call, request.principal, request.session_tags));
  auto lake = lake_caller_of(call.state(), principal->account(), request.principal, request.session_tags);
  return Asked{std::move(principal), std::move(lake)};
}

// May it grant what was asked about? An administrator may without holding it.
base::Result<Explanation> explain_grant_option(Call& call, const identity::Principal& principal,
                                               const permissions::Caller& caller, const Subject& subject,
                                               Privilege privilege) {
  WEIR_TRY(auto resource, grantable_of(subject));
  const auto& snapshot = call.state().permissions(resource.catalog);
  auto iam = iam_gate(call, principal, "lakeformation:GrantPermissions", "*", resource.catalog);
  auto verdict = permissions::can_grant({caller, resource, {privilege}}, snapshot);
  return of_gates({"granting " + std::string(permissions::name_of(privilege)), resource.text()},
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

// A resource link opens nothing: what its target takes is a question of its own.
void tell_of_table(const Call& call, const Subject& subject, Explanation& out) {
  out.json.set("DataLocation", data_location_of(call, subject));
  auto target = target_of(*subject.table);
  if (!target) return;
  out.json.set("ResourceLink", target->text());
  out.text += "  it is a resource link: DESCRIBE on it comes on top of what " + target->text() +
              " takes, which is to be asked about by that name\n";
}

const std::string kReadTrail = "cloudtrail:LookupEvents", kExplainOwn = "lakeformation:ListPermissions";

// Somebody whom the same provider calls the same, in whichever of their sessions.
bool is_same_sign_in(const Call& call, const base::Json& identity) {
  const auto* sign_in = lasting_sign_in(call.caller());
  const auto* context = identity.find("sessionContext");
  const auto* federation = context ? context->find("webIdFederationData") : nullptr;
  if (!sign_in || !federation || identity.text("accountId") != call.caller().account()) return false;
  return federation->text("federatedProvider") == sign_in->provider &&
         text_in(*federation, "attributes", "sub") == sign_in->subject;
}

// Refused to this very caller. Sessions of a role are told apart by their keys and by who was signed in for them: the
// name of a session is whatever its maker chose.
bool is_own(const Call& call, const base::Json& event) {
  const auto* identity = event.find("userIdentity");
  if (!identity) return false;
  const auto& key = call.facts().access_key_id;
  if (!key.empty() && identity->text("accessKeyId") == key) return true;
  if (is_same_sign_in(call, *identity)) return true;
  if (call.caller().is_decorated())
    return text_in(event, "additionalEventData", "lakeFormationPrincipal") ==
           identity::lake_formation_principal(call.caller());
  return call.caller().kind() == policy::PrincipalKind::user &&
         identity->text("principalId") == call.caller().caller.user_id;
}

Explanation recorded(const base::Json& event) {
  const auto* additional = event.find("additionalEventData");
  Explanation out;
  if (auto* explanation = additional->find("explanation")) out.json = *explanation;
  out.json.set("Principal", who_of(event)).set("Event", event.text("eventName")).set("At", event.text("eventTime"));
  out.json.set("Message", event.text("errorMessage"));
  out.text = event.text("eventTime") + " " + event.text("eventName") + " by " + who_of(event) + "\n" +
             event.text("errorMessage") + "\n" + additional->text("explanationText");
  return out;
}

Explanation told(const permissions::Decision& decision, const GateText& iam) {
  return {iam.allowed && decision.allowed(), permissions::explain(decision, {iam}),
          permissions::explain_text(decision, {iam})};
}

void tell_of_invitations(const Call& call, std::string_view account, const permissions::Decision& decision,
                         Explanation& out) {
  auto list = base::Json::array();
  for (auto& one : pending_invitations(call, account, decision)) {
    out.text += "  pending: " + one + "\n";
    list.push(std::move(one));
  }
  if (!list.as_array()->empty()) out.json.set("PendingInvitations", std::move(list));
}

base::Result<Explanation> explain_to_owner(Call& call, const ExplainRequest& request, const std::string& account,
                                           const Subject& subject, Privilege privilege) {
  if (request.grant_option || !request.role.empty() || !request.groups.empty() || !request.session_tags.empty())
    return base::invalid(
        "What a principal of account " + account + " may grant, and as whom it comes, that account tells.",
        "principal");
  auto caller = with_received(call.state(), lake_caller_of(call.state(), account, request.principal), request.catalog);
  auto decision = decide_on(subject, std::move(caller), privilege, call.state().permissions(request.catalog));
  auto out = told(half_of_owner(decision), gate_of_other_account(subject.action, account));
  tell_of_invitations(call, account, decision, out);
  return out;
}

base::Result<Explanation> answer(Call& call, const ExplainRequest& request) {
  call.about("principal", request.principal);
  call.about("resource", request.resource);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListPermissions"}));
  auto self = identity::lake_formation_principal(call.caller());
  // Whoever is not asked about as it is, is somebody else.
  bool other = self != request.principal || !request.role.empty() || !request.groups.empty();
  bool administers = may_ask_about_others(call, call.caller().account());
  if (other && !administers)
    return base::denied("Only data lake administrators may ask about other principals.", "access");
  WEIR_TRY(auto privilege, permissions::parse_privilege(request.action));
  WEIR_CHECK_OK(identity::check_tags(request.session_tags));
  WEIR_TRY(auto subject, subject_of(call, request.resource, request.catalog, privilege));
  if (auto account = asked_as_owner(call, request.principal, request.catalog))
    return explain_to_owner(call, request, *account, subject, privilege);
  WEIR_TRY(auto asked, asked_about(call, request));
  asked.lake = with_received(call.state(), std::move(asked.lake), request.catalog);
  if (request.grant_option) return explain_grant_option(call, *asked.iam, asked.lake, subject, privilege);
  auto gate = iam_gate(call, *asked.iam, subject.action, subject.arn, request.catalog,
                       catalog_policy(asked.lake, subject.action));
  auto decision = decide_on(subject, asked.lake, privilege, call.state().permissions(request.catalog));
  if (!administers) decision = without_shares_not_joined(std::move(decision), asked.lake.account);
  auto out = told(decision, gate);
  if (administers) tell_of_invitations(call, asked.lake.account, decision, out);
  // Who may not describe a table does not learn by asking that it is there.
  if (subject.table && (decision.allowed() || may_ask_about_others(call, request.catalog)))
    tell_of_table(call, subject, out);
  return out;
}

}  // namespace

base::Result<Explanation> explain(Call& call, const ExplainRequest& request) {
  WEIR_TRY(auto out, answer(call, request));
  out.json.set("Principal", request.principal);
  return out;
}

base::Result<Explanation> explain_decision(Call& call, const std::string& decision_id) {
  bool reads_the_trail = call.evaluate({.action = kReadTrail}).allowed();
  WEIR_CHECK_OK(call.authorize({.action = reads_the_trail ? kReadTrail : kExplainOwn}));
  auto& journal = call.lake().journal;
  WEIR_CHECK_OK(journal.flush());
  WEIR_TRY(auto event, journal.find(call.caller().account(), decision_id));
  bool denied = event && text_in(*event, "additionalEventData", "decisionId") == decision_id;
  bool told = denied && (reads_the_trail || is_own(call, *event));
  if (!told) return base::not_found("No denial with the decision id " + decision_id + " in this account.", "decision");
  return recorded(*event);
}

}  // namespace weir::app

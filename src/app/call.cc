#include "app/call.h"

#include "app/evaluate_principal.h"
#include "app/explain/explain_sharing.h"
#include "app/iam_gate_text.h"
#include "app/sessions/signed_in.h"
#include "app/sharing/received.h"
#include "app/wording.h"
#include "base/clock.h"
#include "permissions/explain.h"
#include "permissions/principal.h"

namespace weir::app {
namespace {

std::string_view identity_type(policy::PrincipalKind kind) {
  switch (kind) {
    case policy::PrincipalKind::anonymous: return "Anonymous";
    case policy::PrincipalKind::root: return "Root";
    case policy::PrincipalKind::user: return "IAMUser";
    case policy::PrincipalKind::role_session: return "AssumedRole";
    case policy::PrincipalKind::federated_user: return "FederatedUser";
    case policy::PrincipalKind::federated_identity: return "WebIdentityUser";
    case policy::PrincipalKind::service: return "AWSService";
  }
  return "Unknown";
}

// CloudTrail tells assertions from tokens.
std::string_view identity_type(const identity::Principal& principal) {
  if (principal.caller.provider.find(":saml-provider/") != std::string::npos) return "SAMLUser";
  return identity_type(principal.kind());
}

audit::Identity identity_of(const identity::Principal& principal, const std::string& access_key_id) {
  const auto* sign_in = lasting_sign_in(principal);
  return {.type = std::string(identity_type(principal)),
          .principal_id = principal.caller.user_id,
          .arn = principal.arn(),
          .account = principal.account(),
          .access_key_id = access_key_id,
          .user_name = principal.name,
          .issuer_arn = principal.caller.role_arn,
          .signed_in_by = sign_in ? sign_in->provider : "",
          .subject = sign_in ? sign_in->subject : ""};
}

// "glue:GetTable" -> true; what only reads is marked so, as CloudTrail does.
bool reads_only(std::string_view action) {
  auto name = action.substr(action.find(':') + 1);
  for (std::string_view verb : {"Get", "List", "Describe", "Lookup", "Search", "BatchGet", "Head", "Assume"})
    if (name.starts_with(verb)) return true;
  return false;
}

std::string_view resource_type(std::string_view arn) {
  if (arn.starts_with("arn:aws:s3:::")) return arn.find('/') == arn.npos ? "AWS::S3::Bucket" : "AWS::S3::Object";
  if (arn.find(":table/") != arn.npos) return "AWS::Glue::Table";
  if (arn.find(":database/") != arn.npos) return "AWS::Glue::Database";
  if (arn.find(":role/") != arn.npos) return "AWS::IAM::Role";
  if (arn.find(":user/") != arn.npos) return "AWS::IAM::User";
  return "AWS::Resource";
}

// Every grant and role that counted, in words.
base::Json grounds_of(const permissions::Decision& decision) {
  auto out = base::Json::array();
  for (const auto& because : decision.because)
    if (because.ground != permissions::Ground::set_aside && because.ground != permissions::Ground::other_account)
      out.push(permissions::says(because, decision.resource));
  return out;
}

void tell(audit::Event& denied, const std::string& decision_id, Grounds grounds) {
  denied.error_message = std::move(grounds.says);
  denied.additional.set("decisionId", decision_id);
  denied.additional.set("explanation", std::move(grounds.explanation));
  denied.additional.set("explanationText", std::move(grounds.text));
}

bool is_of_others(const Call& call, const Ask& ask) {
  return !ask.owner.empty() && ask.owner != call.caller().account();
}

// The policy on the owner's side: the resource's own or, for another account's catalog, that of the share in force.
const policy::NamedPolicy* owners_policy(const Call& call, const Ask& ask) {
  if (ask.resource_policy || !is_of_others(call, ask) || !is_of_catalog(ask.action)) return ask.resource_policy;
  return catalog_policy(call.lake_caller(ask.owner), ask.action);
}

bool is_owners_gate(policy::Gate gate) { return gate == policy::Gate::trust || gate == policy::Gate::resource; }

Grounds grounds_of_gates(const Ask& ask, std::string says, const std::vector<permissions::GateText>& gates) {
  permissions::GatesAsked asked{ask.action, ask.resource};
  return {std::move(says), permissions::explain(asked, gates), permissions::explain_text(asked, gates)};
}

// What the policy of another account says is that account's affair: the caller hears that it refused, the owner why.
Grounds grounds_without_reason(const Ask& ask, const policy::Decision& decision) {
  return grounds_of_gates(ask, decision.message(),
                          {{"IAM: " + decision.action, false, decision.message_without_reason(), ""}});
}

}  // namespace

Call::Call(Lake& lake, std::shared_ptr<const State> state, identity::PrincipalPtr caller, Facts facts)
    : lake_(lake), state_(std::move(state)), caller_(std::move(caller)), facts_(std::move(facts)) {}

std::string Call::catalog_or_own(const std::optional<std::string>& catalog_id) const {
  return catalog_id && !catalog_id->empty() ? *catalog_id : caller_->account();
}

permissions::Caller Call::lake_caller(std::string_view owner) const {
  permissions::Caller out{caller_->account(), {}};
  if (caller_->is_decorated()) out.principals = caller_->session->lake_formation_principals;
  // What the role holds would reach everybody who signs in through it.
  if (!caller_->is_decorated() || lake_.federation.decorated_counts_role) {
    bool role = caller_->is_role_session();
    out.principals.push_back(role ? caller_->caller.role_arn : caller_->arn());
    out.principals.push_back(permissions::account_iam_principals(caller_->account()));
  }
  out.tags.reserve(caller_->tags.size());
  for (const auto& tag : caller_->tags) out.tags.emplace_back(tag.key, tag.value);
  if (owner != out.account) out.received = received_from(*state_, owner, out);
  return out;
}

policy::Context Call::context(const Ask& ask) const {
  policy::Context context;
  describe(ask, context);
  return context;
}

void Call::describe(const Ask& ask, policy::Context& context) const {
  context.reserve(24 + ask.extra.entries().size());
  identity::describe_caller(*caller_, context);
  context.set("aws:currenttime", base::to_iso8601(facts_.now));
  context.set("aws:epochtime", std::to_string(base::to_epoch_whole_seconds(facts_.now)));
  context.set("aws:securetransport", facts_.tls ? "true" : "false");
  context.set("aws:sourceip", facts_.source_ip);
  if (!facts_.user_agent.empty()) context.set("aws:useragent", facts_.user_agent);
  if (!facts_.referer.empty()) context.set("aws:referer", facts_.referer);
  context.set("aws:viaawsservice", "false");  // services act here as themselves, never on behalf of a caller
  context.set("aws:requestedregion", lake_.region);
  const auto& owner = ask.owner.empty() ? caller_->account() : ask.owner;
  context.set("aws:resourceaccount", owner);
  identity::describe_organizations(state_->directory.organizations(), caller_->caller, owner, context);
  for (const auto& entry : ask.extra.entries()) {
    if (entry.list) {
      context.set_list(entry.key, entry.values);
    } else if (!entry.values.empty()) {
      context.set(entry.key, entry.values.front());
    }
  }
}

policy::Decision Call::evaluate(const Ask& ask) const {
  policy::Context facts;
  facts.describe_later([this, &ask](policy::Context& context) { describe(ask, context); });
  return evaluate_principal({*caller_, ask.action, ask.resource, ask.owner, facts, owners_policy(*this, ask)},
                            state_->directory);
}

audit::Event Call::event(const Ask& ask) {
  audit::Event event;
  event.event_id = base::quick_uuid();
  event.time = facts_.now;
  event.identity = identity_of(*caller_, facts_.access_key_id);
  event.source = (data_access_ ? "lakeformation" : facts_.service) + ".amazonaws.com";
  event.name = data_access_ ? "GetDataAccess" : facts_.operation;
  event.region = lake_.region;
  event.source_ip = facts_.source_ip;
  event.user_agent = facts_.user_agent;
  event.request_id = facts_.request_id;
  event.request_parameters = parameters_;
  if (ask.resource != "*") event.resources.push_back({ask.resource, std::string(resource_type(ask.resource))});
  event.recipient_account = caller_->account().empty() ? ask.owner : caller_->account();
  event.read_only = reads_only(ask.action);
  event.management = facts_.service != "s3" || ask.resource.find('/') == std::string::npos;
  event.additional.set("lakeFormationPrincipal", identity::lake_formation_principal(*caller_));
  return event;
}

const std::string& Call::owner_beside(const Ask& ask) const {
  static const std::string kNobody;
  bool crosses = !caller_->account().empty() && !ask.owner.empty() && ask.owner != caller_->account();
  return crosses && state_->directory.find_account(ask.owner) ? ask.owner : kNobody;
}

base::Status Call::record_event(const Ask& ask, audit::Event event, std::optional<audit::Event> owners) {
  const auto& owner = owner_beside(ask);
  if (owner.empty()) return lake_.journal.record(std::move(event));
  if (!owners) owners = owners_half(event, owner, state_->permissions(caller_->account()).settings());
  event.shared_event_id = event.event_id;
  WEIR_CHECK_OK(lake_.journal.record(std::move(event)));
  return lake_.journal.record(std::move(*owners));
}

base::Status Call::record_allowed(const Ask& ask) {
  auto allowed = event(ask);
  allowed.response_elements = response_elements_;
  return record_event(ask, std::move(allowed));
}

base::Status Call::record_allowed(const Ask& ask, const permissions::Decision& decision) {
  if (!data_access_) return record_allowed(ask);
  auto vended = event(ask);
  vended.additional.set("grounds", grounds_of(decision));
  const auto& owner = owner_beside(ask);
  if (owner.empty()) return record_event(ask, std::move(vended));
  auto theirs = owners_half(vended, owner, state_->permissions(caller_->account()).settings());
  theirs.additional.set("grounds", grounds_of(owners_reasons(decision)));
  return record_event(ask, std::move(vended), std::move(theirs));
}

base::Error Call::record_denied(const Ask& ask, Grounds grounds, const std::function<Grounds()>& owners) {
  auto denied = event(ask);
  denied.error_code = "AccessDenied";
  auto id = denied.event_id;
  auto says = grounds.says;
  std::optional<audit::Event> theirs;
  if (const auto& owner = owner_beside(ask); !owner.empty()) {
    theirs = owners_half(denied, owner, state_->permissions(caller_->account()).settings());
    tell(*theirs, id, owners());
  }
  tell(denied, id, std::move(grounds));
  auto recorded = record_event(ask, std::move(denied), std::move(theirs));
  if (!recorded.ok()) return std::move(recorded).error();
  auto error = base::denied(std::move(says) + " (decision " + id + ")", "access");
  error.decision_id = std::move(id);
  return error;
}

base::Error Call::iam_denied(const Ask& ask, const policy::Decision& decision) {
  auto theirs = [&](std::string reason) {
    return owners_grounds_of_iam(ask.action, caller_->account(), std::move(reason));
  };
  if (is_of_others(*this, ask) && is_owners_gate(decision.gate))
    return record_denied(ask, grounds_without_reason(ask, decision), [&] { return theirs(statements_of(decision)); });
  auto facts = context(ask);
  auto remedy = smallest_change({*caller_, ask.action, ask.resource, ask.owner, facts, owners_policy(*this, ask)},
                                state_->directory, decision);
  auto grounds = grounds_of_gates(ask, decision.message(), {iam_gate_text(decision, std::move(remedy))});
  return record_denied(ask, std::move(grounds), [&] { return theirs(""); });
}

base::Error Call::lake_denied(const Ask& ask, const permissions::Decision& decision) {
  std::vector<permissions::GateText> gates = {iam_gate_text(evaluate(ask), "")};
  auto says =
      insufficient(decision.asked, decision.resource) + (decision.missing.empty() ? "" : ". " + decision.missing);
  // Invitations are for administrators to know of: they ask explain().
  auto told = without_shares_not_joined(decision, caller_->account());
  return record_denied(ask,
                       {std::move(says), permissions::explain(told, gates), permissions::explain_text(told, gates)},
                       [&] { return owners_grounds(decision, ask.action); });
}

base::Status Call::authorize(const Ask& ask) { return authorize(ask, evaluate(ask)); }

base::Status Call::authorize(const Ask& ask, const policy::Decision& decision) {
  if (!decision.allowed()) return iam_denied(ask, decision);
  return record_allowed(ask);
}

base::Result<permissions::Decision> Call::authorize(const Ask& ask, const permissions::Question& question) {
  return authorize(ask, question, {});
}

base::Result<permissions::Decision> Call::authorize(const Ask& ask, const permissions::Question& question,
                                                    const ExtraGates& gates) {
  auto iam = evaluate(ask);
  if (!iam.allowed()) return iam_denied(ask, iam);
  if (gates.between) {
    if (auto refusal = gates.between()) return gate_denied(ask, std::move(*refusal));
  }
  auto lake = permissions::decide(question, state_->permissions(question.resource.catalog));
  if (!lake.allowed()) return lake_denied(ask, lake);
  if (gates.last) {
    if (auto refusal = gates.last(lake)) return gate_denied(ask, std::move(*refusal));
  }
  WEIR_CHECK_OK(record_allowed(ask, lake));
  return lake;
}

base::Status Call::authorize(const Ask& ask, const std::function<std::optional<Refusal>()>& gate) {
  auto iam = evaluate(ask);
  if (!iam.allowed()) return iam_denied(ask, iam);
  if (auto refusal = gate()) return gate_denied(ask, std::move(*refusal));
  return record_allowed(ask);
}

base::Result<permissions::Decision> Call::authorize_item(const Ask& ask, const permissions::Question& question) {
  auto lake = permissions::decide(question, state_->permissions(question.resource.catalog));
  if (!lake.allowed()) return lake_denied(ask, lake);
  return lake;
}

base::Error Call::gate_denied(const Ask& ask, Refusal refusal) {
  if (refusal.error.kind == base::Kind::internal) return std::move(refusal.error);
  auto grounds = grounds_of_gates(ask, refusal.error.says, {{refusal.gate, false, refusal.error.says, ""}});
  auto recorded = record_denied(ask, grounds, [&] { return grounds; });
  if (recorded.kind == base::Kind::internal) return recorded;
  recorded.kind = refusal.error.kind;
  recorded.about = std::move(refusal.error.about);
  return recorded;
}

void Call::record_as_data_access() { data_access_ = true; }

}  // namespace weir::app

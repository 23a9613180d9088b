#include "app/sessions/sessions.h"

#include "app/iam/iam_targets.h"
#include "app/sessions/issued_credentials.h"
#include "identity/ids.h"

namespace weir::app {
namespace {

// As DecodeAuthorizationMessage tells a denial on AWS, with our explanation of it.
base::Json told(const base::Json& event, const base::Json& additional) {
  auto* caller = event.find("userIdentity");
  auto principal = base::Json::object();
  if (caller) principal.set("id", caller->text("principalId")).set("arn", caller->text("arn"));
  auto context = base::Json::object();
  context.set("principal", std::move(principal));
  context.set("action", event.text("eventName"));
  auto* resources = event.find("resources");
  if (resources && resources->as_array() && !resources->as_array()->empty())
    context.set("resource", resources->as_array()->front().text("ARN"));
  auto out = base::Json::object();
  out.set("allowed", false);
  out.set("explicitDeny", event.text("errorMessage").find("with an explicit deny") != std::string::npos);
  out.set("context", std::move(context));
  if (auto* explanation = additional.find("explanation")) out.set("explanation", *explanation);
  return out;
}

}  // namespace

base::Result<CallerIdentity> get_caller_identity(Call& call) {
  WEIR_CHECK_OK(call.record({.action = "sts:GetCallerIdentity"}));
  const auto& caller = call.caller().caller;
  return CallerIdentity{caller.user_id, caller.account, caller.arn};
}

namespace {

// A role that is not there is refused as one that does not trust the caller: in the same words, on the record, and in
// another account by that account.
base::Error refuse_absent(Call& call, const std::string& role_arn) {
  auto arn = names::Arn::parse(role_arn);
  Ask ask{.action = "sts:AssumeRole", .resource = role_arn, .owner = arn.ok() ? arn->account : ""};
  auto decision = call.evaluate(ask);
  if (decision.allowed()) decision.verdict = policy::Verdict::implicit_deny;
  decision.terse = true;
  return call.authorize(ask, decision).error();
}

bool is_there(const identity::Directory& directory, const std::string& role_arn) {
  auto* role = directory.find_role_by_arn(role_arn);
  return role && directory.find_account((*role)->role.account.text());
}

}  // namespace

base::Result<identity::AssumedRole> assume_role(Call& call, const identity::AssumeRoleRequest& request) {
  call.about("roleArn", request.role_arn);
  call.about("roleSessionName", request.session_name);
  auto& lake = call.lake();
  const auto& directory = call.state().directory;
  auto facts = call.context({.action = "sts:AssumeRole", .resource = request.role_arn});
  auto planned = identity::plan_assume_role(call.caller(), request, directory, std::move(facts));
  if (!planned.ok() && planned.error().kind == base::Kind::denied && !is_there(directory, request.role_arn))
    return refuse_absent(call, request.role_arn);
  WEIR_TRY(auto plan, std::move(planned));
  // The event belongs to the account of the role, as the role is what was asked for.
  auto owner = plan.role ? plan.role->role.account.text() : std::string();
  for (const auto& action : plan.actions) {
    auto decision = identity::decide(action, plan, call.caller(), directory);
    if (!decision.allowed()) return call.authorize({action, request.role_arn, owner}, decision).error();
  }
  auto role = identity::finish_assume_role(plan, directory, lake.keys, call.now(), lake.randomness);
  if (role.ok()) tell_issued(call, *role);
  WEIR_CHECK_OK(call.record({"sts:AssumeRole", request.role_arn, owner}));
  return role;
}

base::Result<identity::Credentials> get_session_token(Call& call, std::optional<int64_t> duration_s) {
  auto& lake = call.lake();
  auto made = identity::get_session_token(call.caller(), duration_s, lake.keys, call.now(), lake.randomness);
  if (made.ok()) tell_issued(call, *made);
  WEIR_CHECK_OK(call.record({.action = "sts:GetSessionToken"}));
  return made;
}

base::Result<identity::FederatedUser> get_federation_token(Call& call,
                                                           const identity::FederationTokenRequest& request) {
  call.about("name", request.name);
  WEIR_CHECK_OK(identity::may_ask_for_federation_token(call.caller()));
  WEIR_TRY(auto account, names::AccountId::parse(call.caller().account()));
  auto user = names::federated_user_arn(account, request.name);
  std::vector<Ask> asks{{.action = "sts:GetFederationToken", .resource = user}};
  if (!request.tags.empty()) asks.push_back({.action = "sts:TagSession", .resource = user});
  for (auto& ask : asks) describe_request_tags(request.tags, ask.extra);
  auto& lake = call.lake();
  auto made = identity::get_federation_token(call.caller(), request, call.state().directory, lake.keys, call.now(),
                                             lake.randomness);
  if (made.ok()) tell_issued(call, *made);
  WEIR_CHECK_OK(authorize_all(call, asks));  // a denial is all that is told then
  return made;
}

base::Result<std::string> get_access_key_info(Call& call, const std::string& access_key_id) {
  call.about("accessKeyId", access_key_id);
  WEIR_CHECK_OK(call.authorize({.action = "sts:GetAccessKeyInfo"}));
  WEIR_TRY(auto account, identity::account_of_access_key(access_key_id));
  return account.text();
}

base::Result<std::string> decode_authorization_message(Call& call, const std::string& message) {
  WEIR_CHECK_OK(call.authorize({.action = "sts:DecodeAuthorizationMessage"}));
  auto& journal = call.lake().journal;
  WEIR_CHECK_OK(journal.flush());
  WEIR_TRY(auto event, journal.find(call.caller().account(), message));
  auto* additional = event ? event->find("additionalEventData") : nullptr;
  if (!additional || additional->text("decisionId") != message)
    return base::not_found("The message is not the decision id of a denial in this account.", "message");
  return told(*event, *additional).dump();
}

}  // namespace weir::app

#include "app/executions/machine_role.h"

#include "app/later_calls.h"
#include "app/sessions/sessions.h"
#include "identity/authenticate.h"

namespace weir::app {
namespace {

constexpr char kStates[] = "states.amazonaws.com";
constexpr size_t kSessionNameMin = 2, kSessionNameMax = 64;

policy::Context facts_of_machine(const Call& call, const std::string& account, const std::string& machine_arn) {
  auto facts = call.context({.action = "sts:AssumeRole", .owner = account});
  facts.set("aws:sourcearn", machine_arn);
  facts.set("aws:sourceaccount", account);
  return facts;
}

base::Error untrusting(const std::string& service) {
  return base::denied("Neither the global service principal " + service +
                          ", nor the regional one is authorized to assume the provided role.",
                      "access");
}

}  // namespace

std::string session_name_of(std::string_view execution_name) {
  constexpr std::string_view kOthers = "_=,.@-";
  std::string out;
  for (char c : execution_name) {
    char lower = base::ascii_lower(c);
    bool word = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
    if (word || kOthers.find(c) != std::string_view::npos) out += c;
  }
  out.resize(std::min(out.size(), kSessionNameMax));
  return out.size() < kSessionNameMin ? "states-" + out : out;
}

base::Status check_machine_role(Call& call, const std::string& role_arn, const std::string& machine_arn) {
  return check_service_role(call, kStates, role_arn, machine_arn);
}

base::Status check_service_role(Call& call, const std::string& service, const std::string& role_arn,
                                const std::string& holder_arn) {
  Ask pass{.action = "iam:PassRole", .resource = role_arn};
  pass.extra.set("iam:passedtoservice", service);
  WEIR_CHECK_OK(call.authorize(pass));
  const auto& directory = call.state().directory;
  const auto& account = call.caller().account();
  auto* role = directory.find_role_by_arn(role_arn);
  if (!role || (*role)->role.account.text() != account) return untrusting(service);
  identity::AssumeRoleRequest request;
  request.role_arn = role_arn;
  request.session_name = "verification";
  auto principal = identity::service_principal(service);
  WEIR_TRY(auto plan,
           identity::plan_assume_role(principal, request, directory, facts_of_machine(call, account, holder_arn)));
  for (const auto& action : plan.actions)
    if (!identity::decide(action, plan, principal, directory).allowed()) return untrusting(service);
  return {};
}

Facts MachineRole::facts(std::string service, std::string operation) const {
  Facts facts;
  facts.service = std::move(service);
  facts.operation = std::move(operation);
  facts.request_id = base::quick_uuid();
  facts.source_ip = facts.user_agent = holder_.service;
  facts.tls = true;
  facts.now = lake_.clock.now();
  return facts;
}

base::Result<Call> MachineRole::as(const identity::Credentials& credentials, std::string service,
                                   std::string operation) const {
  return call_as(lake_, tokens_, credentials, facts(std::move(service), std::move(operation)));
}

base::Result<Call> MachineRole::call(std::string service, std::string operation,
                                     const std::optional<std::string>& further) const {
  WEIR_TRY(auto state, lake_.governance.current());
  auto principal = std::make_shared<const identity::Principal>(identity::service_principal(holder_.service));
  Call own(lake_, state, principal, facts("sts", "AssumeRole"));
  own.about("roleArn", holder_.role_arn);
  own.about("roleSessionName", holder_.session_name);
  identity::AssumeRoleRequest request;
  request.role_arn = holder_.role_arn;
  request.session_name = holder_.session_name;
  WEIR_TRY(auto plan, identity::plan_assume_role(*principal, request, state->directory,
                                                 facts_of_machine(own, holder_.account, holder_.machine_arn)));
  if (plan.role->role.account.text() != holder_.account) return untrusting(holder_.service);
  for (const auto& action : plan.actions) {
    auto decision = identity::decide(action, plan, *principal, state->directory);
    WEIR_CHECK_OK(own.authorize({.action = action, .resource = holder_.role_arn, .owner = holder_.account}, decision));
  }
  WEIR_TRY(auto session, identity::finish_assume_role(plan, state->directory, lake_.keys, own.now(), lake_.randomness));
  if (!further) return as(session.credentials, std::move(service), std::move(operation));
  WEIR_TRY(auto assuming, as(session.credentials, "sts", "AssumeRole"));
  request.role_arn = *further;
  if (!holder_.further_session_name.empty()) request.session_name = holder_.further_session_name;
  WEIR_TRY(auto other, assume_role(assuming, request));
  return as(other.credentials, std::move(service), std::move(operation));
}

}  // namespace weir::app

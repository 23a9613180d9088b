#include "app/permissions/registered_role.h"

#include <string_view>

#include "app/evaluate_principal.h"
#include "identity/assume_role.h"

namespace weir::app {
namespace {

constexpr std::string_view kService = "lakeformation.amazonaws.com";
constexpr std::string_view kServiceLinked =
    "the location was registered with the service-linked role, which cannot vend to external engines; "
    "register it again with RoleArn";

base::Error refused(std::string_view why) {
  return base::denied("Access is not allowed: " + std::string(why) + ".", "access");
}

std::string session_name(const Call& call) {
  auto id = base::quick_uuid();
  return "AWSLF-00-GL-" + call.caller().account() + "-" + id.substr(0, 8) + id.substr(9, 4);
}

policy::Context facts_of_service(const Call& call, const std::string& account) {
  policy::Context facts;
  facts.set("aws:currenttime", base::to_iso8601(call.now()));
  facts.set("aws:sourceaccount", account);
  facts.set("aws:sourcearn", "arn:aws:lakeformation:" + call.lake().region + ":" + account + ":catalog:" + account);
  facts.set("aws:requestedregion", call.lake().region);
  return facts;
}

}  // namespace

base::Result<identity::Credentials> assume_registered_role(Call& call, const permissions::Location& location,
                                                           const vending::Scope& scope,
                                                           const std::vector<std::string>& permissions,
                                                           vending::VendingCall kind,
                                                           std::optional<int64_t> duration_s) {
  if (location.use_service_linked_role) return refused(kServiceLinked);
  const auto& directory = call.state().directory;
  auto* role = directory.find_role_by_arn(location.role_arn);
  if (!role) return refused("the role of the registered location is gone");
  WEIR_TRY(auto duration, vending::duration_of(kind, duration_s, base::Seconds((*role)->role.max_session_s)));
  identity::AssumeRoleRequest request;
  request.role_arn = location.role_arn;
  request.session_name = session_name(call);
  request.duration_s = duration.count();
  request.policy = vending::session_policy(scope);
  request.scope = identity::VendingScope{scope.table_arn, permissions, {scope.place.url()}};
  auto assumed =
      identity::assume_role(identity::service_principal(kService), request, directory, call.lake().keys,
                            facts_of_service(call, (*role)->role.account.text()), call.now(), call.lake().randomness);
  if (!assumed) {
    if (assumed.error().kind == base::Kind::denied)
      return refused("the trust policy of " + location.role_arn +
                     " does not let lakeformation.amazonaws.com assume it");
    return std::move(assumed).error();
  }
  return std::move(assumed->credentials);
}

std::string check_registered_role(const Call& call, const std::string& role_arn, const names::S3Path& place) {
  const auto& directory = call.state().directory;
  auto* role = directory.find_role_by_arn(role_arn);
  if (!role) return "the role " + role_arn + " does not exist";
  identity::AssumeRoleRequest request;
  request.role_arn = role_arn;
  request.session_name = "AWSLF-verification";
  auto facts = facts_of_service(call, (*role)->role.account.text());
  auto service = identity::service_principal(kService);
  auto assumed =
      identity::assume_role(service, request, directory, call.lake().keys, facts, call.now(), call.lake().randomness);
  if (!assumed) return "its trust policy does not let lakeformation.amazonaws.com assume it";
  identity::Principal session;
  session.caller.kind = policy::PrincipalKind::role_session;
  session.caller.arn = assumed->arn;
  session.caller.account = (*role)->role.account.text();
  session.caller.unique_id = (*role)->role.id;
  session.caller.role_arn = role_arn;
  session.name = (*role)->role.name;
  identity::describe_caller(session, facts);
  identity::describe_organizations(directory.organizations(), session.caller, session.account(), facts);
  auto object = names::object_arn(place.bucket, (place.key.empty() ? "" : place.key + "/") + "*");
  for (const auto& [action, resource] : {std::pair<std::string, std::string>{"s3:GetObject", object},
                                         {"s3:ListBucket", names::bucket_arn(place.bucket)}}) {
    if (!evaluate_principal({session, action, resource, session.account(), facts}, directory).allowed())
      return "its policies do not allow " + action + " on " + resource;
  }
  return {};
}

}  // namespace weir::app

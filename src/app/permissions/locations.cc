#include "app/permissions/locations.h"

#include "app/filled_page.h"
#include "app/permissions/data_lake_settings.h"
#include "app/permissions/registered_role.h"

namespace weir::app {
namespace {

constexpr std::string_view kServiceLinkedRole =
    "role/aws-service-role/lakeformation.amazonaws.com/AWSServiceRoleForLakeFormationDataAccess";

base::Error unregistered(const std::string& arn) {
  return base::not_found("Resource " + arn + " is not registered.", "location");
}

// The caller hands the role to Lake Formation: iam:PassRole, and the role is of this account.
base::Status check_pass_role(Call& call, const std::string& role_arn) {
  auto* role = call.state().directory.find_role_by_arn(role_arn);
  Ask ask{"iam:PassRole", role_arn};
  ask.extra.set("iam:passedtoservice", "lakeformation.amazonaws.com");
  WEIR_CHECK_OK(call.authorize(ask));
  if (!role || (*role)->role.account.text() != call.caller().account())
    return base::not_found("Role " + role_arn + " not found in this account.", "role");
  return {};
}

permissions::Verification verify(const Call& call, const permissions::Location& location) {
  if (location.use_service_linked_role) return permissions::Verification::not_verified;
  auto place = permissions::place_of(location);
  if (!place) return permissions::Verification::verification_failed;
  return check_registered_role(call, location.role_arn, *place).empty() ? permissions::Verification::verified
                                                                        : permissions::Verification::not_verified;
}

}  // namespace

base::Status register_location(Call& call, permissions::Location location) {
  call.about("resourceArn", location.resource_arn);
  call.about("roleArn", location.role_arn);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:RegisterResource"}, [&]() -> std::optional<Refusal> {
    // Whoever registers with privileged access may do everything there: nobody else may give herself that.
    return location.with_privileged_access ? administrator_gate(call, call.caller().account()) : std::nullopt;
  }));
  WEIR_CHECK_OK(permissions::check(location));
  WEIR_TRY(auto place, permissions::place_of(location));
  if (location.use_service_linked_role) {
    location.role_arn = "arn:aws:iam::" + call.caller().account() + ":" + std::string(kServiceLinkedRole);
  } else {
    WEIR_CHECK_OK(check_pass_role(call, location.role_arn));
  }
  location.registered_by = identity::lake_formation_principal(call.caller());
  location.last_modified = call.now();
  location.verification = verify(call, location);
  const auto& account = call.caller().account();
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_location(tx, account, place));
    if (there) return base::already_exists("Resource is already registered", "location");
    return permissions::put_location(tx, account, location);
  });
}

base::Status deregister_location(Call& call, const std::string& resource_arn) {
  call.about("resourceArn", resource_arn);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:DeregisterResource"}));
  WEIR_TRY(auto place, names::S3Path::parse(resource_arn));
  place = permissions::canonical(place);
  const auto& account = call.caller().account();
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_location(tx, account, place));
    if (!there) return unregistered(resource_arn);
    return permissions::erase_location(tx, account, place);
  });
}

base::Status update_location(Call& call, const LocationChange& change) {
  call.about("resourceArn", change.resource_arn);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:UpdateResource"}));
  WEIR_TRY(auto place, names::S3Path::parse(change.resource_arn));
  place = permissions::canonical(place);
  WEIR_CHECK_OK(check_pass_role(call, change.role_arn));
  const auto& account = call.caller().account();
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_location(tx, account, place));
    if (!there) return unregistered(change.resource_arn);
    if (there->use_service_linked_role)
      return base::invalid(
          "Parameters of a location registered with the service-linked role can't be edited; register it again.",
          "location");
    there->role_arn = change.role_arn;
    if (change.with_federation) there->with_federation = *change.with_federation;
    if (change.hybrid_access) there->hybrid_access = *change.hybrid_access;
    if (change.expected_resource_owner) there->expected_resource_owner = *change.expected_resource_owner;
    WEIR_CHECK_OK(permissions::check(*there));
    there->last_modified = call.now();
    there->verification = verify(call, *there);
    return permissions::put_location(tx, account, *there);
  });
}

base::Result<permissions::Location> describe_location(Call& call, const std::string& resource_arn) {
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:DescribeResource"}));
  WEIR_TRY(auto place, names::S3Path::parse(resource_arn));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto there, permissions::get_location(*tx, call.caller().account(), permissions::canonical(place)));
  if (!there) return unregistered(resource_arn);
  there->verification = verify(call, *there);
  return *there;
}

base::Result<permissions::Page<permissions::Location>> list_locations(Call& call, const LocationFilter& keep,
                                                                      const std::string& token, size_t limit) {
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListResources"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto page, filled_page<permissions::Location>(
                          token, limit,
                          [&](const std::string& from, size_t count) {
                            return permissions::list_locations(*tx, call.caller().account(), from, count);
                          },
                          [&](const permissions::Location& location) { return !keep || keep(location); }));
  for (auto& location : page.items) location.verification = verify(call, location);
  return page;
}

}  // namespace weir::app

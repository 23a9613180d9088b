#include "identity/role_records.h"

#include "identity/ids.h"
#include "identity/naming.h"
#include "identity/trust.h"

namespace weir::identity {
namespace {

constexpr size_t kDescriptionMax = 1000;

struct ServiceRole {
  std::string_view service, name, policy_arn;
};
constexpr ServiceRole kServiceRoles[] = {
    {"lakeformation.amazonaws.com", "AWSServiceRoleForLakeFormationDataAccess",
     "arn:aws:iam::aws:policy/aws-service-role/LakeFormationDataAccessServiceRolePolicy"},
    {"ram.amazonaws.com", "AWSServiceRoleForResourceAccessManager",
     "arn:aws:iam::aws:policy/aws-service-role/AWSResourceAccessManagerServiceRolePolicy"},
};

base::Status check_max_session(int seconds) {
  if (seconds >= kRoleSessionSecondsDefault && seconds <= kRoleSessionSecondsMax) return {};
  return base::invalid("The specified value for maxSessionDuration is invalid. It must be between 3600 and 43200.",
                       "maxSessionDuration");
}

base::Status check_description(std::string_view text) {
  if (text.size() <= kDescriptionMax) return {};
  return base::invalid("The specified value for description is longer than 1000 characters.", "description");
}

base::Status put_trust(store::Transaction& tx, Role& role, std::string_view document) {
  WEIR_TRY(auto policy, bind_document(tx, document, policy::PolicyKind::trust));
  role.trust = document;
  role.trust_ids = {policy->bindings().begin(), policy->bindings().end()};
  return {};
}

std::string service_trust(std::string_view service) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":")" + std::string(service) +
         R"("},"Action":"sts:AssumeRole"}]})";
}

}  // namespace

base::Result<Role> RoleRecords::create(const NewRole& wanted, base::Instant now, base::Randomness& randomness) {
  WEIR_CHECK_OK(check_role_name(wanted.name));
  WEIR_CHECK_OK(check_path(wanted.path));
  WEIR_CHECK_OK(check_description(wanted.description));
  WEIR_CHECK_OK(check_max_session(wanted.max_session_s));
  WEIR_CHECK_OK(check_tags(wanted.tags));
  if (wanted.path.starts_with(kServiceRolePath))
    return base::invalid("The path /aws-service-role/ is for service-linked roles.", "path");
  WEIR_CHECK_OK(check_free(wanted.name));
  Role role;
  role.account = account_;
  role.name = wanted.name;
  role.path = wanted.path;
  role.id = new_unique_id(IdKind::role, randomness);
  role.created = now;
  role.description = wanted.description;
  role.max_session_s = wanted.max_session_s;
  role.tags = wanted.tags;
  WEIR_CHECK_OK(put_trust(tx_, role, wanted.trust));
  WEIR_CHECK_OK(set_boundary_of(role, wanted.boundary));
  WEIR_CHECK_OK(insert(role));
  return role;
}

base::Result<Role> RoleRecords::create_service_linked(std::string_view service, std::string description,
                                                      base::Instant now, base::Randomness& randomness) {
  WEIR_CHECK_OK(check_description(description));
  for (auto& kind : kServiceRoles) {
    if (kind.service != service) continue;
    WEIR_TRY(bool taken, exists(tx_, keys::one(account_, Noun::role, kind.name)));
    if (taken)
      return base::invalid("Service role name " + std::string(kind.name) +
                               " has been taken in this account, please try a different suffix.",
                           "service role");
    Role role;
    role.account = account_;
    role.name = kind.name;
    role.path = std::string(kServiceRolePath) + std::string(service) + "/";
    role.id = new_unique_id(IdKind::role, randomness);
    role.created = now;
    role.description = std::move(description);
    role.policies.attached.emplace_back(kind.policy_arn);
    WEIR_CHECK_OK(put_trust(tx_, role, service_trust(service)));
    WEIR_CHECK_OK(insert(role));
    return role;
  }
  return base::invalid("No service-linked role exists for " + std::string(service) + ".", "service role");
}

base::Result<bool> RoleRecords::has_service_linked(std::string_view service) {
  for (auto& kind : kServiceRoles)
    if (kind.service == service) return exists(tx_, keys::one(account_, Noun::role, kind.name));
  return false;
}

base::Status RoleRecords::update(std::string_view name, const RoleChange& change) {
  WEIR_TRY(auto role, get_to_change(name));
  role.description = change.description.value_or(role.description);
  role.max_session_s = change.max_session_s.value_or(role.max_session_s);
  WEIR_CHECK_OK(check_description(role.description));
  WEIR_CHECK_OK(check_max_session(role.max_session_s));
  return save_record(role);
}

base::Status RoleRecords::set_trust(std::string_view name, std::string_view document) {
  WEIR_TRY(auto role, get_to_change(name));
  WEIR_CHECK_OK(put_trust(tx_, role, document));
  return save_record(role);
}

base::Status RoleRecords::erase(std::string_view name) {
  WEIR_TRY(auto role, get_to_change(name));
  if (!role.policies.inline_documents.empty())
    return base::conflict("Cannot delete entity, must delete policies first.", "role");
  if (!role.policies.attached.empty())
    return base::conflict("Cannot delete entity, must detach all policies first.", "role");
  return remove(role);
}

base::Status RoleRecords::erase_service_linked(std::string_view name) {
  WEIR_TRY(auto role, get(name));
  if (!role.is_service_linked()) return no_such(Noun::role, name);
  return remove(role);
}

base::Status RoleRecords::tag(std::string_view name, const Tags& tags) {
  WEIR_CHECK_OK(check_tags(tags));
  WEIR_TRY(auto role, get_to_change(name));
  role.tags = merged_tags(std::move(role.tags), tags);
  WEIR_CHECK_OK(check_tags(role.tags));
  return save_record(role);
}

base::Status RoleRecords::untag(std::string_view name, const std::vector<std::string>& keys) {
  WEIR_TRY(auto role, get_to_change(name));
  role.tags = without_tags(std::move(role.tags), keys);
  return save_record(role);
}

base::Status RoleRecords::set_boundary(std::string_view name, std::string_view policy_arn) {
  WEIR_TRY(auto role, get_to_change(name));
  WEIR_CHECK_OK(set_boundary_of(role, std::string(policy_arn)));
  return save_record(role);
}

base::Status RoleRecords::erase_boundary(std::string_view name) {
  WEIR_TRY(auto role, get_to_change(name));
  if (!role.boundary) return base::not_found("The role has no permissions boundary.", "policy");
  WEIR_CHECK_OK(set_boundary_of(role, std::nullopt));
  return save_record(role);
}

}  // namespace weir::identity

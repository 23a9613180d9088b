// An IAM role: policies, and a trust policy that says who may become it.
//
// INVARIANT: `trust_ids` has the unique id of every user and role that `trust` names, as they were when
// it was saved (trust.h). Whoever is deleted and made again under the old name is not trusted.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "identity/own_policies.h"
#include "identity/tag.h"
#include "names/arn.h"

namespace weir::identity {

inline constexpr int kSessionSecondsMin = 900;
inline constexpr int kRoleSessionSecondsDefault = 3600;
inline constexpr int kRoleSessionSecondsMax = 43200;
inline constexpr std::string_view kServiceRolePath = "/aws-service-role/";

struct Role {
  names::AccountId account;
  std::string name;
  std::string path = "/";
  std::string id;
  base::Instant created{};
  std::string description;
  std::string trust;                             // as given
  std::map<std::string, std::string> trust_ids;  // ARN -> unique id
  int max_session_s = kRoleSessionSecondsDefault;
  Tags tags;
  std::optional<std::string> boundary;
  OwnPolicies policies;

  std::string arn() const { return names::role_arn(account, path, name); }
  // Made by and for a service; nobody else may change it.
  bool is_service_linked() const { return path.starts_with(kServiceRolePath); }
};
WEIR_RECORD(Role, FIELD("Account", &Role::account), FIELD("Name", &Role::name), FIELD("Path", &Role::path),
            FIELD("Id", &Role::id), FIELD("Created", &Role::created), FIELD("Description", &Role::description),
            FIELD("Trust", &Role::trust), FIELD("TrustIds", &Role::trust_ids),
            FIELD("MaxSession", &Role::max_session_s), FIELD("Tags", &Role::tags), FIELD("Boundary", &Role::boundary),
            FIELD("Policies", &Role::policies))

}  // namespace weir::identity

// Roles of an account, the service-linked ones included. See records.h for the kinds of refusal.
#pragma once
#include "identity/policy_holder_records.h"

namespace weir::identity {

struct NewRole {
  std::string name;
  std::string path = "/";
  std::string description;
  std::string trust;
  int max_session_s = kRoleSessionSecondsDefault;
  Tags tags;
  std::optional<std::string> boundary;
};

struct RoleChange {
  std::optional<std::string> description;
  std::optional<int> max_session_s;
};

class RoleRecords : public PolicyHolderRecords<Role> {
 public:
  using PolicyHolderRecords::PolicyHolderRecords;

  base::Result<Role> create(const NewRole& wanted, base::Instant now, base::Randomness& randomness);
  // The role through which a service (lakeformation.amazonaws.com) acts; there is one per account.
  base::Result<Role> create_service_linked(std::string_view service, std::string description, base::Instant now,
                                           base::Randomness& randomness);
  base::Result<bool> has_service_linked(std::string_view service);
  base::Status update(std::string_view name, const RoleChange& change);
  base::Status set_trust(std::string_view name, std::string_view document);
  // Conflict while it has policies.
  base::Status erase(std::string_view name);
  base::Status erase_service_linked(std::string_view name);

  base::Status tag(std::string_view name, const Tags& tags);
  base::Status untag(std::string_view name, const std::vector<std::string>& keys);
  base::Status set_boundary(std::string_view name, std::string_view policy_arn);
  base::Status erase_boundary(std::string_view name);
};

}  // namespace weir::identity

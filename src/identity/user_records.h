// Users of an account and the groups they are in. See records.h for the kinds of refusal.
#pragma once
#include "identity/policy_holder_records.h"

namespace weir::identity {

inline constexpr size_t kGroupsPerUserMax = 10;

struct NewUser {
  std::string name;
  std::string path = "/";
  Tags tags;
  std::optional<std::string> boundary;
};

struct UserChange {
  std::optional<std::string> new_name;
  std::optional<std::string> new_path;
};

class UserRecords : public PolicyHolderRecords<User> {
 public:
  using PolicyHolderRecords::PolicyHolderRecords;

  base::Result<User> create(const NewUser& wanted, base::Instant now, base::Randomness& randomness);
  // The id, keys, policies and groups stay.
  base::Status update(std::string_view name, const UserChange& change);
  // Conflict while it has access keys, policies or groups.
  base::Status erase(std::string_view name);

  base::Status tag(std::string_view name, const Tags& tags);
  base::Status untag(std::string_view name, const std::vector<std::string>& keys);
  base::Status set_boundary(std::string_view name, std::string_view policy_arn);
  base::Status erase_boundary(std::string_view name);

  // Joining or leaving twice changes nothing the second time (leaving: not_found).
  base::Status join(std::string_view group, std::string_view name);
  base::Status leave(std::string_view group, std::string_view name);

 private:
  base::Status index_memberships(const User& user);
  base::Status unindex_memberships(const User& user);
};

}  // namespace weir::identity

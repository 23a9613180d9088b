// Groups of an account. Who is in them is kept with the users; see user_records.h for joining.
#pragma once
#include "identity/policy_holder_records.h"

namespace weir::identity {

class GroupRecords : public PolicyHolderRecords<Group> {
 public:
  using PolicyHolderRecords::PolicyHolderRecords;

  base::Result<Group> create(std::string name, std::string path, base::Instant now, base::Randomness& randomness);
  base::Status update(std::string_view name, std::optional<std::string> new_name, std::optional<std::string> new_path);
  // Conflict while it has members or policies.
  base::Status erase(std::string_view name);
  base::Result<Page<User>> members(std::string_view name, const PageRequest& request);
};

}  // namespace weir::identity

// The groups of a user pool, and who is in them.
//
// INVARIANT: a role that a group brings is one that its maker may pass (iam:PassRole), of the pool's own account.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/people/people_of_pool.h"
#include "people/group.h"

namespace weir::app {

base::Result<people::Group> create_group(Call& call, people::Group wanted);
base::Result<people::Group> get_group(Call& call, const std::string& pool, const std::string& group);
base::Result<people::Page<people::Group>> list_groups(Call& call, const std::string& pool,
                                                      const people::PageWanted& wanted);

// What is absent stays as it is. Another role counts in tokens that are made from now on.
struct GroupChange {
  std::optional<std::string> description = {};
  std::optional<std::string> role = {};
  std::optional<int64_t> precedence = {};
};
base::Result<people::Group> update_group(Call& call, const std::string& pool, const std::string& group,
                                         const GroupChange& change);
base::Status delete_group(Call& call, const std::string& pool, const std::string& group);

base::Status add_to_group(Call& call, const PersonName& name, const std::string& group);
base::Status remove_from_group(Call& call, const PersonName& name, const std::string& group);
// In the order of their precedence.
base::Result<std::vector<people::Group>> groups_for_person(Call& call, const PersonName& name);
// In the order of their names.
base::Result<people::Page<people::Person>> people_in_group(Call& call, const std::string& pool,
                                                           const std::string& group, const people::PageWanted& wanted);

// iam:PassRole to `service`, for a role of the caller's account.
base::Status check_passed_role(Call& call, const std::string& role, const std::string& service);

}  // namespace weir::app

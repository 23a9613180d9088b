#include "identity/group_records.h"

#include <algorithm>

#include "identity/ids.h"
#include "identity/naming.h"

namespace weir::identity {

base::Result<Group> GroupRecords::create(std::string name, std::string path, base::Instant now,
                                         base::Randomness& randomness) {
  WEIR_CHECK_OK(check_group_name(name));
  WEIR_CHECK_OK(check_path(path));
  Group group;
  group.account = account_;
  group.name = std::move(name);
  group.path = std::move(path);
  group.id = new_unique_id(IdKind::group, randomness);
  group.created = now;
  WEIR_CHECK_OK(insert(group));
  return group;
}

base::Status GroupRecords::update(std::string_view name, std::optional<std::string> new_name,
                                  std::optional<std::string> new_path) {
  WEIR_TRY(auto group, get(name));
  Group moved = group;
  moved.name = new_name.value_or(group.name);
  moved.path = new_path.value_or(group.path);
  WEIR_CHECK_OK(check_group_name(moved.name));
  WEIR_CHECK_OK(check_path(moved.path));
  WEIR_TRY(auto members, all_under(tx_, keys::members(account_, group.name)));
  WEIR_CHECK_OK(move(group, moved));
  for (auto& member : members) {
    WEIR_TRY(auto user, load<User>(tx_, keys::one(account_, Noun::user, member.value)));
    CHECK_TRUE(user, "a member of a group is a user");
    std::replace(user->groups.begin(), user->groups.end(), group.name, moved.name);
    WEIR_CHECK_OK(tx_.erase(member.key));
    WEIR_CHECK_OK(tx_.put(keys::member(account_, moved.name, user->name), user->name));
    WEIR_CHECK_OK(save(tx_, keys::one(account_, Noun::user, user->name), *user));
  }
  return {};
}

base::Status GroupRecords::erase(std::string_view name) {
  WEIR_TRY(auto group, get(name));
  WEIR_TRY(bool has_members, any_under(tx_, keys::members(account_, group.name)));
  if (has_members) return base::conflict("Cannot delete entity, must remove users from group first.", "group");
  if (!group.policies.inline_documents.empty())
    return base::conflict("Cannot delete entity, must delete policies first.", "group");
  if (!group.policies.attached.empty())
    return base::conflict("Cannot delete entity, must detach all policies first.", "group");
  return remove(group);
}

base::Result<Page<User>> GroupRecords::members(std::string_view name, const PageRequest& request) {
  WEIR_TRY(auto group, get(name));
  Page<User> page;
  auto take = [&](const store::Entry& entry) -> base::Result<bool> {
    WEIR_TRY(auto user, load<User>(tx_, keys::one(account_, Noun::user, entry.value)));
    CHECK_TRUE(user, "a member of a group is a user");
    page.items.push_back(std::move(*user));
    return true;
  };
  WEIR_TRY(page.marker, walk_page(tx_, keys::members(account_, group.name), request, take));
  return page;
}

}  // namespace weir::identity

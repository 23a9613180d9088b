#include "identity/user_records.h"

#include <algorithm>

#include "base/text.h"
#include "identity/ids.h"
#include "identity/naming.h"

namespace weir::identity {
namespace {

base::Error still_has(std::string_view what) {
  return base::conflict("Cannot delete entity, must " + std::string(what) + " first.", "user");
}

auto find_group(std::vector<std::string>& groups, std::string_view name) {
  return std::find_if(groups.begin(), groups.end(),
                      [&](auto& group) { return base::equal_ignoring_case(group, name); });
}

}  // namespace

base::Result<User> UserRecords::create(const NewUser& wanted, base::Instant now, base::Randomness& randomness) {
  WEIR_CHECK_OK(check_user_name(wanted.name));
  WEIR_CHECK_OK(check_path(wanted.path));
  WEIR_CHECK_OK(check_tags(wanted.tags));
  User user;
  user.account = account_;
  user.name = wanted.name;
  user.path = wanted.path;
  user.id = new_unique_id(IdKind::user, randomness);
  user.created = now;
  user.tags = wanted.tags;
  WEIR_CHECK_OK(check_free(user.name));
  WEIR_CHECK_OK(set_boundary_of(user, wanted.boundary));
  WEIR_CHECK_OK(insert(user));
  return user;
}

base::Status UserRecords::update(std::string_view name, const UserChange& change) {
  WEIR_TRY(auto user, get(name));
  User moved = user;
  moved.name = change.new_name.value_or(user.name);
  moved.path = change.new_path.value_or(user.path);
  WEIR_CHECK_OK(check_user_name(moved.name));
  WEIR_CHECK_OK(check_path(moved.path));
  WEIR_CHECK_OK(unindex_memberships(user));
  WEIR_CHECK_OK(move(user, moved));
  return index_memberships(moved);
}

base::Status UserRecords::erase(std::string_view name) {
  WEIR_TRY(auto user, get(name));
  WEIR_TRY(bool has_keys, any_under(tx_, keys::owner_keys(account_, user.id)));
  if (has_keys) return still_has("delete access keys");
  if (!user.policies.inline_documents.empty()) return still_has("delete policies");
  if (!user.policies.attached.empty()) return still_has("detach all policies");
  if (!user.groups.empty()) return still_has("remove users from group");
  return remove(user);
}

base::Status UserRecords::tag(std::string_view name, const Tags& tags) {
  WEIR_CHECK_OK(check_tags(tags));
  WEIR_TRY(auto user, get(name));
  user.tags = merged_tags(std::move(user.tags), tags);
  WEIR_CHECK_OK(check_tags(user.tags));
  return save_record(user);
}

base::Status UserRecords::untag(std::string_view name, const std::vector<std::string>& keys) {
  WEIR_TRY(auto user, get(name));
  user.tags = without_tags(std::move(user.tags), keys);
  return save_record(user);
}

base::Status UserRecords::set_boundary(std::string_view name, std::string_view policy_arn) {
  WEIR_TRY(auto user, get(name));
  WEIR_CHECK_OK(set_boundary_of(user, std::string(policy_arn)));
  return save_record(user);
}

base::Status UserRecords::erase_boundary(std::string_view name) {
  WEIR_TRY(auto user, get(name));
  if (!user.boundary) return base::not_found("The user has no permissions boundary.", "policy");
  WEIR_CHECK_OK(set_boundary_of(user, std::nullopt));
  return save_record(user);
}

base::Status UserRecords::join(std::string_view group_name, std::string_view name) {
  WEIR_TRY(auto user, get(name));
  WEIR_TRY(auto group, load<Group>(tx_, keys::one(account_, Noun::group, group_name)));
  if (!group) return no_such(Noun::group, group_name);
  if (find_group(user.groups, group->name) != user.groups.end()) return {};
  if (user.groups.size() >= kGroupsPerUserMax)
    return base::fail(base::Kind::limit_exceeded, "Cannot exceed quota for GroupsPerUser: 10", "user");
  user.groups.push_back(group->name);
  WEIR_CHECK_OK(tx_.put(keys::member(account_, group->name, user.name), user.name));
  return save_record(user);
}

base::Status UserRecords::leave(std::string_view group_name, std::string_view name) {
  WEIR_TRY(auto user, get(name));
  auto there = find_group(user.groups, group_name);
  if (there == user.groups.end()) return no_such(Noun::group, group_name);
  user.groups.erase(there);
  WEIR_CHECK_OK(tx_.erase(keys::member(account_, group_name, user.name)));
  return save_record(user);
}

base::Status UserRecords::index_memberships(const User& user) {
  for (auto& group : user.groups) WEIR_CHECK_OK(tx_.put(keys::member(account_, group, user.name), user.name));
  return {};
}

base::Status UserRecords::unindex_memberships(const User& user) {
  for (auto& group : user.groups) WEIR_CHECK_OK(tx_.erase(keys::member(account_, group, user.name)));
  return {};
}

}  // namespace weir::identity

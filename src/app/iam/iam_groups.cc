#include "app/iam/iam_groups.h"

#include "app/iam/iam_page.h"
#include "app/iam/iam_targets.h"
#include "base/text.h"

namespace weir::app {

using identity::Group;

base::Result<Group> create_group(Call& call, const std::string& name, const std::string& path) {
  WEIR_TRY(auto account, own_account(call));
  call.about("groupName", name);
  call.about("path", path);
  WEIR_CHECK_OK(call.authorize({.action = "iam:CreateGroup", .resource = names::group_arn(account, path, name)}));
  Group made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(made, identity::GroupRecords(tx, account).create(name, path, call.now(), call.lake().randomness));
    return {};
  }));
  return made;
}

base::Result<GroupWithUsers> get_group(Call& call, const std::string& name, const identity::PageRequest& page) {
  WEIR_TRY(auto group, authorize_named<Group>(call, {"iam:GetGroup"}, name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto users, records_of(*tx, group).members(group.name, page));
  return GroupWithUsers{std::move(group), std::move(users)};
}

base::Status delete_group(Call& call, const std::string& name) {
  WEIR_TRY(auto group, authorize_named<Group>(call, {"iam:DeleteGroup"}, name));
  return change(call, group, [&](store::Transaction& tx) { return records_of(tx, group).erase(group.name); });
}

base::Result<identity::Page<Group>> list_groups(Call& call, const identity::PageRequest& page) {
  WEIR_TRY(auto account, own_account(call));
  call.about("pathPrefix", page.path_prefix);
  WEIR_CHECK_OK(call.authorize({.action = "iam:ListGroups"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return identity::GroupRecords(*tx, account).list(page);
}

base::Status add_user_to_group(Call& call, const std::string& name, const std::string& user) {
  call.about("userName", user);
  WEIR_TRY(auto group, authorize_named<Group>(call, {"iam:AddUserToGroup"}, name));
  return change(call, group, [&](store::Transaction& tx) {
    return identity::UserRecords(tx, group.account).join(group.name, user);
  });
}

base::Status remove_user_from_group(Call& call, const std::string& name, const std::string& user) {
  call.about("userName", user);
  WEIR_TRY(auto group, authorize_named<Group>(call, {"iam:RemoveUserFromGroup"}, name));
  return change(call, group, [&](store::Transaction& tx) {
    return identity::UserRecords(tx, group.account).leave(group.name, user);
  });
}

base::Result<identity::Page<Group>> list_groups_for_user(Call& call, const std::string& name,
                                                         const identity::PageRequest& page) {
  WEIR_TRY(auto user, authorize_named<identity::User>(call, {"iam:ListGroupsForUser"}, name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  std::vector<Group> groups;
  for (const auto& group : user.groups) {
    auto record = identity::GroupRecords(*tx, user.account).get(group);
    if (record.ok())
      groups.push_back(std::move(*record));
    else if (record.error().kind != base::Kind::not_found)
      return std::move(record).error();
  }
  return page_of(std::move(groups), page, [](const Group& group) { return base::to_lower(group.name); });
}

}  // namespace weir::app

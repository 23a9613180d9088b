#include "app/people/people_groups.h"

#include "app/people/pool_access.h"
#include "app/people/sign_in_faults.h"
#include "app/people/sign_in_tokens.h"
#include "people/person_records.h"

namespace weir::app {
namespace {

using people::Group;
using people::GroupRecords;
using people::Person;
using people::PersonRecords;

constexpr char kService[] = "cognito-idp.amazonaws.com";

base::Result<Group> existing_group(store::Transaction& tx, const std::string& pool, const std::string& name) {
  WEIR_TRY(auto found, GroupRecords(tx).find(pool, name));
  if (!found) return people::no_such_group(name);
  return std::move(*found);
}

base::Result<people::UserPool> asked(Call& call, const char* action, const PersonName& name, const std::string& group) {
  call.about("username", name.username);
  call.about("groupName", group);
  return authorized_pool(call, std::string("cognito-idp:") + action, name.pool);
}

base::Status change_memberships(Call& call, const people::UserPool& pool, const PersonName& name,
                                const std::string& group, bool member) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto person, PersonRecords(tx).find(pool.id, pool.folded(name.username)));
    if (!person) return people::no_such_person();
    WEIR_TRY(auto found, existing_group(tx, pool.id, group));
    if (!member) {
      person->groups.erase(group);
    } else if (person->groups.size() >= people::kGroupsOfPersonMax && !person->groups.contains(group)) {
      return base::fail(base::Kind::limit_exceeded, "A user is in 100 groups at most.", "groups");
    } else {
      person->groups[group] = found.id;
    }
    person->changed = call.now();
    return PersonRecords(tx).put(*person);
  });
}

}  // namespace

base::Status check_passed_role(Call& call, const std::string& role, const std::string& service) {
  auto arn = names::Arn::parse(role);
  bool own = arn.ok() && arn->service == "iam" && arn->resource.starts_with("role/") &&
             arn->account == call.caller().account();
  if (!own) return wrong_parameter("A role of this account is needed, not " + role + ".");
  Ask pass{.action = "iam:PassRole", .resource = role};
  pass.extra.set("iam:passedtoservice", service);
  return call.authorize(pass);
}

base::Result<Group> create_group(Call& call, Group wanted) {
  call.about("groupName", wanted.name);
  if (!wanted.role.empty()) call.about("roleArn", wanted.role);
  WEIR_TRY(auto pool, authorized_pool(call, "cognito-idp:CreateGroup", wanted.pool));
  if (!wanted.role.empty()) WEIR_CHECK_OK(check_passed_role(call, wanted.role, kService));
  wanted.id = base::uuid(call.lake().randomness);
  wanted.created = wanted.changed = call.now();
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(existing_pool(tx, call, pool.id));
    GroupRecords records(tx);
    WEIR_TRY(auto there, records.find(pool.id, wanted.name));
    if (there) return base::already_exists("A group with the name already exists.", "group");
    WEIR_TRY(auto all, records.list(pool.id, {.limit = people::kGroupsMax}));
    if (all.items.size() >= people::kGroupsMax)
      return base::fail(base::Kind::limit_exceeded, "A user pool has 10000 groups at most.", "groups");
    return records.put(wanted);
  }));
  return wanted;
}

base::Result<Group> get_group(Call& call, const std::string& pool, const std::string& group) {
  call.about("groupName", group);
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:GetGroup", pool));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return existing_group(*tx, there.id, group);
}

base::Result<people::Page<Group>> list_groups(Call& call, const std::string& pool, const people::PageWanted& wanted) {
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:ListGroups", pool));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return GroupRecords(*tx).list(there.id, wanted);
}

base::Result<Group> update_group(Call& call, const std::string& pool, const std::string& group,
                                 const GroupChange& change) {
  call.about("groupName", group);
  if (change.role) call.about("roleArn", *change.role);
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:UpdateGroup", pool));
  if (change.role) WEIR_CHECK_OK(check_passed_role(call, *change.role, kService));
  Group changed;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(changed, existing_group(tx, there.id, group));
    if (change.description) changed.description = *change.description;
    if (change.role) changed.role = *change.role;
    if (change.precedence) changed.precedence = change.precedence;
    changed.changed = call.now();
    return GroupRecords(tx).put(changed);
  }));
  return changed;
}

base::Status delete_group(Call& call, const std::string& pool, const std::string& group) {
  call.about("groupName", group);
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:DeleteGroup", pool));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto found, existing_group(tx, there.id, group));
    return GroupRecords(tx).erase(found);
  });
}

base::Status add_to_group(Call& call, const PersonName& name, const std::string& group) {
  WEIR_TRY(auto pool, asked(call, "AdminAddUserToGroup", name, group));
  return change_memberships(call, pool, name, group, true);
}

base::Status remove_from_group(Call& call, const PersonName& name, const std::string& group) {
  WEIR_TRY(auto pool, asked(call, "AdminRemoveUserFromGroup", name, group));
  return change_memberships(call, pool, name, group, false);
}

base::Result<std::vector<Group>> groups_for_person(Call& call, const PersonName& name) {
  call.about("username", name.username);
  WEIR_TRY(auto pool, authorized_pool(call, "cognito-idp:AdminListGroupsForUser", name.pool));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto person, PersonRecords(*tx).find(pool.id, pool.folded(name.username)));
  if (!person) return people::no_such_person();
  return groups_of(*tx, *person);
}

base::Result<people::Page<Person>> people_in_group(Call& call, const std::string& pool, const std::string& group,
                                                   const people::PageWanted& wanted) {
  call.about("groupName", group);
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:ListUsersInGroup", pool));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, existing_group(*tx, there.id, group));
  return PersonRecords(*tx).list(there.id, wanted, [&](const Person& person) {
    auto membership = person.groups.find(found.name);
    return membership != person.groups.end() && membership->second == found.id;
  });
}

}  // namespace weir::app

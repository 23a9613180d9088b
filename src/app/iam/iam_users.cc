#include "app/iam/iam_users.h"

#include "app/iam/iam_targets.h"
#include "app/iam/namesakes.h"
#include "identity/account_records.h"

namespace weir::app {

using identity::User;

base::Result<std::optional<std::string>> name_or_own(const Call& call, const std::optional<std::string>& name) {
  if (name) return name;
  const auto& caller = call.caller();
  if (caller.kind() == policy::PrincipalKind::user) return std::optional(caller.name);
  if (caller.kind() == policy::PrincipalKind::root) return std::optional<std::string>();
  return base::invalid("Must specify userName when calling with non-User credentials", "userName");
}

base::Result<User> create_user(Call& call, const identity::NewUser& wanted) {
  WEIR_TRY(auto account, own_account(call));
  call.about("userName", wanted.name);
  call.about("path", wanted.path);
  if (wanted.boundary) call.about("permissionsBoundary", *wanted.boundary);
  WEIR_CHECK_OK(
      authorize_new(call, {"iam:CreateUser", "iam:TagUser", names::user_arn(account, wanted.path, wanted.name),
                           wanted.tags, wanted.boundary}));
  User made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(made, identity::UserRecords(tx, account).create(wanted, call.now(), call.lake().randomness));
    return end_what_lake_formation_gave(tx, account, made.arn());
  }));
  return made;
}

namespace {

base::Result<ShownUser> get_root(Call& call) {
  WEIR_TRY(auto account, own_account(call));
  ShownUser shown{{}, names::root_arn(account)};
  WEIR_CHECK_OK(call.authorize({.action = "iam:GetUser", .resource = shown.arn}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto record, identity::AccountRecords(*tx).get(account));
  shown.user.account = account;
  shown.user.id = account.text();
  shown.user.created = record.created;
  return shown;
}

}  // namespace

base::Result<ShownUser> get_user(Call& call, const std::optional<std::string>& name) {
  WEIR_TRY(auto whom, name_or_own(call, name));
  if (!whom) return get_root(call);
  WEIR_TRY(auto user, authorize_named<User>(call, {"iam:GetUser"}, *whom));
  auto arn = user.arn();
  return ShownUser{std::move(user), std::move(arn)};
}

namespace {

// As authorize_named, about two ARNs at once.
base::Result<User> authorize_move(Call& call, const std::string& name, const identity::UserChange& change) {
  const Deed deed{"iam:UpdateUser"};
  WEIR_TRY(auto account, own_account(call));
  std::optional<User> there;
  {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    auto found = identity::UserRecords(*tx, account).get(name);
    if (found.ok()) there = std::move(*found);
  }
  if (!there) return authorize_named<User>(call, deed, name);
  User moved = *there;
  moved.name = change.new_name.value_or(moved.name);
  moved.path = change.new_path.value_or(moved.path);
  call.about("userName", name);
  WEIR_CHECK_OK(authorize_all(call, {ask_about(deed, *there), ask_about(deed, moved)}));
  return std::move(*there);
}

}  // namespace

base::Status update_user(Call& call, const std::string& name, const identity::UserChange& wanted) {
  if (wanted.new_name) call.about("newUserName", *wanted.new_name);
  if (wanted.new_path) call.about("newPath", *wanted.new_path);
  WEIR_TRY(auto user, authorize_move(call, name, wanted));
  return change(call, user, [&](store::Transaction& tx) -> base::Status {
    auto records = records_of(tx, user);
    WEIR_CHECK_OK(records.update(user.name, wanted));
    WEIR_TRY(auto moved, records.get(wanted.new_name.value_or(user.name)));
    if (moved.arn() == user.arn()) return {};
    WEIR_CHECK_OK(end_what_lake_formation_gave(tx, user.account, user.arn()));
    return end_what_lake_formation_gave(tx, user.account, moved.arn());
  });
}

base::Status delete_user(Call& call, const std::string& name) {
  WEIR_TRY(auto user, authorize_named<User>(call, {"iam:DeleteUser"}, name));
  return change(call, user, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(records_of(tx, user).erase(user.name));
    return end_what_lake_formation_gave(tx, user.account, user.arn());
  });
}

base::Result<identity::Page<User>> list_users(Call& call, const identity::PageRequest& page) {
  WEIR_TRY(auto account, own_account(call));
  call.about("pathPrefix", page.path_prefix);
  WEIR_CHECK_OK(call.authorize({.action = "iam:ListUsers"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return identity::UserRecords(*tx, account).list(page);
}

}  // namespace weir::app

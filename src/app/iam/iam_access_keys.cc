#include "app/iam/iam_access_keys.h"

#include "app/iam/iam_page.h"
#include "app/iam/iam_targets.h"
#include "app/iam/iam_users.h"
#include "identity/trust.h"

namespace weir::app {

using identity::AccessKeyRecords;

namespace {

// Whose keys: a user, or root.
struct KeyOwner {
  names::AccountId account;
  std::optional<identity::User> user;

  std::string id() const { return user ? user->id : account.text(); }
  std::string name() const { return user ? user->name : std::string(kRootName); }
};

base::Result<KeyOwner> authorize_owner(Call& call, const std::string& action, const std::optional<std::string>& name) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_TRY(auto whom, name_or_own(call, name));
  if (whom) {
    WEIR_TRY(auto user, authorize_named<identity::User>(call, {action}, *whom));
    return KeyOwner{account, std::move(user)};
  }
  WEIR_CHECK_OK(call.authorize({.action = action, .resource = names::root_arn(account)}));
  return KeyOwner{account, std::nullopt};
}

base::Status change_keys(Call& call, const KeyOwner& owner,
                         const std::function<base::Status(AccessKeyRecords&)>& body) {
  auto with_keys = [&](store::Transaction& tx) {
    AccessKeyRecords keys(tx, owner.account);
    return body(keys);
  };
  return owner.user ? change(call, *owner.user, with_keys) : store::write(call.lake().store, with_keys);
}

}  // namespace

base::Result<NewKey> create_access_key(Call& call, const std::optional<std::string>& user) {
  WEIR_TRY(auto owner, authorize_owner(call, "iam:CreateAccessKey", user));
  std::optional<identity::MadeKey> made;
  WEIR_CHECK_OK(change_keys(call, owner, [&](AccessKeyRecords& keys) -> base::Status {
    WEIR_TRY(made, keys.create(owner.id(), call.lake().keys, call.now(), call.lake().randomness));
    return {};
  }));
  return NewKey{owner.name(), std::move(*made)};
}

base::Status update_access_key(Call& call, const std::optional<std::string>& user, const std::string& key_id,
                               const std::string& status) {
  call.about("accessKeyId", key_id);
  call.about("status", status);
  WEIR_TRY(auto wanted, identity::parse_key_status(status));
  WEIR_TRY(auto owner, authorize_owner(call, "iam:UpdateAccessKey", user));
  return change_keys(call, owner, [&](AccessKeyRecords& keys) { return keys.set_status(owner.id(), key_id, wanted); });
}

base::Status delete_access_key(Call& call, const std::optional<std::string>& user, const std::string& key_id) {
  call.about("accessKeyId", key_id);
  WEIR_TRY(auto owner, authorize_owner(call, "iam:DeleteAccessKey", user));
  return change_keys(call, owner, [&](AccessKeyRecords& keys) { return keys.erase(owner.id(), key_id); });
}

base::Result<OwnedKeys> list_access_keys(Call& call, const std::optional<std::string>& user,
                                         const identity::PageRequest& page) {
  WEIR_TRY(auto owner, authorize_owner(call, "iam:ListAccessKeys", user));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto keys, AccessKeyRecords(*tx, owner.account).list(owner.id()));
  WEIR_TRY(auto told, page_of(std::move(keys), page, [](const identity::AccessKey& key) { return key.id; }));
  return OwnedKeys{owner.name(), std::move(told)};
}

namespace {

// Who has this key in the caller's account: a user by name, or root. Nothing when nobody has it.
struct KeyHolder {
  bool root = false;
  std::string name;
};
base::Result<std::optional<KeyHolder>> holder_of_key(Call& call, const names::AccountId& account,
                                                     const std::string& key_id) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto key = identity::find_access_key(*tx, key_id);
  if (!key.ok() && key.error().kind != base::Kind::not_found) return std::move(key).error();
  if (!key.ok() || key->account != account) return std::optional<KeyHolder>();
  if (key->is_root()) return std::optional(KeyHolder{true, std::string(kRootName)});
  WEIR_TRY(auto arn, identity::find_principal_arn(*tx, key->owner_id));
  if (!arn) return std::optional<KeyHolder>();
  return std::optional(KeyHolder{false, arn->substr(arn->rfind('/') + 1)});
}

// The newest event that the key signed.
base::Result<std::optional<identity::AccessKeyUse>> last_use(Call& call, const names::AccountId& account,
                                                             const std::string& key_id) {
  audit::Lookup newest;
  newest.account = account.text();
  newest.access_key_id = key_id;
  newest.from = call.now() - kUseRemembered;
  newest.limit = 1;
  WEIR_TRY(auto found, call.lake().journal.lookup(newest));
  if (found.events.empty()) return std::optional<identity::AccessKeyUse>();
  const auto& event = found.events.front();
  WEIR_TRY(auto at, base::parse_iso8601(event.text("eventTime")));
  auto source = event.text("eventSource");
  return std::optional(identity::AccessKeyUse{at, source.substr(0, source.find('.')), event.text("awsRegion")});
}

}  // namespace

base::Result<KeyUse> get_access_key_last_used(Call& call, const std::string& key_id) {
  constexpr auto kAction = "iam:GetAccessKeyLastUsed";
  call.about("accessKeyId", key_id);
  WEIR_TRY(auto account, own_account(call));
  WEIR_TRY(auto holder, holder_of_key(call, account, key_id));
  if (!holder) {
    WEIR_CHECK_OK(call.authorize({.action = kAction}));
    return base::not_found("The Access Key with id " + key_id + " cannot be found.", "access key");
  }
  if (holder->root) {
    WEIR_CHECK_OK(call.authorize({.action = kAction, .resource = names::root_arn(account)}));
  } else {
    WEIR_TRY(auto user, authorize_named<identity::User>(call, {kAction}, holder->name));
  }
  WEIR_TRY(auto last, last_use(call, account, key_id));
  return KeyUse{std::move(holder->name), std::move(last)};
}

}  // namespace weir::app

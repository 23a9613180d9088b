#include "identity/directory_entries.h"

#include "identity/access_key_records.h"
#include "identity/trust.h"

namespace weir::identity {
namespace {

using policy::NamedPolicy;
using policy::PolicyKind;
using policy::PrincipalKind;

PolicySource source_of_own(const OwnPolicies& policies) {
  PolicySource source;
  for (auto& [name, document] : policies.inline_documents)
    source.own.push_back({name, policy::load_policy(document, PolicyKind::identity)});
  source.attached = policies.attached;
  return source;
}

PrincipalPtr root_of(const Account& account) {
  auto root = std::make_shared<Principal>();
  root->caller.kind = PrincipalKind::root;
  root->caller.account = root->caller.unique_id = root->caller.user_id = account.id.text();
  root->caller.arn = names::root_arn(account.id);
  return root;
}

PrincipalPtr principal_of(const User& user) {
  auto principal = std::make_shared<Principal>();
  principal->caller.kind = PrincipalKind::user;
  principal->caller.account = user.account.text();
  principal->caller.arn = user.arn();
  principal->caller.unique_id = principal->caller.user_id = user.id;
  principal->name = user.name;
  principal->tags = user.tags;
  return principal;
}

}  // namespace

AccountEntry::AccountEntry(Account record) : account(std::move(record)), root(root_of(account)) {}

UserEntry::UserEntry(User record, std::string store_key)
    : user(std::move(record)),
      key(std::move(store_key)),
      arn(user.arn()),
      source(source_of_own(user.policies)),
      principal(principal_of(user)) {}

RoleEntry::RoleEntry(Role record, std::string store_key)
    : role(std::move(record)),
      key(std::move(store_key)),
      arn(role.arn()),
      trust{"trust policy of " + role.name, compiled_trust(role)},
      source(source_of_own(role.policies)) {}

base::Result<std::shared_ptr<const base::Secret>> KeyEntry::secret(const KeyRing& ring) const {
  if (auto opened = opened_.load()) return opened;
  WEIR_TRY(auto plain, open_secret(ring, access_key_purpose(key), key.sealed_secret));
  auto opened = std::make_shared<const base::Secret>(std::move(plain));
  opened_.store(opened);
  return opened;
}

PolicySourcePtr source_of(const Group& group) {
  return std::make_shared<const PolicySource>(source_of_own(group.policies));
}

PolicySourcePtr source_of(const ManagedPolicy& policy) {
  auto source = std::make_shared<PolicySource>();
  auto* current = policy.version(policy.default_version);
  // A record without its default version is broken; an empty text reads as a policy that denies everything.
  source->own.push_back(
      {policy.arn(), policy::load_policy(current ? current->document : std::string(), PolicyKind::identity)});
  return source;
}

}  // namespace weir::identity

#include "identity/directory.h"

#include "base/log.h"
#include "identity/aws_managed_policies.h"
#include "identity/record_keys.h"
#include "identity/saml_provider.h"
#include "store/key.h"

namespace weir::identity {
namespace {

template <base::Record T>
std::optional<T> read(std::string_view key, const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  auto record = base::decode_record<T>(*value);
  if (record.ok()) return std::move(*record);
  auto parts = store::split_key(key);
  base::log_error("identity record does not parse", {{"key", parts.ok() ? base::join(*parts, "/") : "?"},
                                                     {"why", record.error().log + record.error().says}});
  return std::nullopt;
}

const PolicySourcePtr* find_aws_source(std::string_view arn) {
  static const auto sources = [] {
    std::unordered_map<std::string, PolicySourcePtr, base::TextHash, std::equal_to<>> out;
    for (auto& policy : aws_managed_policies()) out.emplace(policy.arn(), source_of(policy));
    return out;
  }();
  auto found = sources.find(arn);
  return found == sources.end() ? nullptr : &found->second;
}

}  // namespace

void Directory::apply(std::string_view key, const std::optional<std::string>& value) {
  auto split = store::split_key(key);
  if (!split.ok() || split->size() < 3 || (*split)[0] != "iam") return;
  auto& parts = *split;
  if (parts.size() == 3 && parts[1] == "accounts") return apply_account(parts[2], value);
  if (parts.size() == 3 && parts[1] == "access-keys") return apply_access_key(parts[2], value);
  if (!names::is_account_id(parts[1])) return organizations_.apply(parts, value);
  if (parts.size() != 4) return;
  if (parts[2] == to_string(Noun::user)) return apply_user(key, value);
  if (parts[2] == to_string(Noun::role)) return apply_role(key, value);
  if (parts[2] == to_string(Noun::group)) return apply_group(key, value);
  if (parts[2] == to_string(Noun::policy)) return apply_policy(key, value);
  if (parts[2] == "saml-provider") return apply_saml_provider(key, value);
}

// A rename is a put under the new key and an erase of the old one, in either order; so what is forgotten
// is what this key had, and only while nothing newer has taken its id.
template <class Entry>
void Directory::forget(Map<std::shared_ptr<const Entry>>& entries, std::string_view key) {
  auto* id = ids_by_key_.find(key);
  if (!id) return;
  auto* entry = entries.find(*id);
  if (entry && (*entry)->key == key) {
    ids_.erase(std::string((*entry)->arn));
    entries.erase(std::string(*id));
  }
  ids_by_key_.erase(key);
}

template <class Entry>
void Directory::remember(Map<std::shared_ptr<const Entry>>& entries, const std::string& id,
                         const std::shared_ptr<const Entry>& entry) {
  if (auto* before = entries.find(id)) ids_.erase(std::string((*before)->arn));
  ids_.set(entry->arn, id);
  ids_by_key_.set(entry->key, id);
  entries.set(id, entry);
}

void Directory::apply_user(std::string_view key, const std::optional<std::string>& value) {
  forget(users_, key);
  if (auto user = read<User>(key, value)) {
    auto entry = std::make_shared<const UserEntry>(std::move(*user), std::string(key));
    remember(users_, entry->user.id, entry);
  }
}

void Directory::apply_role(std::string_view key, const std::optional<std::string>& value) {
  forget(roles_, key);
  if (auto role = read<Role>(key, value)) {
    auto entry = std::make_shared<const RoleEntry>(std::move(*role), std::string(key));
    remember(roles_, entry->role.id, entry);
  }
}

void Directory::apply_group(std::string_view key, const std::optional<std::string>& value) {
  auto group = read<Group>(key, value);
  if (group) {
    sources_.set(std::string(key), source_of(*group));
  } else {
    sources_.erase(key);
  }
}

void Directory::apply_policy(std::string_view key, const std::optional<std::string>& value) {
  if (auto* arn = policy_arns_.find(key)) {
    sources_.erase(std::string(*arn));
    policy_arns_.erase(key);
  }
  if (auto policy = read<ManagedPolicy>(key, value)) {
    sources_.set(policy->arn(), source_of(*policy));
    policy_arns_.set(std::string(key), policy->arn());
  }
}

void Directory::apply_saml_provider(std::string_view key, const std::optional<std::string>& value) {
  if (auto* arn = saml_arns_.find(key)) {
    saml_providers_.erase(std::string(*arn));
    saml_arns_.erase(key);
  }
  if (auto provider = read<SamlProvider>(key, value)) {
    saml_providers_.set(provider->arn(), {provider->uuid, provider->created});
    saml_arns_.set(std::string(key), provider->arn());
  }
}

void Directory::apply_account(const std::string& id, const std::optional<std::string>& value) {
  auto account = read<Account>(id, value);
  if (account && !account->closed) {
    accounts_.set(id, std::make_shared<const AccountEntry>(std::move(*account)));
  } else {
    accounts_.erase(id);
  }
}

void Directory::apply_access_key(const std::string& id, const std::optional<std::string>& value) {
  if (auto key = read<AccessKey>(id, value)) {
    access_keys_.set(id, std::make_shared<const KeyEntry>(std::move(*key)));
  } else {
    access_keys_.erase(id);
  }
}

const UserEntryPtr* Directory::find_user_by_arn(std::string_view arn) const {
  auto* id = ids_.find(arn);
  return id ? users_.find(*id) : nullptr;
}

const RoleEntryPtr* Directory::find_role_by_arn(std::string_view arn) const {
  auto* id = ids_.find(arn);
  return id ? roles_.find(*id) : nullptr;
}

bool Directory::has_managed_policy(std::string_view arn) const {
  return arn.starts_with("arn:") && find_source(arn) != nullptr;
}

PolicySourcePtr Directory::find_source(std::string_view name) const {
  if (auto* aws = find_aws_source(name)) return *aws;
  auto* found = sources_.find(name);
  return found ? *found : nullptr;
}

bool Directory::is_current(const PolicySet& set) const {
  for (auto& [name, source] : set.gathered_from) {
    auto* now = sources_.find(name);
    if ((now ? now->get() : nullptr) != source.get()) return false;
  }
  return true;
}

void Directory::add_managed(PolicySet& set, const std::string& arn) const {
  if (auto* aws = find_aws_source(arn)) return add_source(set, **aws);
  auto source = find_source(arn);
  set.gathered_from.emplace_back(arn, source);
  // Attached and not there: a null policy denies.
  source ? add_source(set, *source) : void(set.policies.push_back({arn, nullptr}));
}

void Directory::add_source(PolicySet& set, const PolicySource& source) const {
  set.policies.insert(set.policies.end(), source.own.begin(), source.own.end());
  for (auto& arn : source.attached) add_managed(set, arn);
}

PolicySetPtr Directory::gather(const PolicySource& source, const User* user,
                               const std::optional<std::string>& boundary) const {
  auto set = std::make_shared<PolicySet>();
  if (boundary) {
    add_managed(*set, *boundary);
    set->boundary = std::move(set->policies.back());
    set->policies.clear();
  }
  add_source(*set, source);
  if (!user) return set;
  for (auto& name : user->groups) {
    auto key = keys::one(user->account, Noun::group, name);
    auto group = find_source(key);
    set->gathered_from.emplace_back(key, group);
    group ? add_source(*set, *group) : void(set->policies.push_back({"group " + name, nullptr}));
  }
  return set;
}

PolicySetPtr Directory::set_of(const PolicySetSlot& slot, const PolicySource& source, const User* user,
                               const std::optional<std::string>& boundary) const {
  auto kept = slot.get();
  if (kept && is_current(*kept)) return kept;
  auto fresh = gather(source, user, boundary);
  slot.keep(fresh);
  return fresh;
}

// Root needs no policies; a federated user whom root made is limited by its session's alone.
PolicySetPtr Directory::policies_of_root() const {
  static const auto everything = [this] {
    auto set = std::make_shared<PolicySet>();
    add_managed(*set, "arn:aws:iam::aws:policy/AdministratorAccess");
    return std::shared_ptr<const PolicySet>(std::move(set));
  }();
  return everything;
}

PolicySetPtr Directory::policies_of(const Principal& principal) const {
  static const auto none = std::make_shared<const PolicySet>();
  bool federated = principal.kind() == policy::PrincipalKind::federated_user;
  if (federated && principal.caller.unique_id == principal.account()) return policies_of_root();
  if (federated || principal.kind() == policy::PrincipalKind::user) {
    auto* user = find_user(principal.caller.unique_id);
    return user ? set_of((*user)->slot, (*user)->source, &(*user)->user, (*user)->user.boundary) : nullptr;
  }
  if (principal.is_role_session()) {
    auto* role = find_role(principal.caller.unique_id);
    return role ? set_of((*role)->slot, (*role)->source, nullptr, (*role)->role.boundary) : nullptr;
  }
  return none;
}

PolicySetPtr Directory::policies_of_group(const names::AccountId& account, std::string_view name) const {
  auto group = find_source(keys::one(account, Noun::group, name));
  return group ? gather(*group, nullptr, std::nullopt) : nullptr;
}

PolicySetPtr Directory::session_policies_of(const Principal& principal) const {
  if (!principal.session || !principal.session->is_limited()) return nullptr;
  auto& live = *principal.session;
  if (auto kept = live.slot.get(); kept && is_current(*kept)) return kept;  // before the source is copied together
  return set_of(live.slot, PolicySource{live.own, live.session.policy_arns}, nullptr, std::nullopt);
}

}  // namespace weir::identity

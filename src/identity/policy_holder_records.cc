#include "identity/policy_holder_records.h"

#include <algorithm>

#include "base/text.h"
#include "identity/documents.h"
#include "identity/naming.h"
#include "identity/policy_records.h"
#include "policy/document.h"

namespace weir::identity {
namespace {

base::Error no_such_policy(std::string_view name) { return no_such(Noun::policy, name); }

template <class T>
bool may_change(const T&) {
  return true;
}
bool may_change(const Role& role) { return !role.is_service_linked(); }

// ARN of the boundary; groups have none.
std::optional<std::string> boundary_of(const Group&) { return std::nullopt; }
template <class T>
std::optional<std::string> boundary_of(const T& record) {
  return record.boundary;
}

size_t inline_size(const OwnPolicies& policies) {
  size_t size = 0;
  for (auto& [name, document] : policies.inline_documents) size += policy::count_without_white_space(document);
  return size;
}

// Policy names are unique without regard to case, too.
auto find_inline(OwnPolicies& policies, std::string_view name) {
  return std::find_if(policies.inline_documents.begin(), policies.inline_documents.end(),
                      [&](auto& entry) { return base::equal_ignoring_case(entry.first, name); });
}

}  // namespace

template <class T>
base::Result<T> PolicyHolderRecords<T>::get(std::string_view name) {
  WEIR_TRY(auto found, load<T>(tx_, keys::one(account_, kNoun, name)));
  if (!found) return no_such(kNoun, name);
  return std::move(*found);
}

template <class T>
base::Result<T> PolicyHolderRecords<T>::get_to_change(std::string_view name) {
  WEIR_TRY(auto record, get(name));
  if (!may_change(record))
    return base::fail(base::Kind::unsupported,
                      "Cannot perform the operation on the protected role '" + record.name +
                          "' - this role is only modifiable by AWS",
                      "role");
  return record;
}

template <class T>
base::Result<Page<T>> PolicyHolderRecords<T>::list(const PageRequest& request) {
  return list_records<T>(tx_, keys::all(account_, kNoun), request,
                         [&](const T& record) { return record.path.starts_with(request.path_prefix); });
}

template <class T>
base::Status PolicyHolderRecords<T>::save_record(const T& record) {
  return save(tx_, keys::one(account_, kNoun, record.name), record);
}

template <class T>
base::Status PolicyHolderRecords<T>::put_policy(std::string_view name, std::string_view policy_name,
                                                std::string_view document) {
  WEIR_CHECK_OK(check_policy_name(policy_name));
  WEIR_CHECK_OK(check_permission_document(document));
  WEIR_TRY(auto record, get_to_change(name));
  auto& policies = record.policies;
  if (auto there = find_inline(policies, policy_name); there != policies.inline_documents.end())
    policies.inline_documents.erase(there);
  policies.inline_documents.emplace(policy_name, document);
  WEIR_CHECK_OK(check_policy_size(inline_size(policies), HolderFacts<T>::kInlineMax, to_string(kNoun)));
  return save_record(record);
}

template <class T>
base::Result<std::string> PolicyHolderRecords<T>::get_policy(std::string_view name, std::string_view policy_name) {
  WEIR_TRY(auto record, get(name));
  auto there = find_inline(record.policies, policy_name);
  if (there == record.policies.inline_documents.end()) return no_such_policy(policy_name);
  return there->second;
}

template <class T>
base::Status PolicyHolderRecords<T>::erase_policy(std::string_view name, std::string_view policy_name) {
  WEIR_TRY(auto record, get_to_change(name));
  auto there = find_inline(record.policies, policy_name);
  if (there == record.policies.inline_documents.end()) return no_such_policy(policy_name);
  record.policies.inline_documents.erase(there);
  return save_record(record);
}

template <class T>
base::Status PolicyHolderRecords<T>::attach(std::string_view name, std::string_view policy_arn) {
  WEIR_TRY(auto record, get_to_change(name));
  WEIR_TRY(auto policy, PolicyRecords(tx_, account_).get(policy_arn));
  if (policy.path.starts_with(kServiceRolePath))
    return base::fail(base::Kind::unsupported, "Cannot attach a Service Role Policy to a Customer Role.", "policy");
  auto& attached = record.policies.attached;
  if (std::find(attached.begin(), attached.end(), policy_arn) != attached.end()) return {};
  if (attached.size() >= kAttachedPoliciesMax)
    return base::fail(base::Kind::limit_exceeded,
                      "Cannot exceed quota for PoliciesPer" + std::string(to_string(kNoun)) + ": " +
                          std::to_string(kAttachedPoliciesMax),
                      std::string(to_string(kNoun)));
  attached.emplace_back(policy_arn);
  WEIR_CHECK_OK(tx_.put(keys::use(account_, keys::Use::attachment, policy_arn, kNoun, record.name), record.name));
  return save_record(record);
}

template <class T>
base::Status PolicyHolderRecords<T>::detach(std::string_view name, std::string_view policy_arn) {
  WEIR_TRY(auto record, get_to_change(name));
  if (std::erase(record.policies.attached, policy_arn) == 0)
    return base::not_found("Policy " + std::string(policy_arn) + " was not found.", "policy");
  WEIR_CHECK_OK(tx_.erase(keys::use(account_, keys::Use::attachment, policy_arn, kNoun, record.name)));
  return save_record(record);
}

template <class T>
base::Status PolicyHolderRecords<T>::check_free(std::string_view name) {
  WEIR_TRY(bool taken, exists(tx_, keys::one(account_, kNoun, name)));
  if (taken) return already_there(kNoun, name);
  return {};
}

template <class T>
base::Status PolicyHolderRecords<T>::insert(const T& record) {
  WEIR_CHECK_OK(check_free(record.name));
  WEIR_CHECK_OK(save(tx_, keys::unique_id(record.id), NamedId{account_, std::string(to_string(kNoun)), record.name}));
  WEIR_CHECK_OK(index_uses(record));
  return save_record(record);
}

template <class T>
base::Status PolicyHolderRecords<T>::remove(const T& record) {
  WEIR_CHECK_OK(unindex_uses(record));
  WEIR_CHECK_OK(tx_.erase(keys::unique_id(record.id)));
  return tx_.erase(keys::one(account_, kNoun, record.name));
}

template <class T>
base::Status PolicyHolderRecords<T>::move(const T& from, const T& to) {
  if (!base::equal_ignoring_case(from.name, to.name)) WEIR_CHECK_OK(check_free(to.name));
  WEIR_CHECK_OK(remove(from));
  return insert(to);
}

template <class T>
base::Status PolicyHolderRecords<T>::index_uses(const T& record) {
  for (auto& arn : record.policies.attached)
    WEIR_CHECK_OK(tx_.put(keys::use(account_, keys::Use::attachment, arn, kNoun, record.name), record.name));
  if (auto boundary = boundary_of(record))
    WEIR_CHECK_OK(tx_.put(keys::use(account_, keys::Use::boundary, *boundary, kNoun, record.name), record.name));
  return {};
}

template <class T>
base::Status PolicyHolderRecords<T>::unindex_uses(const T& record) {
  for (auto& arn : record.policies.attached)
    WEIR_CHECK_OK(tx_.erase(keys::use(account_, keys::Use::attachment, arn, kNoun, record.name)));
  if (auto boundary = boundary_of(record))
    WEIR_CHECK_OK(tx_.erase(keys::use(account_, keys::Use::boundary, *boundary, kNoun, record.name)));
  return {};
}

template <class T>
base::Status PolicyHolderRecords<T>::set_boundary_of(T& record, std::optional<std::string> policy_arn) {
  if constexpr (!std::is_same_v<T, Group>) {
    WEIR_CHECK_OK(unindex_uses(record));
    if (policy_arn) {
      auto policy = PolicyRecords(tx_, account_).get(*policy_arn);
      if (!policy.ok()) return std::move(policy).error();
    }
    record.boundary = std::move(policy_arn);
    return index_uses(record);
  } else {
    return base::invalid("Groups have no permissions boundary.", "group");
  }
}

template class PolicyHolderRecords<User>;
template class PolicyHolderRecords<Group>;
template class PolicyHolderRecords<Role>;

}  // namespace weir::identity

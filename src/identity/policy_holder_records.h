// What users, groups and roles have in common: they are found by name without regard to case, listed by
// path, and hold policies, written into them or attached.
//
// Threads: as the transaction. A call either did all it says or returned an Error; after an Error the
// transaction is not to be committed.
#pragma once
#include <string>
#include <string_view>

#include "identity/group.h"
#include "identity/records.h"
#include "identity/role.h"
#include "identity/user.h"

namespace weir::identity {

inline constexpr size_t kAttachedPoliciesMax = 20;

template <class T>
struct HolderFacts;
template <>
struct HolderFacts<User> {
  static constexpr Noun kNoun = Noun::user;
  static constexpr size_t kInlineMax = 2048;
};
template <>
struct HolderFacts<Group> {
  static constexpr Noun kNoun = Noun::group;
  static constexpr size_t kInlineMax = 5120;
};
template <>
struct HolderFacts<Role> {
  static constexpr Noun kNoun = Noun::role;
  static constexpr size_t kInlineMax = 10240;
};

template <class T>
class PolicyHolderRecords {
 public:
  static constexpr Noun kNoun = HolderFacts<T>::kNoun;

  PolicyHolderRecords(store::Transaction& tx, names::AccountId account) : tx_(tx), account_(std::move(account)) {}

  base::Result<T> get(std::string_view name);
  base::Result<Page<T>> list(const PageRequest& request);

  base::Status put_policy(std::string_view name, std::string_view policy_name, std::string_view document);
  base::Result<std::string> get_policy(std::string_view name, std::string_view policy_name);
  base::Status erase_policy(std::string_view name, std::string_view policy_name);
  // Attaching what is attached already, as on AWS, changes nothing.
  base::Status attach(std::string_view name, std::string_view policy_arn);
  base::Status detach(std::string_view name, std::string_view policy_arn);

 protected:
  // The record, when it may be changed: not that of a service-linked role.
  base::Result<T> get_to_change(std::string_view name);
  base::Status save_record(const T& record);
  base::Status check_free(std::string_view name);
  // A new record with its unique id.
  base::Status insert(const T& record);
  base::Status remove(const T& record);
  // The record under another name and path, with its indexes.
  base::Status move(const T& from, const T& to);
  base::Status set_boundary_of(T& record, std::optional<std::string> policy_arn);

  store::Transaction& tx_;
  names::AccountId account_;

 private:
  base::Status index_uses(const T& record);
  base::Status unindex_uses(const T& record);
};

extern template class PolicyHolderRecords<User>;
extern template class PolicyHolderRecords<Group>;
extern template class PolicyHolderRecords<Role>;

}  // namespace weir::identity

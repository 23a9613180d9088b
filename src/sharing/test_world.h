// Accounts and organizations for the tests of sharing: memberships that a test sets by hand.
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>

#include "sharing/share_keys.h"
#include "sharing/share_records.h"
#include "sharing/shares.h"
#include "store/memory_store.h"

namespace weir::sharing::test {

inline constexpr std::string_view kOrganization = "arn:aws:organizations::111111111111:organization/o-one",
                                  kUnit = "arn:aws:organizations::111111111111:ou/o-one/ou-lake";

inline names::AccountId account(std::string_view text) { return names::AccountId::parse(text).value(); }
inline Receiver receiver(std::string_view text) { return Receiver::parse(text).value(); }

// One organization with one unit in it.
struct World final : Memberships {
  std::set<std::string, std::less<>> members, unit;
  bool sharing = true;

  bool are_together(std::string_view one, std::string_view other) const override {
    return members.contains(one) && members.contains(other);
  }
  bool sharing_enabled(std::string_view one) const override { return sharing && members.contains(one); }
  bool contains(std::string_view arn, std::string_view one) const override {
    return arn == kOrganization ? members.contains(one) : arn == kUnit && members.contains(one) && unit.contains(one);
  }
  bool is_own_organization(std::string_view arn, std::string_view one) const override {
    return members.contains(one) && (arn == kOrganization || arn == kUnit);
  }
};

// Folds every change of a store under "ram".
inline void follow(store::Store& store, Shares& shares) {
  store.watch(keys::everything(), [&shares](std::span<const store::Change> changes) {
    for (const auto& change : changes) shares.apply(store::split_key(change.key).value(), change.value);
  });
}

inline Shares load(store::Store& store) {
  Shares out;
  auto tx = store.begin(store::Mode::read).value();
  auto entries = tx->scan(store::prefix_range(keys::everything()), SIZE_MAX).value();
  for (const auto& entry : entries) out.apply(store::split_key(entry.key).value(), entry.value);
  return out;
}

}  // namespace weir::sharing::test

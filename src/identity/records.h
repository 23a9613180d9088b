// How identity's records are read and written inside a transaction, and what the operations on them
// answer when they cannot. One file per noun builds on this: user_records.h, group_records.h,
// role_records.h, policy_records.h, access_key_records.h, account_records.h.
//
// Kinds of refusal, for the one switch that turns them into IAM's codes (`about` names the noun):
//   not_found         NoSuchEntity             already_exists  EntityAlreadyExists
//   conflict          DeleteConflict           limit_exceeded  LimitExceeded
//   invalid           ValidationError          malformed_policy MalformedPolicyDocument
//   unsupported       UnmodifiableEntity (about a role) or PolicyNotAttachable (about a policy)
//   concurrent        ConcurrentModification   denied          AccessDenied (policies of the account "aws")
//
// Threads: as the transaction, one at a time.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "identity/record_keys.h"
#include "store/record_access.h"

namespace weir::identity {

using store::load;
using store::save;

base::Result<bool> exists(store::Transaction& tx, std::string_view key);
base::Result<bool> any_under(store::Transaction& tx, std::string_view prefix);

// "The user with name x cannot be found." and its sibling.
base::Error no_such(Noun noun, std::string_view name);
base::Error already_there(Noun noun, std::string_view name);

// What a list was asked for. `marker` is what the page before came with.
struct PageRequest {
  std::string path_prefix = "/";
  std::string marker;
  size_t items_max = 100;
};

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> marker;  // set when there is more
};

// Walks the entries under `prefix` from the marker on, in key order, until `take` has accepted
// `items_max` of them; returns the marker of the next page.
using Take = std::function<base::Result<bool>(const store::Entry&)>;
base::Result<std::optional<std::string>> walk_page(store::Transaction& tx, std::string_view prefix,
                                                   const PageRequest& request, const Take& take);

template <base::Record T>
base::Result<Page<T>> list_records(store::Transaction& tx, std::string_view prefix, const PageRequest& request,
                                   const std::function<bool(const T&)>& wanted) {
  Page<T> page;
  auto take = [&](const store::Entry& entry) -> base::Result<bool> {
    WEIR_TRY(auto item, base::decode_record<T>(entry.value));
    bool keep = wanted(item);
    if (keep) page.items.push_back(std::move(item));
    return keep;
  };
  WEIR_TRY(page.marker, walk_page(tx, prefix, request, take));
  return page;
}

// The values of a (small) index.
base::Result<std::vector<store::Entry>> all_under(store::Transaction& tx, std::string_view prefix);

}  // namespace weir::identity

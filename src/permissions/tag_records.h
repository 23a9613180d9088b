// The records of LF-Tags, saved expressions and opt-ins in the store, and the only place that knows their keys:
//
//   lf  ACCOUNT  tag             KEY                              an LfTag
//   lf  ACCOUNT  tag_at          DATABASE TABLE COLUMN KEY        a TagAssignment; TABLE and COLUMN may be empty
//   lf  ACCOUNT  tag_use         KEY VALUE DATABASE TABLE COLUMN  index, value empty
//   lf  ACCOUNT  tag_expression  NAME                             a SavedExpression
//   lf  ACCOUNT  opt_in          PRINCIPAL RESOURCE CONDITION     an OptIn
//   lf  ACCOUNT  opt_in_on       RESOURCE PRINCIPAL CONDITION     index, value empty
//
// Every function that writes bumps the account's revision in the same transaction.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "permissions/lf_tag.h"
#include "permissions/opt_in.h"
#include "permissions/records.h"

namespace weir::permissions {

std::string tag_record_key(std::string_view account, std::string_view key);
std::string tag_at_key(std::string_view account, const TagPlace& place, std::string_view key);
std::string tag_use_key(std::string_view account, std::string_view key, std::string_view value, const TagPlace& place);
std::string tag_expression_key(std::string_view account, std::string_view name);
std::string opt_in_key(std::string_view account, const OptIn& opt_in);

// --- tags
base::Result<std::optional<LfTag>> get_tag(store::Transaction& tx, std::string_view account, std::string_view key);
// Grants on values that the tag no longer has go with them.
base::Status put_tag(store::Transaction& tx, std::string_view account, const LfTag& tag);
// The tag with everything that rests on it: assignments, grants on it and on policies that name it, saved
// expressions that name it with the grants on those. What named the key grants nothing from then on, not even
// when a key of that name is made again.
base::Status erase_tag(store::Transaction& tx, std::string_view account, std::string_view key);
base::Result<Page<LfTag>> list_tags(store::Transaction& tx, std::string_view account, std::string_view token,
                                    size_t limit);

// --- assignments
// Directly on the place, by key.
base::Result<std::vector<TagAssignment>> assigned_at(store::Transaction& tx, const TagPlace& place);
base::Status put_assignment(store::Transaction& tx, const TagPlace& place, const TagAssignment& assignment);
base::Status erase_assignment(store::Transaction& tx, const TagPlace& place, std::string_view key);
// Whether anything carries this value of the key.
base::Result<bool> value_is_assigned(store::Transaction& tx, std::string_view account, std::string_view key,
                                     std::string_view value);
// Columns that a table no longer has lose their tags, lest a namesake inherit them.
base::Status forget_columns(store::Transaction& tx, const Resource& table, const std::vector<std::string>& gone);

// --- saved expressions
base::Result<std::optional<SavedExpression>> get_expression(store::Transaction& tx, std::string_view account,
                                                            std::string_view name);
base::Status put_expression(store::Transaction& tx, std::string_view account, const SavedExpression& expression);
base::Status erase_expression(store::Transaction& tx, std::string_view account,
                              std::string_view name);  // and its grants
base::Result<Page<SavedExpression>> list_expressions(store::Transaction& tx, std::string_view account,
                                                     std::string_view token, size_t limit);

// --- opt-ins
base::Result<std::optional<OptIn>> get_opt_in(store::Transaction& tx, std::string_view principal,
                                              const Resource& resource, std::string_view condition);
base::Status put_opt_in(store::Transaction& tx, const OptIn& opt_in);
base::Status erase_opt_in(store::Transaction& tx, const OptIn& opt_in);
struct OptInScope {
  std::optional<std::string> principal;
  std::optional<Resource> resource;
};
base::Result<Page<OptIn>> list_opt_ins(store::Transaction& tx, std::string_view account, const OptInScope& scope,
                                       std::string_view token, size_t limit);

}  // namespace weir::permissions

#include "permissions/tag_records.h"

#include <algorithm>

#include "base/text.h"
#include "permissions/record_lists.h"

namespace weir::permissions {
namespace {

using base::Result;
using base::Status;
using store::Transaction;

template <class T>
Status put_record(Transaction& tx, std::string_view account, const std::string& key, const T& record) {
  WEIR_CHECK_OK(tx.put(key, base::encode_record(record)));
  return bump_revision(tx, account);
}

std::string assignments_prefix(const TagPlace& place) {
  return store::key(kNoun, place.catalog, "tag_at", place.database, place.table, place.column);
}

Status erase_values(Transaction& tx, std::string_view account, const LfTag& before, const LfTag& after) {
  for (const auto& value : before.values) {
    if (std::find(after.values.begin(), after.values.end(), value) != after.values.end()) continue;
    WEIR_TRY(auto gone, Resource::of_tag(account, before.key, value));
    WEIR_CHECK_OK(erase_grants_on(tx, gone));
  }
  return {};
}

// tag_use entries say where the key is: KEY VALUE DATABASE TABLE COLUMN.
Status erase_assignments_of(Transaction& tx, std::string_view account, std::string_view key) {
  WEIR_TRY(auto uses, scan_all(tx, store::key(kNoun, account, "tag_use", key)));
  for (const auto& use : uses) {
    WEIR_TRY(auto parts, store::split_key(use.key));
    if (parts.size() != 8) return base::internal("record: malformed tag index");
    WEIR_CHECK_OK(tx.erase(tag_at_key(account, {std::string(account), parts[5], parts[6], parts[7]}, key)));
    WEIR_CHECK_OK(tx.erase(use.key));
  }
  return {};
}

// Grants on policies whose own expression names the key, among the records of one account.
Status erase_policies_naming(Transaction& tx, std::string_view account, std::string_view home, std::string_view key) {
  auto policies = std::string(name_of(ResourceKind::lf_tag_policy)) + "/" + std::string(account) + "/";
  WEIR_TRY(auto index, scan_all(tx, noun_prefix(home, "grant_on") + policies));
  std::erase_if(index, [&](const auto& entry) {
    auto parts = store::split_key(entry.key);
    auto resource = Resource::parse_key(parts.ok() && parts->size() >= 6 ? (*parts)[3] : "");
    return resource.ok() && !resource->expression.names(key);  // what cannot be read goes, too
  });
  return erase_behind(tx, home, "grant", index);
}

Status erase_policies_naming(Transaction& tx, std::string_view account, std::string_view key) {
  WEIR_TRY(auto homes, homes_of_grants(tx, account));
  for (const auto& home : homes) WEIR_CHECK_OK(erase_policies_naming(tx, account, home, key));
  return {};
}

// The record, the grants on it, and the policies that go by its name.
Status erase_expression_records(Transaction& tx, std::string_view account, std::string_view name) {
  WEIR_TRY(auto itself, Resource::of_expression(account, name));
  WEIR_CHECK_OK(erase_grants_on(tx, itself));
  for (auto on : {PolicyTarget::databases, PolicyTarget::tables}) {
    WEIR_TRY(auto policy, Resource::of_named_policy(account, on, name));
    WEIR_CHECK_OK(erase_grants_on(tx, policy));
  }
  return tx.erase(tag_expression_key(account, name));
}

Status erase_expressions_naming(Transaction& tx, std::string_view account, std::string_view key) {
  WEIR_TRY(auto entries, scan_all(tx, noun_prefix(account, "tag_expression")));
  for (const auto& entry : entries) {
    WEIR_TRY(auto saved, base::decode_record<SavedExpression>(entry.value));
    if (saved.expression.names(key)) WEIR_CHECK_OK(erase_expression_records(tx, account, saved.name));
  }
  return {};
}

}  // namespace

std::string tag_record_key(std::string_view account, std::string_view key) {
  return store::key(kNoun, account, "tag", key);
}
std::string tag_at_key(std::string_view account, const TagPlace& place, std::string_view key) {
  return store::key(kNoun, account, "tag_at", place.database, place.table, place.column, key);
}
std::string tag_use_key(std::string_view account, std::string_view key, std::string_view value, const TagPlace& place) {
  return store::key(kNoun, account, "tag_use", key, value, place.database, place.table, place.column);
}
std::string tag_expression_key(std::string_view account, std::string_view name) {
  return store::key(kNoun, account, "tag_expression", name);
}
std::string opt_in_key(std::string_view account, const OptIn& opt_in) {
  return store::key(kNoun, account, "opt_in", opt_in.principal, opt_in.resource.key(), opt_in.condition);
}

// --- tags

Result<std::optional<LfTag>> get_tag(Transaction& tx, std::string_view account, std::string_view key) {
  return store::load<LfTag>(tx, tag_record_key(account, key));
}

Status put_tag(Transaction& tx, std::string_view account, const LfTag& tag) {
  WEIR_TRY(auto before, get_tag(tx, account, tag.key));
  if (before) WEIR_CHECK_OK(erase_values(tx, account, *before, tag));
  return put_record(tx, account, tag_record_key(account, tag.key), tag);
}

Status erase_tag(Transaction& tx, std::string_view account, std::string_view key) {
  WEIR_CHECK_OK(erase_assignments_of(tx, account, key));
  WEIR_TRY(auto values, Resource::of_tag(account, key, ""));
  auto grants = noun_prefix(account, "grant_on") + values.key();  // whatever the value: it comes last
  WEIR_CHECK_OK(erase_indexed(tx, account, "grant", grants));
  WEIR_CHECK_OK(erase_policies_naming(tx, account, key));
  WEIR_CHECK_OK(erase_expressions_naming(tx, account, key));
  WEIR_CHECK_OK(tx.erase(tag_record_key(account, key)));
  return bump_revision(tx, account);
}

Result<Page<LfTag>> list_tags(Transaction& tx, std::string_view account, std::string_view token, size_t limit) {
  return list_records<LfTag>(tx, {noun_prefix(account, "tag")}, token, limit);
}

// --- assignments

Result<std::vector<TagAssignment>> assigned_at(Transaction& tx, const TagPlace& place) {
  WEIR_TRY(auto entries, scan_all(tx, assignments_prefix(place)));
  std::vector<TagAssignment> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto one, base::decode_record<TagAssignment>(entry.value));
    out.push_back(std::move(one));
  }
  return out;
}

Status put_assignment(Transaction& tx, const TagPlace& place, const TagAssignment& assignment) {
  WEIR_TRY(auto before, store::load<TagAssignment>(tx, tag_at_key(place.catalog, place, assignment.key)));
  if (before) WEIR_CHECK_OK(tx.erase(tag_use_key(place.catalog, before->key, before->value, place)));
  WEIR_CHECK_OK(tx.put(tag_use_key(place.catalog, assignment.key, assignment.value, place), ""));
  return put_record(tx, place.catalog, tag_at_key(place.catalog, place, assignment.key), assignment);
}

Status erase_assignment(Transaction& tx, const TagPlace& place, std::string_view key) {
  auto at = tag_at_key(place.catalog, place, key);
  WEIR_TRY(auto before, store::load<TagAssignment>(tx, at));
  if (before) WEIR_CHECK_OK(tx.erase(tag_use_key(place.catalog, key, before->value, place)));
  WEIR_CHECK_OK(tx.erase(at));
  return bump_revision(tx, place.catalog);
}

Result<bool> value_is_assigned(Transaction& tx, std::string_view account, std::string_view key,
                               std::string_view value) {
  auto uses = store::prefix_range(store::key(kNoun, account, "tag_use", key, value));
  WEIR_TRY(auto first, tx.scan(uses, 1));
  return !first.empty();
}

Status forget_columns(Transaction& tx, const Resource& table, const std::vector<std::string>& gone) {
  for (const auto& column : gone) {
    TagPlace place{table.catalog, table.database, table.table, base::to_lower(column)};
    if (column.empty()) return base::internal("a column without a name is not forgotten: it would be the table");
    WEIR_TRY(auto assigned, assigned_at(tx, place));
    for (const auto& one : assigned) WEIR_CHECK_OK(erase_assignment(tx, place, one.key));
  }
  return bump_revision(tx, table.catalog);
}

// --- saved expressions

Result<std::optional<SavedExpression>> get_expression(Transaction& tx, std::string_view account,
                                                      std::string_view name) {
  return store::load<SavedExpression>(tx, tag_expression_key(account, name));
}

Status put_expression(Transaction& tx, std::string_view account, const SavedExpression& expression) {
  return put_record(tx, account, tag_expression_key(account, expression.name), expression);
}

Status erase_expression(Transaction& tx, std::string_view account, std::string_view name) {
  WEIR_CHECK_OK(erase_expression_records(tx, account, name));
  return bump_revision(tx, account);
}

Result<Page<SavedExpression>> list_expressions(Transaction& tx, std::string_view account, std::string_view token,
                                               size_t limit) {
  return list_records<SavedExpression>(tx, {noun_prefix(account, "tag_expression")}, token, limit);
}

// --- opt-ins

Result<std::optional<OptIn>> get_opt_in(Transaction& tx, std::string_view principal, const Resource& resource,
                                        std::string_view condition) {
  OptIn asked{std::string(principal), resource, std::string(condition), {}, {}};
  return store::load<OptIn>(tx, opt_in_key(resource.catalog, asked));
}

Status put_opt_in(Transaction& tx, const OptIn& opt_in) {
  const auto& account = opt_in.resource.catalog;
  WEIR_CHECK_OK(tx.put(index_key(account, "opt_in", opt_in.resource.key(), opt_in.principal, opt_in.condition), ""));
  return put_record(tx, account, opt_in_key(account, opt_in), opt_in);
}

Status erase_opt_in(Transaction& tx, const OptIn& opt_in) {
  const auto& account = opt_in.resource.catalog;
  WEIR_CHECK_OK(tx.erase(index_key(account, "opt_in", opt_in.resource.key(), opt_in.principal, opt_in.condition)));
  WEIR_CHECK_OK(tx.erase(opt_in_key(account, opt_in)));
  return bump_revision(tx, account);
}

Result<Page<OptIn>> list_opt_ins(Transaction& tx, std::string_view account, const OptInScope& scope,
                                 std::string_view token, size_t limit) {
  if (scope.resource && !scope.principal)
    return list_by_index<OptIn>(tx, account, "opt_in", {index_prefix(account, "opt_in", *scope.resource)}, token,
                                limit);
  auto prefix = noun_prefix(account, "opt_in");
  if (scope.principal) prefix = store::key(kNoun, account, "opt_in", *scope.principal);
  if (scope.principal && scope.resource)
    prefix = store::key(kNoun, account, "opt_in", *scope.principal, scope.resource->key());
  return list_records<OptIn>(tx, {prefix}, token, limit);
}

}  // namespace weir::permissions

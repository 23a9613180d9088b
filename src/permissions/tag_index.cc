#include "permissions/tag_index.h"

#include <algorithm>

#include "base/text.h"

namespace weir::permissions {
namespace {

uint64_t packed(TagPair pair) { return (uint64_t{pair.key} << 32) | pair.value; }

auto place_of_key(const TagPairs& tags, uint32_t key) {
  return std::lower_bound(tags.begin(), tags.end(), key, [](const TagPair& tag, uint32_t k) { return tag.key < k; });
}

// The value the key had, or 0. A new value of 0 takes it away.
uint32_t exchange(TagPairs& tags, TagPair pair) {
  auto at = tags.begin() + (place_of_key(tags, pair.key) - tags.begin());
  bool there = at != tags.end() && at->key == pair.key;
  auto before = there ? at->value : 0;
  if (pair.value == 0) {
    if (there) tags.erase(at);
  } else if (there) {
    at->value = pair.value;
  } else {
    tags.insert(at, pair);
  }
  return before;
}

template <class Columns>
auto place_of_column(Columns& columns, std::string_view name) {
  return std::lower_bound(columns.begin(), columns.end(), name,
                          [](const ColumnTagsPtr& one, std::string_view n) { return one->column.compare(n) < 0; });
}

// Visits each term as (key, values) until `visit` says true.
template <class Visit>
bool any_term(std::span<const uint32_t> code, Visit&& visit) {
  for (size_t i = 0; i < code.size(); i += 2 + code[i + 1])
    if (visit(code[i], code.subspan(i + 2, code[i + 1]))) return true;
  return false;
}

// Own tags over inherited ones, key by key.
void overlay(TagPairs& tags, std::span<const TagPair> own) {
  for (auto pair : own) {
    auto at = tags.begin() + (place_of_key(tags, pair.key) - tags.begin());
    if (at != tags.end() && at->key == pair.key) {
      *at = pair;
    } else {
      tags.insert(at, pair);
    }
  }
}

// Whether each term has its key among the tags with one of its values, and `visit` says yes to each such pair.
template <class Visit>
bool all_terms(std::span<const uint32_t> code, const TagPairs& tags, Visit&& visit) {
  auto tag = tags.begin();
  return !code.empty() && !any_term(code, [&](uint32_t key, std::span<const uint32_t> values) {
    while (tag != tags.end() && tag->key < key) ++tag;
    if (tag == tags.end() || tag->key != key) return true;
    return !std::binary_search(values.begin(), values.end(), tag->value) || !visit(*tag);
  });
}

std::string policy_text(const Resource& policy) {
  return policy.expression_name.empty() ? policy.expression.text() : "of expression " + policy.expression_name;
}

}  // namespace

// --- words

uint32_t TagIndex::hold_word(std::string_view text) {
  auto number = words_.hold(text);
  if (!spelled_.find(number)) spelled_.set(number, std::string(text));
  return number;
}

void TagIndex::release_word(std::string_view text) {
  auto number = words_.find(text);
  words_.release(text);
  if (words_.find(text) == 0) spelled_.erase(number);
}

const std::string& TagIndex::word(uint32_t number) const {
  static const std::string unknown = "?";
  const auto* found = spelled_.find(number);
  return found ? *found : unknown;
}

TagCode TagIndex::hold_code(const TagExpression& expression) {
  std::vector<std::pair<uint32_t, std::vector<uint32_t>>> terms;
  for (const auto& term : expression.terms()) {
    auto& [key, values] = terms.emplace_back(hold_word(term.key), std::vector<uint32_t>());
    for (const auto& value : term.values) values.push_back(hold_word(value));
    std::sort(values.begin(), values.end());
  }
  std::sort(terms.begin(), terms.end());
  TagCode code;
  for (const auto& [key, values] : terms) {
    code.push_back(key);
    code.push_back(static_cast<uint32_t>(values.size()));
    code.insert(code.end(), values.begin(), values.end());
  }
  return code;
}

void TagIndex::release_code(const TagExpression& expression) {
  for (const auto& term : expression.terms()) {
    release_word(term.key);
    for (const auto& value : term.values) release_word(value);
  }
}

// --- definitions

void TagIndex::define(std::string_view key, const LfTag* tag) {
  const auto* found = tags_.find(words_.find(key));
  auto before = found ? *found : nullptr;
  if (tag) {
    auto number = hold_word(key);
    for (const auto& value : tag->values) defined_.set(packed({number, hold_word(value)}), true);
    tags_.set(number, std::make_shared<const LfTag>(*tag));
  }
  if (!before) return;
  auto number = words_.find(key);
  for (const auto& value : before->values) {
    bool stays = tag && std::find(tag->values.begin(), tag->values.end(), value) != tag->values.end();
    if (!stays) defined_.erase(packed({number, words_.find(value)}));
    release_word(value);
  }
  if (!tag) tags_.erase(number);
  release_word(key);
}

const LfTag* TagIndex::tag(std::string_view key) const {
  const auto* found = tags_.find(words_.find(key));
  return found ? found->get() : nullptr;
}

bool TagIndex::defines(std::string_view key, std::string_view value) const {
  TagPair pair{words_.find(key), words_.find(value)};
  return pair.key != 0 && pair.value != 0 && is_defined(pair);
}

// What does not match at all is most; so definitions are looked up only for what does.
bool TagIndex::matches(std::span<const uint32_t> code, const TagPairs& tags) const {
  return all_terms(code, tags, [](TagPair) { return true; }) &&
         all_terms(code, tags, [&](TagPair pair) { return is_defined(pair); });
}

bool TagIndex::is_defined(TagPair pair) const { return defined_.find(packed(pair)) != nullptr; }

// --- assignments

bool TagIndex::assign(const Where& where, std::string_view key, const std::string* value) {
  TagPair pair{value ? hold_word(key) : words_.find(key), value ? hold_word(*value) : 0};
  if (pair.key == 0) return false;  // nothing has ever been assigned under this key
  auto before = where.table == 0 ? assign_to_database(where.database, pair) : assign_to_table(where, pair);
  if (before == 0) return false;
  release_word(std::string(word(before)));  // last: until now the numbers had to stay good
  release_word(std::string(word(pair.key)));
  return true;
}

TagIndex::OwnTags TagIndex::OwnTags::of(const TagPairs& tags) {
  if (tags.empty()) return {};
  auto pairs = std::make_shared<TagPair[]>(tags.size());
  std::copy(tags.begin(), tags.end(), pairs.get());
  return {std::move(pairs), static_cast<uint32_t>(tags.size())};
}

TagIndex::DatabaseEntry TagIndex::database_entry(uint32_t database) const {
  const auto* found = databases_.find(database);
  return found ? *found : DatabaseEntry{};
}

void TagIndex::store(uint32_t database, DatabaseEntry entry) {
  if (entry.empty()) {
    databases_.erase(database);
  } else {
    databases_.set(database, std::move(entry));
  }
}

uint32_t TagIndex::assign_to_database(uint32_t database, TagPair pair) {
  auto entry = database_entry(database);
  auto own = entry.own.copy();
  auto before = exchange(own, pair);
  entry.own = OwnTags::of(own);
  store(database, std::move(entry));
  return before;
}

uint32_t TagIndex::assign_to_column(TableEntry& entry, std::string_view name, TagPair pair) {
  auto columns = entry.columns ? *entry.columns : std::vector<ColumnTagsPtr>();
  auto at = place_of_column(columns, name);
  bool there = at != columns.end() && (*at)->column == name;
  ColumnTags column = there ? **at : ColumnTags{std::string(name), {}};
  auto before = exchange(column.own, pair);
  if (there) at = columns.erase(at);
  if (!column.own.empty()) columns.insert(at, std::make_shared<const ColumnTags>(std::move(column)));
  entry.columns = columns.empty() ? nullptr : std::make_shared<const std::vector<ColumnTagsPtr>>(std::move(columns));
  return before;
}

uint32_t TagIndex::assign_to_table(const Where& where, TagPair pair) {
  const auto* found = tables_.find(where.table);
  bool listed = found != nullptr;
  TableEntry entry = listed ? *found : TableEntry{};
  uint32_t before = 0;
  if (where.column.empty()) {
    auto own = entry.own.copy();
    before = exchange(own, pair);
    entry.own = OwnTags::of(own);
  } else {
    before = assign_to_column(entry, where.column, pair);
  }
  if (pair.value != 0) count_use(where, pair, 1);
  if (before != 0) count_use(where, {pair.key, before}, -1);
  if (!entry.empty()) {
    if (!listed) entry.database = where.database, link(where.table, entry);
    tables_.set(where.table, std::move(entry));
  } else if (listed) {
    tables_.erase(where.table);
    unlink(entry);
  }
  return before;
}

void TagIndex::link(uint32_t table, TableEntry& entry) {
  auto database = database_entry(entry.database);
  entry.after = database.first_table;
  if (const auto* next = tables_.find(entry.after)) {
    auto changed = *next;
    changed.before = table;
    tables_.set(entry.after, std::move(changed));
  }
  database.first_table = table;
  store(entry.database, std::move(database));
}

void TagIndex::unlink(const TableEntry& entry) {
  if (const auto* next = tables_.find(entry.after)) {
    auto changed = *next;
    changed.before = entry.before;
    tables_.set(entry.after, std::move(changed));
  }
  if (const auto* previous = tables_.find(entry.before)) {
    auto changed = *previous;
    changed.after = entry.after;
    tables_.set(entry.before, std::move(changed));
    return;
  }
  auto database = database_entry(entry.database);
  database.first_table = entry.after;
  store(entry.database, std::move(database));
}

void TagIndex::count_use(const Where& where, TagPair pair, int by) {
  InDatabase in{where.database, pair};
  const auto* before = used_in_.find(in);
  auto count = static_cast<uint32_t>(static_cast<int>(before ? *before : 0) + by);
  if (count == 0) {
    used_in_.erase(in);
  } else {
    used_in_.set(in, count);
  }
}

TagPairs TagIndex::of_database(uint32_t database) const {
  TagPairs out;
  if (const auto* found = databases_.find(database)) {
    out.reserve(found->own.count + 8);
    overlay(out, found->own.list());
  }
  return out;
}

TableTags TagIndex::of_table(uint32_t database, uint32_t table) const {
  TableTags out{of_database(database), {}};
  const auto* found = table == 0 ? nullptr : tables_.find(table);
  if (!found) return out;
  overlay(out.table, found->own.list());
  if (!found->columns) return out;
  out.columns.reserve(found->columns->size());
  for (const auto& column : *found->columns) {
    auto& [name, tags] = out.columns.emplace_back(column->column, out.table);
    overlay(tags, column->own);
  }
  return out;
}

std::vector<EffectiveTag> TagIndex::effective(const TagPlace& place, uint32_t database, uint32_t table) const {
  std::vector<std::pair<TagPair, TagPlace>> all;
  auto add = [&](std::span<const TagPair> own, const TagPlace& from) {
    for (const auto& pair : own) {
      std::erase_if(all, [&](const auto& one) { return one.first.key == pair.key; });
      all.emplace_back(pair, from);
    }
  };
  if (const auto* found = databases_.find(database)) add(found->own.list(), {place.catalog, place.database, "", ""});
  if (const auto* found = place.table.empty() || table == 0 ? nullptr : tables_.find(table)) {
    add(found->own.list(), {place.catalog, place.database, place.table, ""});
    const auto none = std::vector<ColumnTagsPtr>();
    const auto& columns = found->columns ? *found->columns : none;
    auto at = place_of_column(columns, place.column);
    if (at != columns.end() && (*at)->column == place.column) add((*at)->own, place);
  }
  std::vector<EffectiveTag> out;
  for (auto& [pair, from] : all)
    if (is_defined(pair)) out.push_back({word(pair.key), word(pair.value), std::move(from)});
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return out;
}

std::string TagIndex::matched_text(std::span<const uint32_t> code, const TagPairs& tags) const {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  all_terms(code, tags, [&](TagPair pair) { return pairs.emplace_back(word(pair.key), word(pair.value)), true; });
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  for (const auto& [key, value] : pairs) (((out += out.empty() ? "" : ", ") += key) += "=") += value;
  return out;
}

// --- saved expressions and policies

void TagIndex::save(std::string_view name, const SavedExpression* saved) {
  const auto* found = saved_.find(words_.find(name));
  auto before = found ? *found : nullptr;
  if (saved) saved_.set(hold_word(name), std::make_shared<const Saved>(Saved{*saved, hold_code(saved->expression)}));
  if (!before) return;
  if (!saved) saved_.erase(words_.find(name));
  release_code(before->record.expression);
  release_word(name);
}

const SavedExpression* TagIndex::saved(std::string_view name) const {
  const auto* found = saved_.find(words_.find(name));
  return found ? &(*found)->record : nullptr;
}

std::span<const uint32_t> TagIndex::code_of(const Policies& policies, const Policy& policy) const {
  if (policy.saved == 0) return std::span(policies.code).subspan(policy.first, policy.count);
  const auto* found = saved_.find(policy.saved);
  return found ? std::span<const uint32_t>((*found)->code) : std::span<const uint32_t>();
}

bool TagIndex::set_policy(uint32_t principal, const Resource& policy, PrivilegeSet privileges,
                          PrivilegeSet grant_option) {
  auto key = policy.key();
  const auto* found = policies_.find(principal);
  Policies before = found ? **found : Policies(), after;
  bool had = false;
  for (size_t i = 0; i < before.list.size(); ++i) {
    auto one = before.list[i];
    if (before.names[i].key == key) {
      had = true;
      continue;
    }
    auto code = std::span(before.code).subspan(one.first, one.count);
    one.first = static_cast<uint32_t>(after.code.size());
    after.code.insert(after.code.end(), code.begin(), code.end());
    after.list.push_back(one);
    after.names.push_back(std::move(before.names[i]));
  }
  if (!privileges.empty()) {
    auto saved = policy.expression_name.empty() ? 0 : hold_word(policy.expression_name);
    auto code = hold_code(policy.expression);
    after.list.push_back({privileges, grant_option, policy.policy_on, saved, static_cast<uint32_t>(after.code.size()),
                          static_cast<uint32_t>(code.size())});
    after.code.insert(after.code.end(), code.begin(), code.end());
    after.names.push_back({std::move(key), policy_text(policy)});
  }
  if (after.list.empty()) {
    policies_.erase(principal);
  } else {
    policies_.set(principal, std::make_shared<const Policies>(std::move(after)));
  }
  if (!had) return false;
  release_code(policy.expression);
  if (!policy.expression_name.empty()) release_word(policy.expression_name);
  return true;
}

// --- what is inside a database

// Cheap and never wrong when it says no: every term finds a value that is inherited or assigned somewhere inside.
bool TagIndex::may_match_inside(std::span<const uint32_t> code, uint32_t database, const TagPairs& inherited) const {
  return !code.empty() && !any_term(code, [&](uint32_t key, std::span<const uint32_t> values) {
    auto at = place_of_key(inherited, key);
    if (at != inherited.end() && at->key == key && std::binary_search(values.begin(), values.end(), at->value))
      return false;
    return std::none_of(values.begin(), values.end(), [&](uint32_t value) {
      return used_in_.find(InDatabase{database, {key, value}}) != nullptr;
    });
  });
}

bool TagIndex::matches_inside(std::span<const uint32_t> code, uint32_t database) const {
  const auto* list = databases_.find(database);
  for (auto table = list ? list->first_table : 0; table != 0; table = tables_.find(table)->after) {
    auto tags = of_table(database, table);
    if (matches(code, tags.table)) return true;
    for (const auto& [name, column] : tags.columns)
      if (matches(code, column)) return true;
  }
  return false;
}

bool TagIndex::reaches(uint32_t principal, uint32_t database) const {
  if (!has_policies(principal)) return false;
  auto inherited = of_database(database);
  return any_policy(principal, PolicyTarget::tables, [&](const HeldPolicy& policy) {
    if (matches(policy.code, inherited)) return true;
    return may_match_inside(policy.code, database, inherited) && matches_inside(policy.code, database);
  });
}

}  // namespace weir::permissions

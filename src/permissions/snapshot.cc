#include "permissions/snapshot.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "permissions/opt_in.h"
#include "permissions/principal.h"
#include "permissions/records.h"
#include "permissions/resource.h"
#include "store/key.h"

namespace weir::permissions {
namespace {

using base::Status;

// Separates a database from a table in an object's text; names have no control characters.
constexpr char kBetween = '\x1f';
constexpr std::string_view kCatalogText = "\x1f";
// "All tables of" a database has the database's id with this bit.
constexpr uint32_t kAllTablesBit = 1u << 31;

std::string table_text(std::string_view database, std::string_view table) {
  std::string out;
  out.reserve(database.size() + table.size() + 1);
  return out.append(database).append(1, kBetween).append(table);
}
std::string location_text(const names::S3Path& place) { return kBetween + place.url(); }
std::string tag_text(std::string_view key, std::string_view value) {
  std::string out(2, kBetween);
  return out.append(key).append(1, kBetween).append(value);
}
std::string expression_text(std::string_view name) { return std::string("\x1f\x1e").append(name); }

uint64_t pair_key(uint32_t principal, uint32_t object) { return (uint64_t{principal} << 32) | object; }

template <class List>
auto find_named(List& list, std::string_view name) {
  return std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.name == name; });
}

using NameAndMaker = std::pair<std::string_view, std::string_view>;
NameAndMaker named(const CompiledFilter& filter) { return {filter.record.name, filter.record.local_to}; }

// Where the filter of that name is, or belongs, in a list ordered by name and maker.
template <class Filters>
auto place_for(Filters& filters, NameAndMaker name) {
  return std::lower_bound(filters.begin(), filters.end(), name,
                          [](const auto& filter, const auto& n) { return named(*filter) < n; });
}

void edit_columns(PartialGrants& partial, const Grant* grant) {
  partial.columns = grant ? grant->resource.columns : ColumnSet();
  partial.grantable = grant ? grant->grantable : ColumnSet();
}

void edit_filter(PartialGrants& partial, const std::string& name, const Grant* grant) {
  auto& filters = partial.filters;
  if (auto at = find_named(filters, name); at != filters.end()) filters.erase(at);
  if (!grant) return;
  auto after = std::find_if(filters.begin(), filters.end(), [&](const auto& f) { return f.name > name; });
  filters.insert(after, HeldFilter{name, grant->privileges, grant->grant_option});
}

// `held` with one grant record set or, null, taken away.
Held edited(Held held, const Resource& resource, const Grant* grant) {
  if (resource.kind != ResourceKind::columns && resource.kind != ResourceKind::data_cells_filter) {
    held.privileges = grant ? grant->privileges : PrivilegeSet();
    held.grant_option = grant ? grant->grant_option : PrivilegeSet();
    return held;
  }
  PartialGrants partial = held.partial ? *held.partial : PartialGrants();
  if (resource.kind == ResourceKind::columns) {
    edit_columns(partial, grant);
  } else {
    edit_filter(partial, resource.filter, grant);
  }
  held.partial = partial.empty() ? nullptr : std::make_shared<const PartialGrants>(std::move(partial));
  return held;
}

// Where the terms are, or belong.
auto place_of_terms(PrincipalsOnTerms& list, const Terms& terms) {
  auto order = [](const Terms& t) { return std::tie(t.local_to, t.share, t.condition); };
  return std::lower_bound(list.begin(), list.end(), terms,
                          [&](const auto& one, const Terms& sought) { return order(one->terms) < order(sought); });
}

std::shared_ptr<const PrincipalOnTerms> made(PrincipalId id, OnTerms holder) {
  auto read = Condition::parse(holder.terms.condition);
  auto said = text(holder);
  return std::make_shared<const PrincipalOnTerms>(PrincipalOnTerms{
      id, std::move(said), std::move(holder.terms), read.ok() ? std::optional(std::move(*read)) : std::nullopt});
}

size_t records_in(const Held& held) {
  size_t n = held.privileges.empty() ? 0 : 1;
  if (held.partial) n += held.partial->filters.size() + (held.partial->columns.is_empty() ? 0 : 1);
  return n;
}

}  // namespace

struct Snapshot::Anchor {
  std::string text;
  bool all_tables = false;
  std::string database;  // empty: not in a database

  static Anchor of(const Resource& resource) {
    switch (resource.kind) {
      case ResourceKind::database: return {resource.database, false, resource.database};
      case ResourceKind::all_tables: return {resource.database, true, resource.database};
      case ResourceKind::table:
      case ResourceKind::columns:
      case ResourceKind::data_cells_filter:
        return {table_text(resource.database, resource.table), false, resource.database};
      case ResourceKind::data_location: return {location_text(resource.location), false, ""};
      case ResourceKind::lf_tag: return {tag_text(resource.tag_key, resource.tag_value), false, ""};
      case ResourceKind::lf_tag_expression: return {expression_text(resource.expression_name), false, ""};
      case ResourceKind::catalog:
      case ResourceKind::nested_catalog:
      case ResourceKind::lf_tag_policy: break;  // a policy is not on one object: the tag index has it
    }
    return {std::string(kCatalogText), false, ""};
  }
  uint32_t id(uint32_t interned) const { return all_tables && interned != 0 ? interned | kAllTablesBit : interned; }
};

struct Snapshot::FilterName {
  std::string database, table, name, local_to;
};

Status Snapshot::apply(std::string_view key, const std::optional<std::string>& value) {
  WEIR_TRY(auto parts, store::split_key(key));
  if (parts.size() < 3 || parts[0] != kNoun) return base::internal("snapshot: a change of another noun");
  if (parts[2] == "grant" && (parts.size() == 6 || parts.size() == 7)) return apply_grant(parts, value);
  if (parts[2] == "filter_inside" && parts.size() == 7 && parts[3] == account_)
    return apply_filter({parts[4], parts[5], parts[6], parts[1]}, value);
  if (parts[1] != account_) return base::internal("snapshot: a change of another account");
  return apply_own(parts, value);
}

Status Snapshot::apply_own(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  if (parts[2] == "filter" && parts.size() == 6) return apply_filter({parts[3], parts[4], parts[5], ""}, value);
  if (parts[2] == "location" && parts.size() == 4) return apply_location(parts, value);
  if (parts[2] == "settings" && parts.size() == 3) return apply_settings(value);
  if (parts[2] == "revision" && parts.size() == 3) return apply_revision(value);
  if (parts[2] == "tag" && parts.size() == 4) return apply_tag(parts, value);
  if (parts[2] == "tag_at" && parts.size() == 7) return apply_tag_at(parts, value);
  if (parts[2] == "tag_expression" && parts.size() == 4) return apply_tag_expression(parts, value);
  if (parts[2] == "opt_in" && parts.size() == 6) return apply_opt_in(parts, value);
  return {};
}

Status Snapshot::apply_grant(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  WEIR_TRY(auto resource, Resource::parse_key(parts[4]));
  if (resource.catalog != account_) return base::internal("snapshot: a grant on another account's resource");
  Terms terms{parts[5], parts.size() == 7 ? parts[6] : "", parts[1] == account_ ? "" : parts[1]};
  std::optional<Grant> grant;
  if (value) {
    WEIR_TRY(grant, base::decode_record<Grant>(*value));
    if (grant->principal != parts[3] || grant->resource.key() != parts[4] || grant->terms() != terms)
      return base::internal("snapshot: a grant whose key tells another story");
  }
  auto who = folded(parts[3], terms);
  const auto* now = grant ? &*grant : nullptr;
  if (resource.kind == ResourceKind::lf_tag_policy) return store_policy(who, resource, now), Status();
  auto anchor = Anchor::of(resource);
  auto key = pair_key(principals_.find(who), anchor.id(objects_.find(anchor.text)));
  const auto* before = held_.find(key);
  store_held(who, anchor, edited(before ? *before : Held{}, resource, now));
  return {};
}

void Snapshot::store_policy(const std::string& principal, const Resource& policy, const Grant* grant) {
  auto privileges = grant ? grant->privileges : PrivilegeSet();
  auto who = privileges.empty() ? principals_.find(principal) : hold_principal(principal);
  if (who == 0) return;
  bool had = tags_.set_policy(who, policy, privileges, grant ? grant->grant_option : PrivilegeSet());
  grant_count_ += (privileges.empty() ? 0 : 1);
  grant_count_ -= (had ? 1 : 0);
  if (had) release_principal(principal);
}

void Snapshot::store_held(const std::string& principal, const Anchor& anchor, Held held) {
  auto key = pair_key(principals_.find(principal), anchor.id(objects_.find(anchor.text)));
  const auto* before = held_.find(key);
  grant_count_ += records_in(held) - (before ? records_in(*before) : 0);
  if (held.empty()) {
    if (before) drop_held(principal, anchor, key);
  } else if (before) {
    held_.set(key, std::move(held));
  } else {
    add_held(principal, anchor, std::move(held));
  }
}

void Snapshot::add_held(const std::string& principal, const Anchor& anchor, Held held) {
  auto who = hold_principal(principal);
  held_.set(pair_key(who, anchor.id(objects_.hold(anchor.text))), std::move(held));
  if (!anchor.database.empty()) count_reach(pair_key(who, objects_.hold(anchor.database)), 1);
}

void Snapshot::drop_held(const std::string& principal, const Anchor& anchor, uint64_t key) {
  held_.erase(key);
  if (!anchor.database.empty()) {
    count_reach(pair_key(principals_.find(principal), objects_.find(anchor.database)), -1);
    objects_.release(anchor.database);
  }
  objects_.release(anchor.text);
  release_principal(principal);
}

uint32_t Snapshot::hold_principal(const std::string& text) {
  auto id = principals_.hold(text);
  if (text == kIamAllowedPrincipals) everybody_ = PrincipalId{id};
  if (terms_at(text) == text.npos) return id;
  auto holder = unfolded(text);
  auto name = InternedNames::name(holder.principal);
  const auto* found = on_terms_.find(InternedNames::Probe(holder.principal));
  PrincipalsOnTerms next = found ? **found : PrincipalsOnTerms();
  auto place = place_of_terms(next, holder.terms);
  if (place != next.end() && (*place)->terms == holder.terms) return id;
  next.insert(place, made(PrincipalId{id}, std::move(holder)));
  on_terms_.set(std::move(name), std::make_shared<const PrincipalsOnTerms>(std::move(next)));
  return id;
}

void Snapshot::release_principal(const std::string& text) {
  principals_.release(text);
  if (text == kIamAllowedPrincipals) everybody_ = PrincipalId{principals_.find(text)};
  if (terms_at(text) == text.npos || principals_.find(text) != 0) return;
  auto holder = unfolded(text);
  PrincipalsOnTerms next = **on_terms_.find(InternedNames::Probe(holder.principal));
  next.erase(place_of_terms(next, holder.terms));
  if (next.empty()) {
    on_terms_.erase(InternedNames::Probe(holder.principal));
  } else {
    on_terms_.set(InternedNames::name(holder.principal), std::make_shared<const PrincipalsOnTerms>(std::move(next)));
  }
}

void Snapshot::count_reach(uint64_t key, int by) {
  const auto* before = reach_.find(key);
  auto count = static_cast<uint32_t>(static_cast<int>(before ? *before : 0) + by);
  if (count == 0) {
    reach_.erase(key);
  } else {
    reach_.set(key, count);
  }
}

Status Snapshot::apply_filter(const FilterName& its, const std::optional<std::string>& value) {
  auto text = table_text(its.database, its.table);
  NameAndMaker key{its.name, its.local_to};
  std::shared_ptr<const CompiledFilter> compiled;
  if (value) {
    WEIR_TRY(auto record, base::decode_record<DataCellsFilter>(*value));
    if (NameAndMaker{record.name, record.local_to} != key)
      return base::internal("snapshot: a filter whose key tells another story");
    compiled = std::make_shared<const CompiledFilter>(compile(std::move(record)));
  }
  const auto* before = filters_.find(objects_.find(text));
  Filters next = before ? **before : Filters();
  auto had = std::erase_if(next, [&](const auto& filter) { return named(*filter) == key; }) > 0;
  if (compiled) next.insert(place_for(next, key), std::move(compiled));
  if (value && !had) objects_.hold(text);
  auto id = objects_.find(text);
  if (!next.empty()) {
    filters_.set(id, std::make_shared<const Filters>(std::move(next)));
  } else if (had) {
    filters_.erase(id);
  }
  if (!value && had) objects_.release(text);
  return {};
}

Status Snapshot::apply_location(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  std::shared_ptr<const Location> next, before;
  if (value) {
    WEIR_TRY(auto location, base::decode_record<Location>(*value));
    next = std::make_shared<const Location>(std::move(location));
  }
  if (const auto* found = locations_.find(InternedNames::Probe(parts[3]))) before = *found;
  if (next && next->with_privileged_access) privileged_.hold(next->registered_by);
  if (before && before->with_privileged_access) privileged_.release(before->registered_by);
  if (next) {
    locations_.set(InternedNames::name(parts[3]), std::move(next));
  } else {
    locations_.erase(InternedNames::Probe(parts[3]));
  }
  return {};
}

Status Snapshot::apply_settings(const std::optional<std::string>& value) {
  DataLakeSettings settings;
  if (value) {
    WEIR_TRY(settings, base::decode_record<DataLakeSettings>(*value));
  }
  settings_ = std::make_shared<const DataLakeSettings>(std::move(settings));
  return {};
}

Status Snapshot::apply_revision(const std::optional<std::string>& value) {
  WEIR_TRY(revision_, base::parse_int(value.value_or("0")));
  return {};
}

Status Snapshot::apply_tag(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  LfTag tag;
  if (value) {
    WEIR_TRY(tag, base::decode_record<LfTag>(*value));
    if (tag.key != parts[3]) return base::internal("snapshot: an LF-Tag whose key tells another story");
  }
  tags_.define(parts[3], value ? &tag : nullptr);
  return {};
}

// Names of the objects are held once for each assignment.
Status Snapshot::apply_tag_at(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  const auto &database = parts[3], &table = parts[4], &column = parts[5];
  TagAssignment assignment;
  if (value) {
    WEIR_TRY(assignment, base::decode_record<TagAssignment>(*value));
    if (assignment.key != parts[6]) return base::internal("snapshot: a tag whose key tells another story");
  }
  if (database.empty() || (table.empty() && !column.empty())) return base::internal("snapshot: a tag on no object");
  auto text = table_text(database, table);
  if (value) objects_.hold(database), table.empty() ? 0 : objects_.hold(text);
  TagIndex::Where where{objects_.find(database), table.empty() ? 0 : objects_.find(text), column};
  if (where.database == 0 || (where.table == 0 && !table.empty())) return {};  // nothing was there to take away
  if (!tags_.assign(where, parts[6], value ? &assignment.value : nullptr)) return {};
  if (!table.empty()) objects_.release(text);
  objects_.release(database);
  return {};
}

Status Snapshot::apply_tag_expression(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  SavedExpression saved;
  if (value) {
    WEIR_TRY(saved, base::decode_record<SavedExpression>(*value));
    if (saved.name != parts[3]) return base::internal("snapshot: an expression whose key tells another story");
  }
  tags_.save(parts[3], value ? &saved : nullptr);
  return {};
}

Status Snapshot::apply_opt_in(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  WEIR_TRY(auto resource, Resource::parse_key(parts[4]));
  if (value) {
    WEIR_TRY(auto record, base::decode_record<OptIn>(*value));
    if (record.principal != parts[3] || record.resource.key() != parts[4] || record.condition != parts[5])
      return base::internal("snapshot: an opt-in whose key tells another story");
  }
  auto anchor = Anchor::of(resource);
  auto who = folded(parts[3], {.condition = parts[5]});
  auto key = pair_key(principals_.find(who), anchor.id(objects_.find(anchor.text)));
  bool had = opt_ins_.find(key) != nullptr;
  if (had == value.has_value()) return {};
  if (value) {
    auto id = hold_principal(who);
    opt_ins_.set(pair_key(id, anchor.id(objects_.hold(anchor.text))), true);
  } else {
    opt_ins_.erase(key);
    objects_.release(anchor.text);
    release_principal(who);
  }
  return {};
}

PrincipalId Snapshot::principal(std::string_view text) const {
  // A name with a mark in it is nobody's, and must not pass for a principal on terms.
  if (terms_at(text) != text.npos) return PrincipalId::none;
  return PrincipalId{principals_.find(text)};
}
ObjectId Snapshot::object(std::string_view text) const { return ObjectId{objects_.find(text)}; }
ObjectId Snapshot::catalog() const { return object(kCatalogText); }
ObjectId Snapshot::database(std::string_view name) const { return object(name); }
ObjectId Snapshot::all_tables(std::string_view name) const {
  auto id = objects_.find(name);
  return ObjectId{id == 0 ? 0 : id | kAllTablesBit};
}
ObjectId Snapshot::table(std::string_view database, std::string_view name) const {
  return object(table_text(database, name));
}
ObjectId Snapshot::location(const names::S3Path& place) const { return object(location_text(place)); }
ObjectId Snapshot::tag(std::string_view key, std::string_view value) const { return object(tag_text(key, value)); }
ObjectId Snapshot::expression(std::string_view name) const { return object(expression_text(name)); }

const PrincipalsOnTerms* Snapshot::on_terms(std::string_view principal) const {
  if (on_terms_.empty()) return nullptr;
  const auto* found = on_terms_.find(InternedNames::Probe(principal));
  return found ? found->get() : nullptr;
}

bool Snapshot::opted_in(PrincipalId principal, ObjectId object) const {
  if (principal == PrincipalId::none || object == ObjectId::none) return false;
  return opt_ins_.find(pair_key(static_cast<uint32_t>(principal), number(object))) != nullptr;
}

std::vector<EffectiveTag> Snapshot::tags_at(std::string_view database, std::string_view table,
                                            std::string_view column) const {
  TagPlace place{account_, std::string(database), std::string(table), std::string(column)};
  auto table_id = table.empty() ? 0 : objects_.find(table_text(database, table));
  return tags_.effective(place, objects_.find(database), table_id);
}

const Held* Snapshot::held(PrincipalId principal, ObjectId object) const {
  if (principal == PrincipalId::none || object == ObjectId::none) return nullptr;
  return held_.find(pair_key(static_cast<uint32_t>(principal), static_cast<uint32_t>(object)));
}

bool Snapshot::reaches(PrincipalId principal, std::string_view database) const {
  auto id = objects_.find(database);
  if (principal == PrincipalId::none || id == 0) return false;
  auto who = static_cast<uint32_t>(principal);
  return reach_.find(pair_key(who, id)) || tags_.reaches(who, id);
}

const CompiledFilter* Snapshot::filter(ObjectId table, std::string_view name) const { return filter(table, name, {}); }

const CompiledFilter* Snapshot::filter(ObjectId table, std::string_view name, std::string_view local_to) const {
  const auto* list = table == ObjectId::none ? nullptr : filters_.find(static_cast<uint32_t>(table));
  if (!list) return nullptr;
  auto of = [&](std::string_view maker) -> const CompiledFilter* {
    auto at = place_for(**list, {name, maker});
    return at != (*list)->end() && named(**at) == NameAndMaker{name, maker} ? at->get() : nullptr;
  };
  const auto* own = of(local_to);
  return own || local_to.empty() ? own : of({});
}

const Location* Snapshot::governing(const names::S3Path& place) const {
  const Location* found = nullptr;
  each_parent(canonical(place), [&](const names::S3Path& parent) {
    auto url = parent.url();
    if (const auto* location = locations_.find(InternedNames::Probe(url))) found = location->get();
    return found != nullptr;
  });
  return found;
}

}  // namespace weir::permissions

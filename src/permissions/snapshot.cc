#include "permissions/snapshot.h"

#include <algorithm>

#include "base/text.h"
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

size_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::string table_text(std::string_view database, std::string_view table) {
  std::string out;
  out.reserve(database.size() + table.size() + 1);
  return out.append(database).append(1, kBetween).append(table);
}
std::string location_text(const names::S3Path& place) { return kBetween + place.url(); }

uint64_t pair_key(uint32_t principal, uint32_t object) { return (uint64_t{principal} << 32) | object; }

template <class List>
auto find_named(List& list, std::string_view name) {
  return std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.name == name; });
}

// Where the filter of that name is, or belongs, in a list ordered by name.
template <class Filters>
auto place_for(Filters& filters, std::string_view name) {
  return std::lower_bound(filters.begin(), filters.end(), name,
                          [](const auto& filter, std::string_view n) { return filter->record.name < n; });
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
      case ResourceKind::catalog:
      case ResourceKind::nested_catalog:
      case ResourceKind::lf_tag:
      case ResourceKind::lf_tag_policy:
      case ResourceKind::lf_tag_expression: break;
    }
    return {std::string(kCatalogText), false, ""};
  }
  uint32_t id(uint32_t interned) const { return all_tables && interned != 0 ? interned | kAllTablesBit : interned; }
};

uint32_t Snapshot::Names::find(std::string_view text) const {
  const auto* found = map.find(NameProbe{hash_of(text), text});
  return found ? found->id : 0;
}

uint32_t Snapshot::Names::hold(std::string_view text) {
  const auto* found = map.find(NameProbe{hash_of(text), text});
  Interned entry = found ? Interned{found->id, found->uses + 1} : Interned{++last, 1};
  CHECK_TRUE(entry.id < kAllTablesBit, "ids stay below the bit that marks all tables");
  map.set(Name{hash_of(text), std::string(text)}, entry);
  return entry.id;
}

void Snapshot::Names::release(std::string_view text) {
  NameProbe probe{hash_of(text), text};
  const auto* found = map.find(probe);
  CHECK_TRUE(found && found->uses > 0, "only what is held is released");
  if (found->uses == 1) {
    map.erase(probe);
  } else {
    map.set(Name{probe.hash, std::string(text)}, Interned{found->id, found->uses - 1});
  }
}

Status Snapshot::apply(std::string_view key, const std::optional<std::string>& value) {
  WEIR_TRY(auto parts, store::split_key(key));
  if (parts.size() < 3 || parts[0] != kNoun || parts[1] != account_)
    return base::internal("snapshot: a change of another account or noun");
  if (parts[2] == "grant" && parts.size() == 6) return apply_grant(parts, value);
  if (parts[2] == "filter" && parts.size() == 6) return apply_filter(parts, value);
  if (parts[2] == "location" && parts.size() == 4) return apply_location(parts, value);
  if (parts[2] == "settings" && parts.size() == 3) return apply_settings(value);
  if (parts[2] == "revision" && parts.size() == 3) return apply_revision(value);
  return {};
}

Status Snapshot::apply_grant(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  if (!parts[5].empty()) return {};  // conditional: nobody here can say whether it holds, so it does not
  WEIR_TRY(auto resource, Resource::parse_key(parts[4]));
  std::optional<Grant> grant;
  if (value) {
    WEIR_TRY(grant, base::decode_record<Grant>(*value));
    if (grant->principal != parts[3] || grant->resource.key() != parts[4] || resource.catalog != account_)
      return base::internal("snapshot: a grant whose key tells another story");
  }
  auto anchor = Anchor::of(resource);
  auto key = pair_key(principals_.find(parts[3]), anchor.id(objects_.find(anchor.text)));
  const auto* before = held_.find(key);
  store_held(parts[3], anchor, edited(before ? *before : Held{}, resource, grant ? &*grant : nullptr));
  return {};
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
  auto who = principals_.hold(principal);
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
  principals_.release(principal);
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

Status Snapshot::apply_filter(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  auto text = table_text(parts[3], parts[4]);
  std::shared_ptr<const CompiledFilter> compiled;
  if (value) {
    WEIR_TRY(auto record, base::decode_record<DataCellsFilter>(*value));
    compiled = std::make_shared<const CompiledFilter>(compile(std::move(record)));
  }
  const auto* before = filters_.find(objects_.find(text));
  Filters next = before ? **before : Filters();
  auto had = std::erase_if(next, [&](const auto& filter) { return filter->record.name == parts[5]; }) > 0;
  if (compiled) next.insert(place_for(next, parts[5]), std::move(compiled));
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
  if (!value) {
    locations_.erase(NameProbe{hash_of(parts[3]), parts[3]});
    return {};
  }
  WEIR_TRY(auto location, base::decode_record<Location>(*value));
  locations_.set(Name{hash_of(parts[3]), parts[3]}, std::make_shared<const Location>(std::move(location)));
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

PrincipalId Snapshot::principal(std::string_view text) const { return PrincipalId{principals_.find(text)}; }
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

const Held* Snapshot::held(PrincipalId principal, ObjectId object) const {
  if (principal == PrincipalId::none || object == ObjectId::none) return nullptr;
  return held_.find(pair_key(static_cast<uint32_t>(principal), static_cast<uint32_t>(object)));
}

bool Snapshot::reaches(PrincipalId principal, std::string_view database) const {
  auto id = objects_.find(database);
  return principal != PrincipalId::none && id != 0 && reach_.find(pair_key(static_cast<uint32_t>(principal), id));
}

const CompiledFilter* Snapshot::filter(ObjectId table, std::string_view name) const {
  const auto* list = table == ObjectId::none ? nullptr : filters_.find(static_cast<uint32_t>(table));
  if (!list) return nullptr;
  auto at = place_for(**list, name);
  return at != (*list)->end() && (*at)->record.name == name ? at->get() : nullptr;
}

const Location* Snapshot::governing(const names::S3Path& place) const {
  const Location* found = nullptr;
  each_parent(canonical(place), [&](const names::S3Path& parent) {
    auto url = parent.url();
    if (const auto* location = locations_.find(NameProbe{hash_of(url), url})) found = location->get();
    return found != nullptr;
  });
  return found;
}

}  // namespace weir::permissions

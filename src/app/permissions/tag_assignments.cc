#include "app/permissions/tag_assignments.h"

#include <algorithm>
#include <set>

#include "app/catalog/governed_table.h"
#include "app/catalog/shown_columns.h"
#include "app/permissions/data_lake_settings.h"
#include "app/permissions/lf_tags.h"
#include "app/permissions/tag_rights.h"
#include "app/wording.h"
#include "base/text.h"
#include "catalog/databases.h"
#include "catalog/tables.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;
using permissions::ResourceKind;
using permissions::TagPlace;

// One tag of the request, read and judged as far as that goes without the store.
struct Wanted {
  std::string key;
  std::string value;
  std::optional<base::Error> error;
};

base::Result<Wanted> read_pair(const TagPair& pair, const std::string& catalog) {
  if (pair.catalog != catalog) return base::invalid("LF-Tags of other accounts cannot be assigned here.", "tag");
  if (pair.values.size() != 1)
    return base::invalid("A resource has one value of an LF-Tag; " + std::to_string(pair.values.size()) +
                             " were given for " + pair.key + ".",
                         "tag");
  Wanted out;
  WEIR_TRY(out.key, permissions::tag_key(pair.key));
  WEIR_TRY(out.value, permissions::tag_value(pair.values.front()));
  return out;
}

// Every tag that may not be assigned by this caller is refused, and recorded, on its own.
std::vector<Wanted> read_pairs(Call& call, const Ask& ask, const TagRights& rights, const std::string& catalog,
                               const std::vector<TagPair>& tags) {
  std::vector<Wanted> out;
  std::set<std::string> keys;
  for (const auto& pair : tags) {
    auto wanted = read_pair(pair, catalog);
    if (!wanted) {
      out.push_back({"", "", std::move(wanted).error()});
      continue;
    }
    auto refusal = rights.lacks(Privilege::associate, wanted->key, wanted->value);
    if (refusal) {
      wanted->error = call.authorize(ask, [&] { return refusal; }).error();
    } else if (!keys.insert(wanted->key).second) {
      wanted->error = base::invalid("The LF-Tag " + wanted->key + " stands twice in the request.", "tag");
    }
    out.push_back(std::move(*wanted));
  }
  return out;
}

Resource owner_of(Resource on) {
  if (on.kind != ResourceKind::columns) return on;
  on.kind = ResourceKind::table;
  on.columns = {};
  return on;
}

base::Status check_can_carry(const Resource& on) {
  bool carries = on.kind == ResourceKind::database || on.kind == ResourceKind::table ||
                 (on.kind == ResourceKind::columns && !on.columns.is_exclusion());
  if (carries) return {};
  return base::invalid("LF-Tags are on databases, tables and columns that are named, not on " + on.text() + ".",
                       "resource");
}

// What carries the tags, as it is now; of one that is not there, nothing is known.
struct Owner {
  bool there = false;
  std::shared_ptr<const catalog::Table> table;
  permissions::TableFacts facts;
  std::optional<names::S3Path> place;  // of a database

  // Hybrid access mode is of places: a question without where the owner lies would be answered as outside of all.
  permissions::Question asked(const Call& call, Privilege privilege, const Resource& on) const {
    return {call.lake_caller(on.catalog), privilege, owner_of(on), table ? &facts : nullptr, place};
  }
};

base::Result<Owner> find_owner(const Call& call, const Resource& on) {
  Owner out;
  if (on.kind == ResourceKind::database) {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    WEIR_TRY(auto database, catalog::Databases(*tx).find(on.catalog, on.database));
    out.there = database.has_value();
    if (database) out.place = location_of(*database);
    return out;
  }
  WEIR_TRY(out.table, call.lake().tables.find(on.catalog, on.database, on.table));
  out.there = out.table != nullptr;
  if (out.table) out.facts = facts_of(*out.table);
  return out;
}

// What the tags are put on must be altered by the caller, or administered.
base::Status authorize_change(Call& call, const Ask& ask, const Resource& on) {
  call.about("resource", on.text());
  WEIR_CHECK_OK(check_own_catalog(call, ask, on.catalog));
  WEIR_TRY(auto owner, find_owner(call, on));
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    if (!administrator_gate(call, on.catalog)) return std::nullopt;
    auto question = owner.asked(call, Privilege::alter, on);
    if (permissions::decide(question, call.state().permissions(on.catalog)).allowed()) return std::nullopt;
    return Refusal{"Lake Formation", base::denied(insufficient(Privilege::alter, question.resource), "access")};
  });
}

base::Error link_carries_none() {
  return base::invalid("A resource link carries no LF-Tags; its target does.", "resource");
}

base::Result<catalog::Table> table_there(store::Transaction& tx, const Resource& on) {
  WEIR_TRY(auto table, catalog::Tables(tx).find(on.catalog, on.database, on.table));
  if (!table) return base::not_found("Table " + on.database + "." + on.table + " not found.", "table");
  if (table->target_table) return link_carries_none();
  return std::move(*table);
}

// Where the tags go: one place, or one for each column.
base::Result<std::vector<TagPlace>> places_of(store::Transaction& tx, const Resource& on) {
  if (on.kind == ResourceKind::database) {
    WEIR_TRY(auto database, catalog::Databases(tx).get(on.catalog, on.database));
    if (database.target_database) return link_carries_none();
    return std::vector<TagPlace>{{on.catalog, on.database, "", ""}};
  }
  WEIR_TRY(auto table, table_there(tx, on));
  if (on.kind == ResourceKind::table) return std::vector<TagPlace>{{on.catalog, on.database, on.table, ""}};
  auto facts = facts_of(table);
  std::vector<TagPlace> out;
  for (const auto& name : on.columns.names()) {
    if (!facts.find(name))
      return base::invalid("cannot grant/revoke permission on non-existent column: " + name, "column");
    out.push_back({on.catalog, on.database, on.table, base::to_lower(name)});
  }
  return out;
}

base::Status check_value_there(store::Transaction& tx, const std::string& catalog, const Wanted& wanted) {
  WEIR_TRY(auto tag, lf_tag_there(tx, catalog, wanted.key));
  if (std::find(tag.values.begin(), tag.values.end(), wanted.value) != tag.values.end()) return {};
  return base::not_found("LF-Tag " + wanted.key + " has no value " + wanted.value + ".", "tag");
}

// There is room for it, or one of its key to replace: which takes what removing that one would.
base::Status check_placing(store::Transaction& tx, const TagRights& rights, const TagPlace& place,
                           const Wanted& wanted) {
  WEIR_TRY(auto there, permissions::assigned_at(tx, place));
  auto replaced = std::find_if(there.begin(), there.end(), [&](const auto& one) { return one.key == wanted.key; });
  if (replaced != there.end()) {
    auto refusal = rights.lacks(Privilege::associate, replaced->key, replaced->value);
    return refusal ? base::Status(std::move(refusal->error)) : base::Status();
  }
  if (there.size() < permissions::kTagsPerResourceMax) return {};
  return base::fail(base::Kind::limit_exceeded,
                    "A resource carries at most " + std::to_string(permissions::kTagsPerResourceMax) + " LF-Tags.",
                    "tag");
}

base::Status check_carried(store::Transaction& tx, const TagPlace& place, const Wanted& wanted) {
  WEIR_TRY(auto there, permissions::assigned_at(tx, place));
  bool carried = std::any_of(there.begin(), there.end(),
                             [&](const auto& one) { return one.key == wanted.key && one.value == wanted.value; });
  if (carried) return {};
  return base::not_found(
      "LF-Tag " + wanted.key + "=" + wanted.value + " is not assigned to " + place.text() + " itself.", "tag");
}

// One tag on every place, or on none of them.
base::Status add_one(store::Transaction& tx, const Call& call, const TagRights& rights,
                     const std::vector<TagPlace>& places, const Wanted& wanted) {
  WEIR_CHECK_OK(check_value_there(tx, places.front().catalog, wanted));
  for (const auto& place : places) WEIR_CHECK_OK(check_placing(tx, rights, place, wanted));
  permissions::TagAssignment assignment{wanted.key, wanted.value, call.now(),
                                        std::string(identity::lake_formation_principal(call.caller()))};
  for (const auto& place : places) WEIR_CHECK_OK(permissions::put_assignment(tx, place, assignment));
  return {};
}

base::Status remove_one(store::Transaction& tx, const Call&, const TagRights&, const std::vector<TagPlace>& places,
                        const Wanted& wanted) {
  for (const auto& place : places) WEIR_CHECK_OK(check_carried(tx, place, wanted));
  for (const auto& place : places) WEIR_CHECK_OK(permissions::erase_assignment(tx, place, wanted.key));
  return {};
}

using ChangeOne = base::Status (*)(store::Transaction&, const Call&, const TagRights&, const std::vector<TagPlace>&,
                                   const Wanted&);

// What the store itself says ends the request; what is wrong with a tag is that tag's failure.
bool is_of_the_tag(const base::Error& error) {
  return error.kind == base::Kind::invalid || error.kind == base::Kind::not_found ||
         error.kind == base::Kind::limit_exceeded || error.kind == base::Kind::denied;
}

// What was refused for what a place carries is recorded when the change is through: until then it may be tried again.
void record_refusals(Call& call, const Ask& ask, const std::vector<Wanted>& wanted, std::vector<TagFailure>& failures) {
  for (auto& failure : failures) {
    if (wanted[failure.index].error || failure.error.kind != base::Kind::denied) continue;
    failure.error = call.authorize(ask,
                                   [&] {
                                     return std::optional(Refusal{"Lake Formation", failure.error});
                                   })
                        .error();
  }
}

base::Result<std::vector<TagFailure>> change(Call& call, std::string_view action, const Resource& on,
                                             const std::vector<TagPair>& tags, ChangeOne change_one) {
  WEIR_CHECK_OK(check_can_carry(on));
  Ask ask{std::string(action)};
  WEIR_CHECK_OK(authorize_change(call, ask, on));
  TagRights rights(call, on.catalog);
  auto wanted = read_pairs(call, ask, rights, on.catalog, tags);
  std::vector<TagFailure> failures;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    failures.clear();
    WEIR_TRY(auto places, places_of(tx, on));
    for (size_t i = 0; i < wanted.size(); ++i) {
      auto status = wanted[i].error ? base::Status(*wanted[i].error) : change_one(tx, call, rights, places, wanted[i]);
      if (status.ok()) continue;
      if (!wanted[i].error && !is_of_the_tag(status.error())) return status;
      failures.push_back({i, status.error()});
    }
    return {};
  }));
  record_refusals(call, ask, wanted, failures);
  return failures;
}

// Both gates for reading the tags of a database or table; the table comes with what the caller sees of it.
struct Described {
  std::shared_ptr<const catalog::Table> table;
  permissions::Decision decision;
};
base::Result<Described> authorize_described(Call& call, const Resource& on) {
  call.about("resource", on.text());
  Ask ask{"lakeformation:GetResourceLFTags"};
  WEIR_CHECK_OK(check_reachable_catalog(call, ask, on.catalog));
  WEIR_TRY(auto owner, find_owner(call, on));
  auto question = owner.asked(call, Privilege::describe, on);
  if (!owner.there) {
    auto name = on.kind == ResourceKind::database ? "Database " + on.database : "Table " + on.table;
    return absent(call, ask, question, name + " not found.");
  }
  WEIR_TRY(auto decision, call.authorize(ask, question));
  return Described{owner.table, std::move(decision)};
}

void keep_described(Tags& tags, const TagRights& rights) {
  std::erase_if(tags, [&](const auto& tag) { return !rights.holds(Privilege::describe, tag.first, tag.second); });
}

// Asked for columns by name: those, each of which must be seen.
base::Status keep_columns(std::vector<ColumnTags>& columns, const Resource& on, const Described& described) {
  ShownColumns shown(described.decision);
  auto facts = facts_of(*described.table);
  if (on.kind == ResourceKind::columns) {
    for (const auto& name : on.columns.names())
      if (!facts.find(name) || !shown.shows(name))
        return base::invalid("cannot grant/revoke permission on non-existent column: " + name, "column");
  }
  std::erase_if(columns, [&](const ColumnTags& column) {
    bool asked = on.kind != ResourceKind::columns || on.columns.contains(base::to_lower(column.name));
    return !asked || !shown.shows(column.name);
  });
  return {};
}

}  // namespace

base::Result<std::vector<TagFailure>> add_lf_tags(Call& call, const Resource& on, const std::vector<TagPair>& tags) {
  return change(call, "lakeformation:AddLFTagsToResource", on, tags, &add_one);
}

base::Result<std::vector<TagFailure>> remove_lf_tags(Call& call, const Resource& on, const std::vector<TagPair>& tags) {
  return change(call, "lakeformation:RemoveLFTagsFromResource", on, tags, &remove_one);
}

base::Result<ResourceTags> get_resource_lf_tags(Call& call, const Resource& on, bool only_assigned) {
  WEIR_CHECK_OK(check_can_carry(on));
  WEIR_TRY(auto described, authorize_described(call, on));
  const auto& snapshot = call.state().permissions(on.catalog);
  ResourceTags out;
  if (!described.table) {
    out.database = tags_of_database(snapshot, on.database);
  } else {
    out = tags_of_table(snapshot, *described.table, only_assigned ? TagView::assigned : TagView::effective);
    WEIR_CHECK_OK(keep_columns(out.columns, on, described));
  }
  TagRights rights(call, on.catalog);
  keep_described(out.database, rights);
  keep_described(out.table, rights);
  for (auto& column : out.columns) keep_described(column.tags, rights);
  std::erase_if(out.columns, [](const ColumnTags& column) { return column.tags.empty(); });
  return out;
}

}  // namespace weir::app

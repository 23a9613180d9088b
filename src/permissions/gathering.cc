#include "permissions/gathering.h"

#include <algorithm>

#include "base/text.h"
#include "permissions/account_sight.h"
#include "permissions/location.h"
#include "permissions/principal.h"
#include "permissions/tagged_table.h"

namespace weir::permissions {
namespace {

constexpr PrivilegeSet kSelect{Privilege::select};
constexpr std::string_view kUnknownColumns = "the table's columns are not known here";

// Collects what the principals hold, one object at a time.
class Gathering {
 public:
  Gathering(const Question& question, const Snapshot& snapshot, KnownPrincipals principals, Decision& decision,
            std::vector<ViewSource>& sources, const AccountSight* sight)
      : question_(question),
        snapshot_(snapshot),
        decision_(decision),
        sources_(sources),
        principals_(std::move(principals)),
        sight_(sight) {}

  // Privileges held on an object as a whole.
  void object(ObjectId object, ResourceKind kind, const std::string& detail = {}) {
    for (const auto& principal : principals_) {
      const auto* held = snapshot_.held(principal.id, object);
      if (!held || held->privileges.empty()) continue;
      holds(Ground::grant, kind, held->privileges, principal, detail);
      if (kind == ResourceKind::all_tables) whole_table(held->privileges);
    }
  }

  // What is held on an LF-Tag as a whole amounts to on one value: ALTER and DROP are not of values, but imply DESCRIBE.
  void tag_of_value(ObjectId tag, const std::string& detail) {
    for (const auto& principal : principals_) {
      const auto* held = snapshot_.held(principal.id, tag);
      if (!held || held->privileges.empty()) continue;
      auto privileges = closure(held->privileges, Level::lf_tag) & valid_at(Level::lf_tag_values);
      holds(Ground::grant, ResourceKind::lf_tag, privileges, principal, detail);
    }
  }

  // Privileges on a table, and the column selections and filters held on it.
  void table(ObjectId table) {
    for (const auto& principal : principals_) {
      const auto* held = snapshot_.held(principal.id, table);
      if (!held) continue;
      if (!held->privileges.empty()) {
        holds(Ground::grant, ResourceKind::table, held->privileges, principal, {});
        whole_table(held->privileges);
      }
      if (held->partial) parts(*held->partial, table, principal);
    }
  }

  // Policies over the tags of a table.
  void policies_on_table(ObjectId table) {
    std::optional<TaggedTable> tagged;  // made for the first principal that has a policy
    for (const auto& principal : principals_)
      snapshot_.any_policy(principal.id, PolicyTarget::tables, [&](const HeldPolicy& policy) {
        if (!tagged)
          tagged.emplace(snapshot_.tags(), snapshot_.tags_of(snapshot_.database(question_.resource.database), table),
                         question_.table);
        return policy_on_table(policy, *tagged, principal), false;
      });
  }

  // Policies over the tags of a database.
  void policies_on_database(ObjectId database) {
    std::optional<TagPairs> tags;
    for (const auto& principal : principals_)
      snapshot_.any_policy(principal.id, PolicyTarget::databases, [&](const HeldPolicy& policy) {
        if (!tags) tags = snapshot_.tags_of(database);
        if (missing(policy, principal) || !snapshot_.tags().matches(policy.code, *tags)) return false;
        return holds(Ground::tag_policy, ResourceKind::database, policy.privileges, principal, matched(policy, *tags)),
               false;
      });
  }

  // Whoever holds something in a database sees the database.
  void content(const std::string& database) {
    for (const auto& principal : principals_) {
      if (decision_.held.has(Privilege::describe) || !snapshot_.reaches(principal.id, database)) continue;
      holds(Ground::content, ResourceKind::database, {Privilege::describe}, principal, "");
    }
  }

 private:
  void because(Ground ground, ResourceKind on, PrivilegeSet privileges, const KnownPrincipal& principal,
               std::string detail) {
    auto& one = decision_.because.emplace_back(Because{ground, on, privileges, *principal.text, std::move(detail)});
    if (!principal.under) return;
    one.share = principal.under->terms.share;
    if (principal.under->condition_read) one.saw = principal.under->condition_read->saw(question_.caller.tags);
  }

  void holds(Ground ground, ResourceKind on, PrivilegeSet privileges, const KnownPrincipal& principal,
             std::string detail) {
    decision_.held |= privileges;
    because(ground, on, privileges, principal, std::move(detail));
  }

  void whole_table(PrivilegeSet privileges) {
    decision_.full_schema = true;
    if (allows(privileges, Privilege::select, Level::table)) sources_.push_back({ColumnSet::all(), catalog::always()});
  }

  void source(ColumnSet columns, catalog::PredicatePtr rows, Ground ground, const KnownPrincipal& principal,
              std::string detail) {
    sources_.push_back({std::move(columns), std::move(rows)});
    auto on = ground == Ground::filter ? ResourceKind::data_cells_filter : ResourceKind::columns;
    holds(ground, on, kSelect, principal, std::move(detail));
  }

  void set_aside(ResourceKind on, const KnownPrincipal& principal, std::string why, PrivilegeSet privileges = kSelect) {
    because(Ground::set_aside, on, privileges, principal, std::move(why));
  }

  void parts(const PartialGrants& partial, ObjectId table, const KnownPrincipal& principal) {
    sources_.reserve(sources_.size() + partial.filters.size() + 1);
    decision_.because.reserve(decision_.because.size() + partial.filters.size() + 1);
    if (!partial.columns.is_empty()) columns(partial.columns, principal);
    for (const auto& filter : partial.filters) one_filter(filter, table, principal);
  }

  void columns(const ColumnSet& columns, const KnownPrincipal& principal) {
    if (!question_.table) return set_aside(ResourceKind::columns, principal, std::string(kUnknownColumns));
    if (auto fits = bind(columns, *question_.table); !fits.ok())
      return set_aside(ResourceKind::columns, principal, columns.text() + ": " + fits.error().says);
    source(columns, catalog::always(), Ground::columns, principal, columns.text());
  }

  void one_filter(const HeldFilter& held, ObjectId table, const KnownPrincipal& principal) {
    if (!held.privileges.has(Privilege::select)) return;
    auto aside = [&](const std::string& why) {
      set_aside(ResourceKind::data_cells_filter, principal, held.name + ": " + why);
    };
    std::string_view local_to = principal.under ? std::string_view(principal.under->terms.local_to) : "";
    const auto* filter = snapshot_.filter(table, held.name, local_to);
    if (!filter) return aside("there is no such filter");
    if (!question_.table) return aside(std::string(kUnknownColumns));
    auto rows = bind(*filter, *question_.table);
    if (!rows.ok()) return aside(rows.error().says);
    if (auto objection = sight_ ? sight_->objection(*filter, table, *rows) : ""; !objection.empty())
      return aside(objection);
    source(filter->record.columns, std::move(*rows), Ground::filter, principal, held.name);
  }

  // A policy without code goes by the name of an expression that is gone.
  bool missing(const HeldPolicy& policy, const KnownPrincipal& principal) {
    if (!policy.code.empty()) return false;
    set_aside(ResourceKind::lf_tag_policy, principal, policy.text + ": there is no such expression", policy.privileges);
    return true;
  }

  std::string matched(const HeldPolicy& policy, const TagPairs& tags) const {
    return policy.text + " (matched by " + snapshot_.tags().matched_text(policy.code, tags) + ")";
  }

  void policy_on_table(const HeldPolicy& policy, const TaggedTable& table, const KnownPrincipal& principal) {
    if (missing(policy, principal)) return;
    auto match = table.match(policy.code);
    if (match == TagMatch::nothing) return;
    if (match == TagMatch::part) return policy_on_columns(policy, table, principal);
    holds(Ground::tag_policy, ResourceKind::table, policy.privileges, principal,
          matched(policy, table.witness(policy.code)));
    whole_table(policy.privileges);
  }

  // 2.12: where only some columns match, SELECT shows these, and anything else is no more than their description.
  void policy_on_columns(const HeldPolicy& policy, const TaggedTable& table, const KnownPrincipal& principal) {
    auto detail = matched(policy, table.witness(policy.code));
    if (!question_.table)
      return set_aside(ResourceKind::lf_tag_policy, principal, detail + ": " + std::string(kUnknownColumns),
                       policy.privileges);
    auto names = table.matching_columns(policy.code);
    auto left = policy.privileges - PrivilegeSet{Privilege::select, Privilege::describe};
    detail += "; the table does not match as a whole, only " + base::join(names, ", ");
    if (!left.empty()) detail += ": of " + left.text() + " only what " + part_of(left).text() + " allows remains";
    auto columns = ColumnSet::only(names);
    if (part_of(policy.privileges).has(Privilege::select)) sources_.push_back({columns, catalog::always()});
    decision_.described = decision_.described.united(columns);
    holds(Ground::tag_columns, ResourceKind::columns, part_of(policy.privileges), principal, std::move(detail));
  }
  static PrivilegeSet part_of(PrivilegeSet privileges) {
    PrivilegeSet out = privileges & kSelect;
    if (privileges.has(Privilege::all)) out |= kSelect;
    if (!privileges.subset_of(kSelect)) out.insert(Privilege::describe);
    return out;
  }

  const Question& question_;
  const Snapshot& snapshot_;
  Decision& decision_;
  std::vector<ViewSource>& sources_;
  KnownPrincipals principals_;
  const AccountSight* sight_;
};

void gather_table(const Resource& resource, const Snapshot& snapshot, Gathering& gathering) {
  auto table = snapshot.table(resource.database, resource.table);
  gathering.table(table);
  gathering.object(snapshot.all_tables(resource.database), ResourceKind::all_tables);
  gathering.policies_on_table(table);
}

void gather_database(const Resource& resource, const Snapshot& snapshot, Gathering& gathering) {
  auto database = snapshot.database(resource.database);
  gathering.object(database, resource.kind);
  gathering.policies_on_database(database);
  gathering.content(resource.database);
}

// A value is covered by a grant on all the values; ALTER and DROP are of the tag as a whole.
void gather_tag(const Resource& resource, const Snapshot& snapshot, Gathering& gathering) {
  gathering.object(snapshot.tag(resource.tag_key, resource.tag_value), resource.kind);
  if (resource.tag_value != kAnyTagValue)
    gathering.tag_of_value(snapshot.tag(resource.tag_key, kAnyTagValue),
                           "LF-Tag " + resource.tag_key + "=" + std::string(kAnyTagValue));
}

void gather_location(const Resource& resource, const Snapshot& snapshot, Gathering& gathering) {
  each_parent(canonical(resource.location), [&](const names::S3Path& parent) {
    gathering.object(snapshot.location(parent), ResourceKind::data_location, parent.url());
    return false;
  });
}

// 2.5: administrators see every description, hold every data location and LF-Tag and may create databases and
// LF-Tags; they do not read, alter or drop what others made.
PrivilegeSet implied_by_administration(const Resource& resource) {
  constexpr PrivilegeSet kDescribe{Privilege::describe};
  switch (resource.kind) {
    case ResourceKind::catalog:
      return {Privilege::describe, Privilege::create_database, Privilege::create_lf_tag,
              Privilege::create_lf_tag_expression};
    case ResourceKind::data_location: return {Privilege::data_location_access};
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_expression: return valid_at(resource.level());
    case ResourceKind::database:
    case ResourceKind::table:
    case ResourceKind::all_tables:
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag_policy: break;
  }
  return kDescribe;
}

}  // namespace

// Read-only administrators only see.
void gather_administration(const Question& question, const Snapshot& snapshot, Decision& decision) {
  bool admin = is_admin(question.caller, snapshot.settings());
  if (!admin && !is_read_only_admin(question.caller, snapshot.settings())) return;
  auto implicit = admin ? implied_by_administration(question.resource) : PrivilegeSet{Privilege::describe};
  decision.held |= implicit;
  decision.full_schema = true;
  auto ground = admin ? Ground::administrator : Ground::read_only_administrator;
  decision.because.push_back({ground, question.resource.kind, implicit, question.caller.principals.front(), ""});
}

void gather_privileged(const Question& question, const Snapshot& snapshot, Decision& decision,
                       std::vector<ViewSource>& sources) {
  const auto& resource = question.resource;
  bool is_location = resource.kind == ResourceKind::data_location;
  if (!is_location && resource.kind != ResourceKind::table && resource.kind != ResourceKind::database) return;
  auto place = is_location ? std::optional(resource.location) : question.where();
  const auto* who = privileged_at(place, question.caller.principals, snapshot);
  if (!who) return;
  auto privileges = is_location ? PrivilegeSet{Privilege::data_location_access} : PrivilegeSet{Privilege::all};
  decision.held |= privileges;
  decision.full_schema = true;
  if (resource.kind == ResourceKind::table) sources.push_back({ColumnSet::all(), catalog::always()});
  decision.because.push_back({Ground::privileged_location, resource.kind, privileges, *who, place->url()});
}

void gather_grants(const Question& question, const Snapshot& snapshot, KnownPrincipals principals, Decision& decision,
                   std::vector<ViewSource>& sources, const AccountSight* sight) {
  Gathering gathering(question, snapshot, std::move(principals), decision, sources, sight);
  const auto& resource = question.resource;
  switch (resource.kind) {
    case ResourceKind::catalog: return gathering.object(snapshot.catalog(), resource.kind);
    case ResourceKind::database: return gather_database(resource, snapshot, gathering);
    case ResourceKind::all_tables: return gathering.object(snapshot.all_tables(resource.database), resource.kind);
    case ResourceKind::table: return gather_table(resource, snapshot, gathering);
    case ResourceKind::data_location: return gather_location(resource, snapshot, gathering);
    case ResourceKind::lf_tag: return gather_tag(resource, snapshot, gathering);
    case ResourceKind::lf_tag_expression:
      return gathering.object(snapshot.expression(resource.expression_name), resource.kind);
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag_policy: return;  // not asked about: the table is
  }
}

void gather_aside(const Question& question, const Snapshot& snapshot, KnownPrincipals principals, std::string_view why,
                  Decision& decision) {
  if (principals.empty()) return;
  Decision would;
  std::vector<ViewSource> sources;
  gather_grants(question, snapshot, std::move(principals), would, sources);
  for (auto& because : would.because) {
    because.ground = Ground::set_aside;
    because.detail = why;
    decision.because.push_back(std::move(because));
  }
}

}  // namespace weir::permissions

#include "permissions/gathering.h"

#include <algorithm>

#include "permissions/location.h"
#include "permissions/principal.h"

namespace weir::permissions {
namespace {

constexpr PrivilegeSet kSelect{Privilege::select};

bool any_is(const Caller& caller, bool (DataLakeSettings::*test)(std::string_view) const,
            const DataLakeSettings& settings) {
  return std::any_of(caller.principals.begin(), caller.principals.end(),
                     [&](const auto& principal) { return (settings.*test)(principal); });
}

// Collects what the principals hold, one object at a time.
class Gathering {
 public:
  Gathering(const Question& question, const Snapshot& snapshot, Decision& decision, std::vector<ViewSource>& sources)
      : question_(question),
        snapshot_(snapshot),
        decision_(decision),
        sources_(sources),
        principals_(known_principals(question.caller, snapshot)) {}

  // Counts what everybody holds, too. Tables never do: there everybody holds ALL or nothing.
  void count_everybody() { principals_.push_back(everybody(snapshot_)); }

  // Privileges held on an object as a whole.
  void object(ObjectId object, ResourceKind kind, const std::string& detail = {}) {
    for (const auto& principal : principals_) {
      const auto* held = snapshot_.held(principal.id, object);
      if (!held || held->privileges.empty()) continue;
      decision_.held |= held->privileges;
      decision_.because.push_back({Ground::grant, kind, held->privileges, *principal.text, detail});
      if (kind == ResourceKind::table || kind == ResourceKind::all_tables) whole_table(held->privileges);
    }
  }

  // Column selections and filters held on a table.
  void parts_of(ObjectId table) {
    for (const auto& principal : principals_) {
      const auto* held = snapshot_.held(principal.id, table);
      if (!held || !held->partial) continue;
      sources_.reserve(sources_.size() + held->partial->filters.size() + 1);
      decision_.because.reserve(decision_.because.size() + held->partial->filters.size() + 1);
      if (!held->partial->columns.is_empty()) columns(held->partial->columns, principal);
      for (const auto& filter : held->partial->filters) one_filter(filter, table, principal);
    }
  }

  // Whoever holds something in a database sees the database.
  void content(const std::string& database) {
    for (const auto& principal : principals_) {
      if (decision_.held.has(Privilege::describe) || !snapshot_.reaches(principal.id, database)) continue;
      decision_.held.insert(Privilege::describe);
      decision_.because.push_back(
          {Ground::content, ResourceKind::database, {Privilege::describe}, *principal.text, ""});
    }
  }

 private:
  void whole_table(PrivilegeSet privileges) {
    decision_.full_schema = true;
    if (allows(privileges, Privilege::select, Level::table)) sources_.push_back({ColumnSet::all(), catalog::always()});
  }

  void source(ColumnSet columns, catalog::PredicatePtr rows, Ground ground, const KnownPrincipal& principal,
              std::string detail) {
    sources_.push_back({std::move(columns), std::move(rows)});
    decision_.held |= kSelect;
    auto on = ground == Ground::filter ? ResourceKind::data_cells_filter : ResourceKind::columns;
    decision_.because.push_back({ground, on, kSelect, *principal.text, std::move(detail)});
  }

  void set_aside(ResourceKind on, const KnownPrincipal& principal, std::string why) {
    decision_.because.push_back({Ground::set_aside, on, kSelect, *principal.text, std::move(why)});
  }

  void columns(const ColumnSet& columns, const KnownPrincipal& principal) {
    if (!question_.table) return set_aside(ResourceKind::columns, principal, "the table's columns are not known here");
    if (auto fits = bind(columns, *question_.table); !fits.ok())
      return set_aside(ResourceKind::columns, principal, columns.text() + ": " + fits.error().says);
    source(columns, catalog::always(), Ground::columns, principal, columns.text());
  }

  void one_filter(const HeldFilter& held, ObjectId table, const KnownPrincipal& principal) {
    if (!held.privileges.has(Privilege::select)) return;
    auto aside = [&](const std::string& why) {
      set_aside(ResourceKind::data_cells_filter, principal, held.name + ": " + why);
    };
    const auto* filter = snapshot_.filter(table, held.name);
    if (!filter) return aside("there is no such filter");
    if (!question_.table) return aside("the table's columns are not known here");
    auto rows = bind(*filter, *question_.table);
    if (!rows.ok()) return aside(rows.error().says);
    source(filter->record.columns, std::move(*rows), Ground::filter, principal, held.name);
  }

  const Question& question_;
  const Snapshot& snapshot_;
  Decision& decision_;
  std::vector<ViewSource>& sources_;
  std::vector<KnownPrincipal> principals_;
};

void gather_table(const Resource& resource, const Snapshot& snapshot, Gathering& gathering) {
  auto table = snapshot.table(resource.database, resource.table);
  gathering.object(table, ResourceKind::table);
  gathering.object(snapshot.all_tables(resource.database), ResourceKind::all_tables);
  gathering.parts_of(table);
}

void gather_location(const Resource& resource, const Snapshot& snapshot, Gathering& gathering) {
  each_parent(canonical(resource.location), [&](const names::S3Path& parent) {
    gathering.object(snapshot.location(parent), ResourceKind::data_location, parent.url());
    return false;
  });
}

std::string to_whom(const Question& question) {
  return question.caller.principals.empty() ? "the caller" : question.caller.principals.front();
}

bool stands_aside(const Decision& decision) {
  return std::any_of(decision.because.begin(), decision.because.end(),
                     [](const auto& because) { return because.ground == Ground::set_aside; });
}

}  // namespace

std::vector<KnownPrincipal> known_principals(const Caller& caller, const Snapshot& snapshot) {
  std::vector<KnownPrincipal> out;
  out.reserve(caller.principals.size());
  for (const auto& text : caller.principals) {
    auto id = snapshot.principal(text);
    // The group of everybody is nobody's name; it is counted where it counts, whoever asks.
    if (id != PrincipalId::none && text != kIamAllowedPrincipals) out.push_back({id, &text});
  }
  return out;
}

KnownPrincipal everybody(const Snapshot& snapshot) {
  static const std::string name(kIamAllowedPrincipals);
  return {snapshot.principal(name), &name};
}

bool iam_alone_decides(const Resource& resource, const Snapshot& snapshot) {
  auto group = everybody(snapshot).id;
  auto holds_all = [&](ObjectId object) {
    const auto* held = snapshot.held(group, object);
    return held && held->privileges.has(Privilege::all);
  };
  if (group == PrincipalId::none) return false;
  switch (resource.kind) {
    case ResourceKind::table:
      return holds_all(snapshot.table(resource.database, resource.table)) ||
             holds_all(snapshot.all_tables(resource.database));
    case ResourceKind::all_tables: return holds_all(snapshot.all_tables(resource.database));
    case ResourceKind::database: return holds_all(snapshot.database(resource.database));
    case ResourceKind::catalog:
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter:
    case ResourceKind::data_location:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_policy:
    case ResourceKind::lf_tag_expression: return false;
  }
  return false;
}

bool is_admin(const Caller& caller, const DataLakeSettings& settings) {
  return any_is(caller, &DataLakeSettings::is_admin, settings);
}
bool is_read_only_admin(const Caller& caller, const DataLakeSettings& settings) {
  return any_is(caller, &DataLakeSettings::is_read_only_admin, settings);
}

// 2.5: administrators see every description, hold every data location and may create databases; they do
// not read, alter or drop what others made. Read-only administrators only see.
void gather_administration(const Question& question, const Snapshot& snapshot, Decision& decision) {
  bool admin = is_admin(question.caller, snapshot.settings());
  if (!admin && !is_read_only_admin(question.caller, snapshot.settings())) return;
  PrivilegeSet implicit{Privilege::describe};
  if (admin && question.resource.kind == ResourceKind::data_location) implicit = {Privilege::data_location_access};
  if (admin && question.resource.kind == ResourceKind::catalog) implicit.insert(Privilege::create_database);
  decision.held |= implicit;
  decision.full_schema = true;
  auto ground = admin ? Ground::administrator : Ground::read_only_administrator;
  decision.because.push_back({ground, question.resource.kind, implicit, to_whom(question), ""});
}

void gather_grants(const Question& question, const Snapshot& snapshot, Decision& decision,
                   std::vector<ViewSource>& sources) {
  Gathering gathering(question, snapshot, decision, sources);
  const auto& resource = question.resource;
  switch (resource.kind) {
    case ResourceKind::catalog: gathering.count_everybody(); return gathering.object(snapshot.catalog(), resource.kind);
    case ResourceKind::database:
      gathering.count_everybody();
      gathering.object(snapshot.database(resource.database), resource.kind);
      return gathering.content(resource.database);
    case ResourceKind::all_tables: return gathering.object(snapshot.all_tables(resource.database), resource.kind);
    case ResourceKind::table: return gather_table(resource, snapshot, gathering);
    case ResourceKind::data_location: return gather_location(resource, snapshot, gathering);
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_policy:
    case ResourceKind::lf_tag_expression: return;  // not asked about: the table is
  }
}

std::string what_is_missing(const Question& question, const Decision& decision) {
  if (question.caller.principals.empty()) return "nothing: the caller has no principal that could hold a permission";
  if (question.caller.account != question.resource.catalog)
    return "nothing: " + question.resource.text() + " belongs to account " + question.resource.catalog +
           ", and this server does not share it with account " + question.caller.account;
  auto asked = std::string(name_of(question.asked));
  auto level = question.resource.level();
  if (!valid_at(level).has(question.asked))
    return "nothing: " + asked + " does not exist on " + std::string(name_of(level));
  std::string out = "grant " + asked + " on " + question.resource.text() + " to " + to_whom(question);
  bool admin = std::any_of(decision.because.begin(), decision.because.end(),
                           [](const auto& because) { return because.ground == Ground::administrator; });
  if (admin) out += "; a data lake administrator sees descriptions only, and may make this grant itself";
  if (stands_aside(decision)) out += "; or repair what was set aside";
  return out;
}

namespace {

std::string where(const Because& because, const Resource& resource) {
  switch (because.on) {
    case ResourceKind::all_tables: return "all tables of " + resource.database;
    case ResourceKind::columns: return "columns of " + resource.database + "." + resource.table;
    case ResourceKind::data_cells_filter: return "a filter on " + resource.database + "." + resource.table;
    case ResourceKind::data_location: return because.detail.empty() ? resource.text() : "location " + because.detail;
    case ResourceKind::catalog:
    case ResourceKind::database:
    case ResourceKind::table:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_policy:
    case ResourceKind::lf_tag_expression: break;
  }
  return resource.text();
}

}  // namespace

std::string says(const Because& because, const Resource& resource) {
  const auto dotted = resource.database + "." + resource.table;
  switch (because.ground) {
    case Ground::grant:
      return because.principal + " holds " + because.privileges.text() + " on " + where(because, resource);
    case Ground::columns: return because.principal + " holds SELECT on columns " + because.detail + " of " + dotted;
    case Ground::filter: return because.principal + " holds SELECT through filter " + because.detail + " on " + dotted;
    case Ground::administrator:
      return because.principal + " is a data lake administrator: " + because.privileges.text();
    case Ground::read_only_administrator:
      return because.principal + " is a read-only administrator: " + because.privileges.text();
    case Ground::iam_alone:
      return "IAM_ALLOWED_PRINCIPALS holds ALL on " + resource.text() +
             " or around it: Lake Formation does not restrict it, IAM alone decides";
    case Ground::content: return because.principal + " holds something in " + resource.text() + ", and so sees it";
    case Ground::set_aside:
      return "not counted: SELECT of " + because.principal + " on " + where(because, resource) + ": " + because.detail;
    case Ground::other_account: return "account " + because.principal + " is not the owner, " + resource.catalog;
  }
  return {};
}

}  // namespace weir::permissions

#include "app/explain/grant_lineage.h"

#include "app/catalog/databases.h"
#include "app/catalog/link_target.h"
#include "app/explain/asked_principal.h"
#include "app/explain/lineage_walk.h"
#include "base/text.h"
#include "permissions/principal.h"

namespace weir::app {
namespace {

using permissions::ResourceKind;

// Of another account's catalog an account hears what its own people have of it; who else has something, it does not.
bool may_ask_there(const Call& call, const std::string& owner, const std::string& principal) {
  const auto& own = call.caller().account();
  if (owner == own || identity::lake_formation_principal(call.caller()) == principal) return true;
  auto parsed = permissions::Principal::parse(principal);
  return parsed.ok() && parsed->account() == own && !is_organizational(*parsed);
}

// What is asked about: a table of a linked database as the link, with the name it has where the link leads.
struct Asked {
  Subject subject;
  std::optional<LinkTarget> target = {};
};

base::Result<Asked> asked_about(Call& call, const LineageRequest& request) {
  auto parts = base::split_n(request.resource, '.', 3);
  WEIR_TRY(auto database, find_database(call, {request.catalog, base::to_lower(parts.front())}));
  auto target = database ? target_of(*database) : std::nullopt;
  bool through = target && parts.size() > 1;
  auto text = through ? parts.front() : std::string_view(request.resource);
  WEIR_TRY(auto subject, subject_of(call, text, request.catalog, permissions::Privilege::describe));
  bool served = subject.resource.kind == ResourceKind::database || subject.resource.kind == ResourceKind::table;
  if (!served || parts.size() > 2) return base::invalid("Lineage is told of a database or a table.", "resource");
  if (through) target->name.table = base::to_lower(parts[1]);
  if (subject.table) target = target_of(*subject.table);
  return Asked{std::move(subject), std::move(target)};
}

// Where a resource link leads is told to who may describe the link.
bool may_follow(const Call& call, const Asked& asked, const permissions::Caller& caller) {
  const auto& snapshot = call.state().permissions(asked.subject.resource.catalog);
  return asked.target && decide_on(asked.subject, caller, permissions::Privilege::describe, snapshot).allowed();
}

// Whose lineage it is, and as whom somebody asks for it.
struct Whose {
  std::string principal;
  bool self = false;
  bool administers = false;

  permissions::Caller before(const Call& call, const std::string& owner) const {
    return self ? call.lake_caller(owner) : asked_principal(call, owner, principal);
  }
};

base::Result<Whose> whose(const Call& call, const LineageRequest& request) {
  Whose out{request.principal, identity::lake_formation_principal(call.caller()) == request.principal,
            may_ask_about_others(call, call.caller().account())};
  if (!out.self && !out.administers)
    return base::denied("Only data lake administrators may ask about other principals.", "access");
  if (!may_ask_there(call, request.catalog, request.principal))
    return base::denied("Of another account's catalog one asks about principals of one's own account.", "access");
  return out;
}

base::Status add_behind_link(Call& call, const LinkTarget& target, const Subject& link, const Whose& whose,
                             GrantLineage& out) {
  const auto& name = target.name;
  if (!may_ask_there(call, name.catalog, whose.principal)) return {};
  out.links.push_back({.kind = LineageKind::link, .from = target.text(), .to = link.resource.text()});
  auto text = name.table.empty() ? name.database : name.database + "." + name.table;
  auto there = subject_of(call, text, name.catalog, permissions::Privilege::describe);
  if (!there) return {};
  auto caller = whose.before(call, name.catalog);
  WEIR_TRY(auto behind, walk_back(call, *there, whose.principal, caller, whose.administers));
  out.links.insert(out.links.end(), behind.links.begin(), behind.links.end());
  out.complete = out.complete && behind.complete;
  return {};
}

}  // namespace

base::Result<GrantLineage> grant_lineage(Call& call, const LineageRequest& request) {
  call.about("principal", request.principal);
  call.about("resource", request.resource);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListPermissions"}));
  WEIR_TRY(auto who, whose(call, request));
  WEIR_TRY(auto asked, asked_about(call, request));
  auto caller = who.before(call, request.catalog);
  WEIR_TRY(auto out, walk_back(call, asked.subject, who.principal, caller, who.administers));
  if (may_follow(call, asked, caller)) WEIR_CHECK_OK(add_behind_link(call, *asked.target, asked.subject, who, out));
  return out;
}

}  // namespace weir::app

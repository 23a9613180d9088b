// Where what a principal has of a table or database came from: who granted it to whom, through which share, LF-Tag,
// request or link, back to an administrator or to the account that owns it.
//
// It is read off the records of grants, which say who changed them last and when. Whether that was an administrator is
// asked of the settings as they are: what they were then is not recorded. What went into a share for a request is told
// twice, as both. Of a resource link, and of a table in a linked database, it goes on where the link leads.
//
// Invariants:
//  1. Each account hears its own half: of another one the account alone is named, and neither who of it granted nor when. Of another
//     account's catalog it hears of principals of its own alone, and of what shares that they joined gave them.
//  2. Who is no data lake administrator is told of grants to itself and its groups, not of what those rest on:
//     `complete` is false.
//
// Bounds: kLineageLinksMax links, kLineageGrantsMax grants of each principal looked at; beyond, `complete` is false.
//
// Errors: as explain().
//
// Threads: the Call's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"

namespace weir::app {

inline constexpr size_t kLineageLinksMax = 200, kLineageGrantsMax = 2000;

struct LineageRequest {
  std::string catalog;
  std::string resource;   // database or database.table
  std::string principal;  // ARN
};

enum class LineageKind { grant, lf_tag, share, link, request, creator, administrator };

struct LineageLink {
  LineageKind kind = LineageKind::grant;
  std::string from = {}, to = {};  // principals, accounts; of resource links, resources
  std::string on = {};             // what is held: "table sales.orders"
  permissions::PrivilegeSet privileges = {}, grantable = {};
  std::string condition = {};
  std::string id = {};  // of the share, the LF-Tag expression, the request
  std::string by = {};  // who made it, within the caller's account
  std::optional<base::Instant> at = {};
};

struct GrantLineage {
  std::vector<LineageLink> links;  // from the principal back
  bool complete = true;
};

base::Result<GrantLineage> grant_lineage(Call& call, const LineageRequest& request);

}  // namespace weir::app

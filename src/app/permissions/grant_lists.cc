#include "app/permissions/grant_lists.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/catalog/each_table.h"
#include "app/catalog/governed_table.h"
#include "app/permissions/data_lake_settings.h"
#include "app/permissions/effective_permissions.h"
#include "app/permissions/grant_sources.h"
#include "base/text.h"

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::Page;
using permissions::Resource;

constexpr size_t kAtOnce = 512;

using Shown = std::function<std::optional<Grant>(Grant)>;

// What the caller sees of the grants of a type. Of another account's catalog: what that owns.
Shown sight_of(const Call& call, const std::string& catalog, std::optional<GrantType> type) {
  auto sight = std::make_shared<GrantSight>(call);
  bool foreign = catalog != call.caller().account();
  return [=](Grant grant) -> std::optional<Grant> {
    if (type && !is_of(*type, grant.resource)) return std::nullopt;
    if (foreign && grant.resource.catalog != catalog) return std::nullopt;
    return sight->shown(std::move(grant));
  };
}

base::Error bad_token() { return base::invalid("The NextToken is not one of this list.", "token"); }

// --- everything, or everything of a principal: streamed

// Where a stream goes on: behind a grant, with some rows of the next run shown already.
struct Place {
  std::string after;
  size_t shown = 0;
};

base::Result<Place> parse_place(const std::string& token) {
  if (token.empty()) return Place{};
  auto dot = token.rfind('.');
  auto shown = base::parse_int(dot == token.npos ? "" : std::string_view(token).substr(dot + 1));
  if (!shown || *shown < 0) return bad_token();
  return Place{token.substr(0, dot), static_cast<size_t>(*shown)};
}

// A store's token is the last key shown.
std::string place_after(const Grant& grant) { return base::base64url(permissions::grant_key(grant)); }

// Turns grants in their order into a page of rows. add() says false when the page is full.
class RowStream {
 public:
  RowStream(Place from, size_t limit, const Shown& shown)
      : before_run_(std::move(from)), limit_(limit), shown_(shown) {}

  bool add(Grant grant) {
    if (!run_.empty() && !joins(run_.back(), grant) && !flush()) return false;
    run_.push_back(std::move(grant));
    return true;
  }
  Page<GrantRow> finish() {
    if (!run_.empty() && page_.next.empty()) flush();
    return std::move(page_);
  }

 private:
  bool flush() {
    auto last = place_after(run_.back());
    std::vector<Grant> seen;
    for (auto& grant : run_)
      if (auto one = shown_(std::move(grant))) seen.push_back(std::move(*one));
    run_.clear();
    auto rows = rows_of(std::move(seen));
    for (size_t i = before_run_.shown; i < rows.size(); ++i) {
      if (page_.items.size() == limit_) return page_.next = before_run_.after + "." + std::to_string(i), false;
      page_.items.push_back(std::move(rows[i]));
    }
    before_run_ = {std::move(last), 0};
    return true;
  }

  Place before_run_;
  size_t limit_;
  const Shown& shown_;
  std::vector<Grant> run_;
  Page<GrantRow> page_;
};

base::Result<Page<GrantRow>> stream(const Call& call, store::Transaction& tx, const ListGrants& request,
                                    const Shown& shown) {
  WEIR_TRY(auto from, parse_place(request.token));
  WEIR_TRY(auto sources, sources_of(call, request.catalog, request.principal, from.after));
  RowStream rows(from, request.limit, shown);
  for (const auto& source : sources) {
    for (auto token = source.from;;) {
      WEIR_TRY(auto grants, permissions::list_grants(tx, source.account, source.scope, token, kAtOnce));
      for (auto& grant : grants.items)
        if (!rows.add(std::move(grant))) return rows.finish();
      if (grants.next.empty()) break;
      token = grants.next;
    }
  }
  return rows.finish();
}

// --- of some resources: gathered, ordered, cut

base::Status gather(store::Transaction& tx, const std::string& catalog, const permissions::GrantScope& scope,
                    const Shown& shown, std::vector<Grant>& out) {
  for (std::string token;;) {
    WEIR_TRY(auto page, permissions::list_grants(tx, catalog, scope, token, kAtOnce));
    for (auto& grant : page.items)
      if (auto one = shown(std::move(grant))) out.push_back(std::move(*one));
    if (page.next.empty()) return {};
    token = page.next;
  }
}

std::vector<GrantRow> rows_of_all(std::vector<Grant> grants) {
  std::stable_sort(grants.begin(), grants.end(),
                   [](const Grant& a, const Grant& b) { return a.principal < b.principal; });
  std::vector<GrantRow> out;
  std::vector<Grant> run;
  auto flush = [&] {
    for (auto& row : rows_of(std::exchange(run, {}))) out.push_back(std::move(row));
  };
  for (auto& grant : grants) {
    if (!run.empty() && !joins(run.back(), grant)) flush();
    run.push_back(std::move(grant));
  }
  flush();
  return out;
}

using Ordered = std::map<std::string, GrantRow>;  // by what they are paged by

Ordered ordered(std::vector<GrantRow> rows) {
  Ordered out;
  for (auto& row : rows) out.emplace(order_of(row), std::move(row));
  return out;
}

base::Result<Page<GrantRow>> cut(Ordered rows, const std::string& token, size_t limit) {
  auto at = rows.begin();
  if (!token.empty()) {
    auto last = base::unbase64url(token);
    if (!last) return bad_token();
    at = rows.upper_bound(*last);
  }
  Page<GrantRow> page;
  std::string last;
  for (; at != rows.end() && page.items.size() < limit; ++at) {
    last = at->first;
    page.items.push_back(std::move(at->second));
  }
  if (at != rows.end()) page.next = base::base64url(last);
  return page;
}

base::Result<std::vector<GrantRow>> rows_on(const Call& call, store::Transaction& tx, const ListGrants& request,
                                            const Shown& shown) {
  std::vector<Grant> grants;
  for (const auto& resource : request.resources) {
    permissions::GrantScope scope;
    scope.resource = resource;
    scope.with_filters = request.with_filters;
    for (const auto& home : std::set{resource.catalog, call.caller().account()})
      WEIR_CHECK_OK(gather(tx, home, scope, shown, grants));
  }
  return rows_of_all(std::move(grants));
}

base::Result<std::vector<GrantRow>> effective_rows(const Call& call, store::Transaction& tx, const ListGrants& request,
                                                   const Shown& shown) {
  std::vector<Grant> grants;
  for (const auto& resource : request.resources) {
    WEIR_TRY(auto effective, effective_permissions(call, tx, *request.principal, resource));
    for (auto& grant : effective)
      if (auto one = shown(std::move(grant))) grants.push_back(std::move(*one));
  }
  return rows_of_all(std::move(grants));
}

// --- by path

struct Located {
  Resource resource;
  bool exactly = false;
};

// Databases and tables of the account whose location is the path or below it.
base::Result<std::vector<Located>> located(store::Transaction& tx, const std::string& account,
                                           const names::S3Path& path) {
  std::vector<Located> out;
  auto add = [&](base::Result<Resource> resource, const std::string& location) -> base::Status {
    auto place = names::S3Path::parse(location);
    if (!place || !path.covers(*place)) return {};
    WEIR_TRY(auto one, std::move(resource));
    out.push_back({std::move(one), permissions::canonical(*place) == path});
    return {};
  };
  WEIR_CHECK_OK(each_database(tx, account, [&](const catalog::Database& database) -> base::Status {
    if (!database.location_uri) return {};
    return add(Resource::of_database(account, database.name), *database.location_uri);
  }));
  WEIR_CHECK_OK(each_table(tx, account, [&](const catalog::Table& table) -> base::Status {
    if (!table.storage_descriptor || !table.storage_descriptor->location) return {};
    return add(Resource::of_table(account, table.database_name, table.name), *table.storage_descriptor->location);
  }));
  return out;
}

// The resources whose grants concern what is located there.
base::Result<std::vector<Resource>> around(const Located& found) {
  std::vector<Resource> out{found.resource};
  if (found.resource.kind != permissions::ResourceKind::table) return out;
  WEIR_TRY(auto all_tables, Resource::of_all_tables(found.resource.catalog, found.resource.database));
  out.push_back(std::move(all_tables));
  return out;
}

base::Result<Ordered> rows_at(store::Transaction& tx, const std::string& catalog, const std::vector<Located>& found,
                              const Shown& shown) {
  Ordered out;
  for (const auto& one : found) {
    WEIR_TRY(auto resources, around(one));
    std::vector<Grant> grants;
    for (auto& resource : resources) {
      permissions::GrantScope scope;
      scope.resource = std::move(resource);
      scope.with_filters = true;
      WEIR_CHECK_OK(gather(tx, catalog, scope, shown, grants));
    }
    for (auto& row : rows_of_all(std::move(grants)))
      out.emplace((one.exactly ? "0" : "1") + order_of(row), std::move(row));
  }
  return out;
}

}  // namespace

base::Result<Page<GrantRow>> list_permissions(Call& call, const ListGrants& request) {
  Ask ask{"lakeformation:ListPermissions"};
  WEIR_CHECK_OK(check_reachable_catalog(call, ask, request.catalog));
  for (const auto& resource : request.resources) WEIR_CHECK_OK(check_reachable_catalog(call, ask, resource.catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  auto shown = sight_of(call, request.catalog, request.type);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  if (request.resources.empty()) return stream(call, *tx, request, shown);
  WEIR_TRY(auto rows,
           request.principal ? effective_rows(call, *tx, request, shown) : rows_on(call, *tx, request, shown));
  return cut(ordered(std::move(rows)), request.token, request.limit);
}

base::Result<Page<GrantRow>> permissions_for_path(Call& call, const PathGrants& request) {
  Ask ask{"lakeformation:GetEffectivePermissionsForPath"};
  call.about("resourceArn", request.resource_arn);
  WEIR_CHECK_OK(check_own_catalog(call, ask, request.catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_TRY(auto path, names::S3Path::parse(request.resource_arn));
  path = permissions::canonical(std::move(path));
  auto shown = sight_of(call, request.catalog, std::nullopt);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, located(*tx, request.catalog, path));
  WEIR_TRY(auto rows, rows_at(*tx, request.catalog, found, shown));
  return cut(std::move(rows), request.token, request.limit);
}

}  // namespace weir::app

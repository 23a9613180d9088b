#include "app/explain/access_matrix.h"

#include <algorithm>

#include "app/catalog/databases.h"
#include "app/catalog/governed_table.h"
#include "app/explain/access_question.h"
#include "app/explain/asked_principal.h"
#include "base/text.h"
#include "catalog/tables.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

using permissions::Privilege;

struct Column {
  std::string name;
  permissions::Resource resource;
  permissions::TableFacts facts;
};

class Matrix {
 public:
  Matrix(const Call& call, const MatrixRequest& request)
      : call_(call),
        request_(request),
        snapshot_(call.state().permissions(request.catalog)),
        caller_(call.lake_caller(request.catalog)),
        visible_(caller_, snapshot_),
        everybody_(may_ask_about_others(call, request.catalog)) {}

  base::Result<AccessMatrix> make() {
    WEIR_CHECK_OK(check_database());
    if (request_.tables.empty()) {
      WEIR_CHECK_OK(list_columns());
    } else {
      WEIR_CHECK_OK(find_columns());
    }
    for (const auto& column : columns_) out_.tables.push_back(column.name);
    add_rows();
    return std::move(out_);
  }

 private:
  base::Status check_database() const {
    WEIR_TRY(auto found, find_database(call_, {request_.catalog, request_.database}));
    if (found || !visible_.sees_everything()) return {};
    return base::not_found("Database " + request_.database + " not found.", "database");
  }

  base::Status add_column(const catalog::Table& table) {
    WEIR_TRY(auto resource, permissions::Resource::of_table(request_.catalog, table.database_name, table.name));
    columns_.push_back({table.name, std::move(resource), facts_of(table)});
    return {};
  }

  bool sees(const catalog::Table& table) const {
    return visible_.table(table.database_name, table.name, location_of(table));
  }

  base::Status list_columns() {
    auto tables = visible_.tables_of(request_.database);
    catalog::TableFilter filter;
    filter.keep_name = [&](std::string_view name) { return visible_.may_show(tables, name); };
    filter.keep = [&](const catalog::Table& table) { return sees(table); };
    WEIR_TRY(auto tx, call_.lake().store.begin(store::Mode::read));
    WEIR_TRY(auto page, catalog::Tables(*tx).list(request_.catalog, request_.database,
                                                  {request_.tables_token, kMatrixTablesMax}, {}, filter));
    for (const auto& table : page.items) WEIR_CHECK_OK(add_column(table));
    out_.next_tables = page.next_token.value_or("");
    return {};
  }

  base::Status find_columns() {
    for (const auto& name : request_.tables) {
      WEIR_TRY(auto table, call_.lake().tables.find(request_.catalog, request_.database, base::to_lower(name)));
      if (table && sees(*table)) WEIR_CHECK_OK(add_column(*table));
    }
    return {};
  }

  bool reaches(permissions::PrincipalId principal) const { return snapshot_.reaches(principal, request_.database); }

  bool is_administrator(const std::string& principal) const {
    const auto& settings = snapshot_.settings();
    return settings.is_admin(principal) || settings.is_read_only_admin(principal);
  }

  bool has_row(const std::string& principal) const {
    if (!request_.principals.empty())
      return std::ranges::find(request_.principals, principal) != request_.principals.end();
    if (is_administrator(principal) || reaches(snapshot_.principal(principal))) return true;
    if (snapshot_.has_privileged_location(principal)) return true;
    const auto* on_terms = snapshot_.on_terms(principal);
    return on_terms && std::ranges::any_of(*on_terms, [&](const auto& one) { return reaches(one->id); });
  }

  // Everybody when the caller administers, else itself; of those whom a request names, whoever is there.
  void add_rows() {
    for (const auto& principal : principals_to_ask(call_, request_.catalog)) {
      if (!request_.token.empty() && principal <= request_.token) continue;
      if (everybody_ && !has_row(principal)) continue;
      if (out_.rows.size() == std::min(request_.limit, kMatrixRowsMax))
        return void(out_.next = out_.rows.back().principal);
      out_.rows.push_back(row_of(principal));
    }
  }

  MatrixRow row_of(const std::string& principal) const {
    MatrixRow out{principal, is_administrator(principal), {}};
    // Who may ask about itself alone comes with what it has now: its groups, its tags.
    auto caller = everybody_ ? asked_principal(call_, request_.catalog, principal) : caller_;
    for (const auto& column : columns_) out.cells.push_back(cell_of(caller, column));
    return out;
  }

  MatrixCell cell_of(const permissions::Caller& caller, const Column& column) const {
    auto decision = permissions::decide({caller, Privilege::describe, column.resource, &column.facts}, snapshot_);
    MatrixCell out{level_of(decision), false};
    out.grantable = std::ranges::any_of(table_privileges(decision).list(), [&](Privilege privilege) {
      return !grantable_privileges(caller, column.resource, {privilege}, snapshot_).empty();
    });
    return out;
  }

  const Call& call_;
  const MatrixRequest& request_;
  const permissions::Snapshot& snapshot_;
  const permissions::Caller caller_;
  const permissions::Visibility visible_;
  const bool everybody_;
  std::vector<Column> columns_;
  AccessMatrix out_;
};

}  // namespace

base::Result<AccessMatrix> access_matrix(Call& call, const MatrixRequest& request) {
  call.about("databaseName", request.database);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListPermissions"}));
  return Matrix(call, request).make();
}

}  // namespace weir::app

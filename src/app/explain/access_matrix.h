// Principals by tables of one database: how much each has of each, as decide() says. The picture of who can.
//
// Rows are the principals that hold anything in the database, and every data lake administrator; who is no
// administrator is given its own row. Tables are those the caller sees. A cell is the level of one Decision about that
// principal with its own tags; what IAM says to it is not asked (who_can.h does).
//
// Bounds: kMatrixRowsMax times kMatrixTablesMax decisions a page.
//
// Errors: not_found about "database" to who sees every name; invalid about "token".
//
// Threads: the Call's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "app/explain/table_access.h"

namespace weir::app {

inline constexpr size_t kMatrixRowsMax = 100, kMatrixTablesMax = 100;

struct MatrixRequest {
  std::string catalog, database;
  std::vector<std::string> principals;  // empty: everybody who has a row
  std::vector<std::string> tables;      // empty: all, page by page
  std::string token;                    // of principals
  std::string tables_token;
  size_t limit = kMatrixRowsMax;  // rows
};

struct MatrixCell {
  AccessLevel level = AccessLevel::none;
  bool grantable = false;  // it may pass on something of what it has
};
struct MatrixRow {
  std::string principal;
  bool administrator = false;  // of the data lake, a read-only one, too
  std::vector<MatrixCell> cells;
};
struct AccessMatrix {
  std::vector<std::string> tables;
  std::vector<MatrixRow> rows;    // by principal; a cell for each table, in their order
  std::string next, next_tables;  // empty: the end
};

base::Result<AccessMatrix> access_matrix(Call& call, const MatrixRequest& request);

}  // namespace weir::app

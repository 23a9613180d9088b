// A table by name, with both gates asked about it: how every use case that touches a table begins.
//
// Whether an absent name may be told apart from a forbidden one is decided here once, as docs/wire/errors.md
// says: only to who may see the database, and of another account's only to who may describe what would be there.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "app/call.h"
#include "catalog/table.h"
#include "names/arn.h"

namespace weir::app {

struct GovernedTable {
  names::TableName name;  // lower case
  std::shared_ptr<const catalog::Table> table;
  permissions::Decision decision;  // what the caller may see of it
  std::string arn;
};

names::TableName table_name(std::string_view catalog, std::string_view database, std::string_view table);

// The ARN of a table of this lake.
std::string arn_of(const Call& call, const names::TableName& name);

permissions::TableFacts facts_of(const catalog::Table& table);

// The IAM gate for `action` on the table, then Lake Formation for `privilege`.
base::Result<GovernedTable> authorize_table(Call& call, std::string_view action, const names::TableName& name,
                                            permissions::Privilege privilege);
// With further gates; `last` sees the table too.
struct TableGates {
  std::function<std::optional<Refusal>()> between = {};
  std::function<std::optional<Refusal>(const GovernedTable& table)> last = {};
};
base::Result<GovernedTable> authorize_table(Call& call, std::string_view action, const names::TableName& name,
                                            permissions::Privilege privilege, const TableGates& gates);

// The answer for a name that is not there: EntityNotFound for who may be told, else the same refusal as for a table
// that is there. The IAM gate is asked first, then `between`, as they are of a table that is there.
base::Error absent(Call& call, const Ask& ask, const permissions::Question& question, std::string says,
                   const std::function<std::optional<Refusal>()>& between = {});

// Where the table's data is, when it has a location that parses.
std::optional<names::S3Path> location_of(const catalog::Table& table);
std::optional<names::S3Path> location_of(const catalog::Database& database);

// The registration that governs a place of that account; null when none does.
const permissions::Location* governing(const Call& call, std::string_view account, const names::S3Path& place);

}  // namespace weir::app

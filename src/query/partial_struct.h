// Structs of which the caller may see some fields: their type, and their value made of the visible fields alone.
//
// INVARIANTS
// 1. A hidden field is in neither: no query can name it, and no vector handed on holds it.
// 2. A field is NULL where its own predicate does not hold; the struct is NULL where it is NULL itself.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/common/types.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/planner/expression.hpp"
#include "permissions/table_view.h"

namespace weir::query {

// Kind::denied when a field is not there: permissions that do not fit the table show nothing.
base::Result<duckdb::LogicalType> partial_type(const duckdb::LogicalType& whole,
                                               const permissions::VisibleColumn& column);

// Makes the expression of a predicate over the row a value is taken from.
using PredicateBuilder = std::function<duckdb::unique_ptr<duckdb::Expression>(const catalog::Predicate& predicate)>;

// The value of type `partial_type(...)`, not yet hidden where the column as a whole is.
duckdb::unique_ptr<duckdb::Expression> partial_value(duckdb::ClientContext& context,
                                                     duckdb::unique_ptr<duckdb::Expression> whole,
                                                     const permissions::VisibleColumn& column,
                                                     const PredicateBuilder& predicate);

// NULL where `visible_when` does not hold.
duckdb::unique_ptr<duckdb::Expression> shown_when(duckdb::unique_ptr<duckdb::Expression> visible_when,
                                                  duckdb::unique_ptr<duckdb::Expression> value);

// The field's place in the struct, its name matched ignoring case; nothing when the type has no such field.
std::optional<size_t> field_place(const duckdb::LogicalType& type, const std::string& name);
duckdb::unique_ptr<duckdb::Expression> field_value(duckdb::ClientContext& context,
                                                   duckdb::unique_ptr<duckdb::Expression> of, size_t place);

}  // namespace weir::query

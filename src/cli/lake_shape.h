// JSON values and the shapes of AWS requests: cutting an answer down to what a request takes, refusing what it does
// not take, and one spelling for what means the same.
//
// Pure. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/json.h"
#include "wire/shape.h"

namespace weir::cli {

struct Spelling {
  bool lists_are_sets = false;  // Lake Formation's: they are sorted. Those of Glue have an order that means something
  std::string_view own_account = {};  // CatalogId members that say it are left out; empty: none are
};

// The members the shape knows, in the model's order, maps by key; numbers of the type the model gives them.
base::Json shaped(const base::Json& value, const wire::Shape& shape, const Spelling& spelling);

// Kind::invalid, with the member's path, for an unknown member, one given twice, one of another type, and a required
// one that is missing.
base::Status check_shape(const base::Json& value, const wire::Shape& shape, const std::string& path = {});

}  // namespace weir::cli

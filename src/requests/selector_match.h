// Whether the selectors of a rule hold for what is asked for.
//
// Threads: pure.
#pragma once
#include "requests/approval_policy.h"

namespace weir::requests {

// For some of what is asked for, or for all of it.
enum class Reach { some, all };

bool matches(const Selector& when, const AskedItem& item, const CatalogFacts& facts, std::string_view target,
             bool sensitive, Reach reach);
// Without regard to case; `*` and `?`.
bool any_glob(const std::vector<std::string>& globs, std::string_view text);

}  // namespace weir::requests

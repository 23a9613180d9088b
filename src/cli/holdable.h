// What a Weir cannot hold of a lake that was made elsewhere, and why.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cli/lake_section.h"

namespace weir::cli {

// The reason why an item cannot be loaded into `account`; nothing when it can. Pure.
std::optional<std::string> why_not_holdable(const Section& section, const base::Json& item, std::string_view account);

// The same for one principal: kinds of identities Weir does not have.
std::optional<std::string> why_not_holdable(const std::string& principal, std::string_view account);

}  // namespace weir::cli

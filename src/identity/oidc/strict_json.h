// JSON of which two readers cannot have two opinions: one object, no member name twice at any depth.
//
// Threads: a free function.
#pragma once
#include <string_view>

#include "base/json.h"

namespace weir::identity::oidc {

inline constexpr size_t kJsonDepthMax = 16;

// The error's log says what was wrong; the wording for callers is theirs.
base::Result<base::Json> parse_strict_object(std::string_view text);

// A list of texts, or one text that stands for a list of one; empty when it is neither.
std::vector<std::string> texts(const base::Json* value);

}  // namespace weir::identity::oidc

// Times as SAML writes them (core, 1.3.3): xs:dateTime in UTC, "2026-11-22T01:02:03Z" with an optional fraction.
//
// Threads: a free function.
#pragma once
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace weir::identity::saml {

base::Result<base::Instant> parse_saml_time(std::string_view text);

}  // namespace weir::identity::saml

// What the language asks of JSON values beyond base/json.h: equality of values rather than of their spelling,
// sizes, instants in texts.
#pragma once
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"

namespace weir::workflow {

using base::Json;
using base::Result;
using base::Status;

std::optional<long double> number_of(const Json& value);  // exact for every int64 and every double
bool is_number(const Json& value);
// The integer nearest to a number (halves away from zero); nothing for what does not fit 2^53 or is no number.
std::optional<int64_t> rounded(const Json& value);
// An integer, also when it is spelled 3.0.
std::optional<int64_t> whole_number(const Json& value);

// 1 equals 1.0, and members have no order.
bool same_value(const Json& a, const Json& b);
// One text per class of same_value().
std::string canonical_text(const Json& value);

size_t json_bytes(const Json& value);  // of value.dump(), without making it
size_t json_depth(const Json& value);  // 0 for scalars

// Of members with one name the last wins, at the place of the first. Linear.
Json::Object last_members(Json::Object members);

// A payload as the wire gives it: strict JSON, of members with one name the last.
Result<Json> parse_payload(std::string_view text);

// RFC 3339 with the capital T and a zone, as the language wants it.
std::optional<base::Instant> timestamp_of(std::string_view text);

}  // namespace weir::workflow

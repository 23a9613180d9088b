// What may go into a request that somebody else has put together: headers, and addresses with parts filled in.
//
// Threads: pure functions.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace weir::events {

// A header that a caller may set: a token (RFC 9110) and printable text, and none of those that say where a message
// ends or whom it is for. Kind::invalid about "header" otherwise.
base::Status check_header(std::string_view name, std::string_view value);

using Pairs = std::vector<std::pair<std::string, std::string>>;
// name=value&..., percent-encoded.
std::string form_of(const Pairs& pairs);
// `url` with more of a query.
std::string with_query(std::string url, const Pairs& pairs);
// Each `*` of the path replaced with the next value, encoded as one segment: no value adds a segment or a query.
// Kind::invalid about "path" for one that is empty or dots: servers take such a segment out, or the one before it.
base::Result<std::string> with_path_values(std::string_view url, const std::vector<std::string>& values);

}  // namespace weir::events

// Which form of a document a client takes, and whether it has it already (RFC 9110, 12.5.3 and 13.1.2).
//
// Threads: pure functions.
#pragma once
#include <string_view>

namespace weir::server {

// Whether the Accept-Encoding names it, or *, with a weight above zero.
bool takes_encoding(std::string_view accept_encoding, std::string_view coding);

// Whether If-None-Match has the entity tag, by the weak comparison. `etag`: with its quotes.
bool has_already(std::string_view if_none_match, std::string_view etag);

}  // namespace weir::server

// $hash: hexadecimal digests by the names the States Language gives their algorithms.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace weir::backends::jsonata {

// Nothing for a name that is none of MD5, SHA-1, SHA-256, SHA-384, SHA-512.
std::optional<std::string> hex_digest(std::string_view algorithm, std::string_view text);

// Loads what the digests need, while the process may still open files.
bool prepare_digests();

}  // namespace weir::backends::jsonata

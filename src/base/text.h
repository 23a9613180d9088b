// Small text tools that the standard library lacks. Bytes in, bytes out; no locale anywhere.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace weir::base {

inline char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string to_lower(std::string_view text);  // ASCII only
bool equal_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::string_view trim(std::string_view text);  // spaces, tabs, CR, LF
std::vector<std::string_view> split(std::string_view text, char separator);
// At most `parts` pieces; the last keeps the remaining separators.
std::vector<std::string_view> split_n(std::string_view text, char separator, size_t parts);
std::string join(const std::vector<std::string>& pieces, std::string_view between);
bool is_valid_utf8(std::string_view text);
size_t utf8_length(std::string_view text);  // code points; the text must be valid
bool has_control_characters(std::string_view text);

std::string hex(std::string_view bytes);  // lower case
Result<std::string> unhex(std::string_view text);
std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);           // no padding
Result<std::string> unbase64(std::string_view text);     // strict: padding required, no white space
Result<std::string> unbase64url(std::string_view text);  // no padding

// Percent-encodes every byte but A-Za-z0-9-_.~ (and '/' when `keep_slash`), upper-case hex.
std::string uri_encode(std::string_view bytes, bool keep_slash = false);
// Decodes %XX; a stray % stays as it is. `plus_is_space` for forms and query strings.
std::string uri_decode(std::string_view text, bool plus_is_space = false);

Result<int64_t> parse_int(std::string_view text);
Result<double> parse_double(std::string_view text);

// `*` and `?` matching, case-sensitive, linear in practice.
bool glob_match(std::string_view pattern, std::string_view text);

// Lets unordered maps with std::string keys be searched by string_view.
struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace weir::base

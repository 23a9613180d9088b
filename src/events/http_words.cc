#include "events/http_words.h"

#include <algorithm>

#include "base/text.h"

namespace weir::events {
namespace {

// What the connection itself sets: a caller's own would make two readers of one message.
constexpr std::string_view kForbidden[] = {
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "proxy-connection",
};

bool is_token_character(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (base::ascii_lower(c) >= 'a' && base::ascii_lower(c) <= 'z') ||
         kOthers.find(c) != std::string_view::npos;
}

bool is_printable(char c) { return c == '\t' || (c >= 0x20 && c < 0x7f); }

}  // namespace

base::Status check_header(std::string_view name, std::string_view value) {
  if (name.empty() || !std::ranges::all_of(name, is_token_character) || !std::ranges::all_of(value, is_printable))
    return base::invalid("The header is not one: a token as its name and printable ASCII as its value.", "header");
  auto lower = base::to_lower(name);
  if (std::ranges::find(kForbidden, lower) != std::end(kForbidden))
    return base::invalid("The header " + lower + " cannot be set.", "header");
  return {};
}

std::string form_of(const Pairs& pairs) {
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (!out.empty()) out += '&';
    out += base::uri_encode(name) + "=" + base::uri_encode(value);
  }
  return out;
}

std::string with_query(std::string url, const Pairs& pairs) {
  if (pairs.empty()) return url;
  url += url.find('?') == std::string::npos ? '?' : '&';
  return url + form_of(pairs);
}

base::Result<std::string> with_path_values(std::string_view url, const std::vector<std::string>& values) {
  for (const auto& value : values)
    if (value.empty() || value == "." || value == "..")
      return base::invalid("A path parameter is empty or dots, which would lead elsewhere.", "path");
  std::string out;
  auto next = values.begin();
  auto path_end = std::min(url.find('?'), url.size());
  for (size_t i = 0; i < url.size(); ++i) {
    bool filled = url[i] == '*' && i < path_end && next != values.end();
    filled ? out += base::uri_encode(*next++) : out += url[i];
  }
  return out;
}

}  // namespace weir::events

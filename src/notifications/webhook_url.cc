#include "notifications/webhook_url.h"

#include <algorithm>

#include "base/text.h"
#include "notifications/topic.h"

namespace weir::notifications {
namespace {

constexpr size_t kLengthMax = 2048;

bool is_printable(char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\'; }

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_host(std::string_view host) {
  if (host.starts_with('['))
    return host.ends_with(']') && host.size() > 3 &&
           host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, is_host_character);
}

bool is_port(std::string_view port) {
  auto number = base::parse_int(port);
  return port.size() <= 5 && number.ok() && *number > 0 && *number <= 65535;
}

bool is_host_and_port(std::string_view text) {
  auto colon = text.rfind(':');
  bool has_port = colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos;
  if (!has_port) return is_host(text);
  return is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

// Where the authority of a URL begins and ends.
struct Authority {
  size_t first, last;
};
Authority authority_of(std::string_view url) {
  auto first = url.find("://");
  first = first == std::string_view::npos ? 0 : first + 3;
  return {first, std::min(url.find_first_of("/?", first), url.size())};
}

}  // namespace

base::Result<WebhookUrl> parse_webhook_url(std::string_view url) {
  bool secure = base::starts_with_ignoring_case(url, "https://");
  if (!secure && !base::starts_with_ignoring_case(url, "http://")) return invalid_parameter("Endpoint");
  if (url.size() > kLengthMax || !std::ranges::all_of(url, is_printable) || url.find('#') != std::string_view::npos)
    return invalid_parameter("Endpoint");
  auto [first, last] = authority_of(url);
  auto authority = url.substr(first, last - first);
  auto at = authority.rfind('@');
  auto host = at == std::string_view::npos ? authority : authority.substr(at + 1);
  if (!is_host_and_port(host)) return invalid_parameter("Endpoint");
  WebhookUrl out{secure, (secure ? "https://" : "http://") + std::string(host), std::string(url.substr(last)), {}};
  if (at != std::string_view::npos) out.userinfo = base::uri_decode(authority.substr(0, at));
  if (!out.target.starts_with('/')) out.target.insert(0, "/");
  return out;
}

std::string without_password(std::string_view url) {
  auto [first, last] = authority_of(url);
  auto at = url.substr(0, last).rfind('@');
  auto colon = url.find(':', first);
  if (at == std::string_view::npos || at < first) return std::string(url);
  if (colon > at) return std::string(url.substr(0, first)) + "****" + std::string(url.substr(at));
  return std::string(url.substr(0, colon + 1)) + "****" + std::string(url.substr(at));
}

std::string without_secrets(std::string_view url) {
  auto query = url.find('?');
  auto shown = std::string(url.substr(0, query));
  auto [first, last] = authority_of(shown);
  auto at = shown.rfind('@', last);
  if (at != std::string::npos && at >= first && at < last) shown.replace(first, at - first, "****");
  return query == std::string_view::npos ? shown : shown + "?****";
}

}  // namespace weir::notifications

#include "net/trusted_proxies.h"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace weir::net {
namespace {

using Bytes = std::array<unsigned char, 16>;

constexpr Bytes kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int kMappedBytes = 12, kBits = 128;

std::optional<Bytes> address_of(std::string_view text) {
  std::string plain(base::trim(text));
  Bytes out = kMapped;
  if (inet_pton(AF_INET, plain.c_str(), out.data() + kMappedBytes) == 1) return out;
  if (inet_pton(AF_INET6, plain.c_str(), out.data()) == 1) return out;
  return std::nullopt;
}

bool same_bits(const Bytes& a, const Bytes& b, int bits) {
  for (int at = 0; at < bits; ++at)
    if ((a[at / 8] ^ b[at / 8]) >> (7 - at % 8) & 1) return false;
  return true;
}

std::string text_of(const Bytes& address) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  bool v4 = same_bits(address, kMapped, kMappedBytes * 8);
  const auto* from = address.data() + (v4 ? kMappedBytes : 0);
  return inet_ntop(v4 ? AF_INET : AF_INET6, from, out.data(), out.size());
}

// The last first.
std::vector<std::string_view> forwarded_for(const RequestHead& head) {
  std::vector<std::string_view> out;
  for (const auto& [name, value] : head.headers)
    if (base::equal_ignoring_case(name, "x-forwarded-for"))
      for (auto part : base::split(value, ',')) out.push_back(part);
  std::ranges::reverse(out);
  return out;
}

base::Error not_a_network(const std::string& text) {
  return base::invalid("--trusted-proxies: " + text + " is neither an address nor a network like 10.0.0.0/8.",
                       "trusted-proxies");
}

}  // namespace

base::Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
  TrustedProxies out;
  for (const auto& text : networks) {
    auto parts = base::split_n(text, '/', 2);
    auto address = address_of(parts[0]);
    if (!address) return not_a_network(text);
    // An IPv4 address is the end of an IPv6 one.
    int before = parts[0].find(':') == std::string_view::npos ? kMappedBytes * 8 : 0;
    auto bits = parts.size() == 2 ? base::parse_int(parts[1]) : base::Result<int64_t>(kBits - before);
    if (!bits.ok() || *bits < 0 || *bits > kBits - before) return not_a_network(text);
    out.networks_.push_back({*address, before + static_cast<int>(*bits)});
  }
  return out;
}

bool TrustedProxies::contains(const Bytes& address) const {
  return std::ranges::any_of(networks_, [&](const Network& one) { return same_bits(address, one.first, one.bits); });
}

std::string TrustedProxies::client_of(const RequestHead& head) const {
  auto client = networks_.empty() ? std::nullopt : address_of(head.peer);
  if (!client) return head.peer;
  for (auto text : forwarded_for(head)) {
    auto before = contains(*client) ? address_of(text) : std::nullopt;
    if (!before) break;
    client = before;
  }
  return text_of(*client);
}

}  // namespace weir::net

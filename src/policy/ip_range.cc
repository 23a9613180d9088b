#include "policy/ip_range.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace weir::policy {
namespace {

constexpr std::array<uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

IpAddress unmapped(IpAddress address) {
  if (!std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin())) return address;
  IpAddress out;
  out.v4 = true;
  std::copy_n(address.bytes.begin() + 12, 4, out.bytes.begin());
  return out;
}

std::optional<int> parse_prefix(std::string_view text, int most) {
  int value = -1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0 || value > most)
    return std::nullopt;
  return value;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.size() > 64 || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::string terminated(text);
  IpAddress out;
  if (inet_pton(AF_INET, terminated.c_str(), out.bytes.data()) == 1) {
    out.v4 = true;
    return out;
  }
  if (inet_pton(AF_INET6, terminated.c_str(), out.bytes.data()) == 1) return unmapped(out);
  return std::nullopt;
}

std::optional<IpRange> IpRange::parse(std::string_view text) {
  auto slash = text.find('/');
  auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  IpRange out;
  out.network_ = *address;
  int bits = address->v4 ? 32 : 128;
  if (slash == std::string_view::npos) {
    out.prefix_ = bits;
    return out;
  }
  // A mapped block (::ffff:10.0.0.0/104) counts its prefix from the start of the IPv6 form.
  bool mapped = address->v4 && text.substr(0, slash).find(':') != std::string_view::npos;
  auto prefix = parse_prefix(text.substr(slash + 1), mapped ? 128 : bits);
  if (!prefix || (mapped && *prefix < 96)) return std::nullopt;
  out.prefix_ = mapped ? *prefix - 96 : *prefix;
  return out;
}

bool IpRange::contains(const IpAddress& address) const {
  if (address.v4 != network_.v4) return false;
  auto whole = static_cast<size_t>(prefix_ / 8);
  if (!std::equal(network_.bytes.begin(), network_.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin()))
    return false;
  int rest = prefix_ % 8;
  if (rest == 0) return true;
  auto mask = static_cast<uint8_t>(0xff << (8 - rest));
  return ((network_.bytes[whole] ^ address.bytes[whole]) & mask) == 0;
}

}  // namespace weir::policy

#include "net/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace weir::net {
namespace {

struct Range {
  uint32_t first;
  int bits;
};
constexpr uint32_t of(uint32_t a, uint32_t b, uint32_t c, uint32_t d) { return a << 24 | b << 16 | c << 8 | d; }

// IANA's special-purpose registry for IPv4.
constexpr std::array kSpecial = {
    Range{of(0, 0, 0, 0), 8},      Range{of(10, 0, 0, 0), 8},     Range{of(100, 64, 0, 0), 10},
    Range{of(127, 0, 0, 0), 8},    Range{of(169, 254, 0, 0), 16}, Range{of(172, 16, 0, 0), 12},
    Range{of(192, 0, 0, 0), 24},   Range{of(192, 0, 2, 0), 24},   Range{of(192, 88, 99, 0), 24},
    Range{of(192, 168, 0, 0), 16}, Range{of(198, 18, 0, 0), 15},  Range{of(198, 51, 100, 0), 24},
    Range{of(203, 0, 113, 0), 24}, Range{of(224, 0, 0, 0), 3},
};

bool is_public_v4(uint32_t address) {
  return std::none_of(kSpecial.begin(), kSpecial.end(),
                      [&](const Range& range) { return (address ^ range.first) >> (32 - range.bits) == 0; });
}

using Bytes = std::array<uint8_t, 16>;

bool starts(const Bytes& address, std::initializer_list<uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), address.begin());
}

uint32_t v4_at(const Bytes& address, size_t at) {
  return of(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

bool is_public_v6(const Bytes& address) {
  bool mapped = starts(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff});
  bool translated = starts(address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});
  if (mapped || translated) return is_public_v4(v4_at(address, 12));
  if (starts(address, {0x20, 0x02})) return is_public_v4(v4_at(address, 2));  // 6to4
  bool global = (address[0] & 0xe0) == 0x20;
  bool special = starts(address, {0x20, 0x01, 0x0d, 0xb8}) || (starts(address, {0x20, 0x01}) && address[2] < 2) ||
                 (starts(address, {0x3f, 0xff}) && address[2] < 0x10);
  return global && !special;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return is_public_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address, sizeof v6);
  Bytes bytes{};
  std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  return is_public_v6(bytes);
}

}  // namespace weir::net

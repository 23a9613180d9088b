// IPv4 and IPv6 addresses and CIDR blocks, for IpAddress conditions.
//
// An IPv4 address that arrives mapped into IPv6 (::ffff:203.0.113.5, as dual-stack sockets report it) is
// the IPv4 address: otherwise a deny list would be passed by listening on another socket.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::policy {

struct IpAddress {
  std::array<uint8_t, 16> bytes{};  // an IPv4 address uses the first four
  bool v4 = false;
  static std::optional<IpAddress> parse(std::string_view text);
  bool operator==(const IpAddress&) const = default;
};

class IpRange {
 public:
  // 203.0.113.0/24, 2001:db8::/32, or one address. Bits beyond the prefix are ignored.
  static std::optional<IpRange> parse(std::string_view text);
  bool contains(const IpAddress& address) const;

 private:
  IpAddress network_;
  int prefix_ = 0;
};

}  // namespace weir::policy

// Whom a request is from when proxies stand before this server: the address that the first of them saw.
//
// X-Forwarded-For grows at its end: each proxy adds whom it heard from. It is read from the end for as long as a proxy
// that the operator named did the adding; what a client wrote itself stands before that, and is not believed.
//
// Threads: immutable after it is made; read it from any.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http.h"

namespace weir::net {

class TrustedProxies {
 public:
  // None: every peer is who it is.
  TrustedProxies() = default;
  // "10.0.0.0/8", "2001:db8::/32" or an address. Kind::invalid about "trusted-proxies" for what is neither.
  static base::Result<TrustedProxies> parse(const std::vector<std::string>& networks);

  // The address of the client, without port. A header that cannot be read ends where it cannot: the nearest address
  // that is known counts.
  std::string client_of(const RequestHead& head) const;

 private:
  using Bytes = std::array<unsigned char, 16>;  // IPv4 as IPv6 carries it
  struct Network {
    Bytes first;
    int bits;
  };
  bool contains(const Bytes& address) const;

  std::vector<Network> networks_;
};

}  // namespace weir::net

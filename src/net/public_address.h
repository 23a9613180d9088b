// Whether an address is one of the public internet: what a server may be asked to connect to by somebody else.
//
// Not public: loopback, private, link-local (with the metadata services of clouds), shared, benchmarking,
// documentation, multicast and reserved ranges of IPv4; of IPv6 everything outside 2000::/3, documentation, and the
// forms that carry an IPv4 address, which is then what counts or is refused.
//
// Threads: a pure function.
#pragma once
#include <sys/socket.h>

namespace weir::net {

bool is_public_address(const sockaddr& address);

}  // namespace weir::net

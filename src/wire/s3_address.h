// S3's addresses: a bucket in the host or the path, a key, and query parameters that tell operations apart.
#pragma once
#include <string>
#include <string_view>

#include "wire/codec.h"

namespace weir::wire {

struct S3Address {
  std::string bucket;
  std::string key;  // percent-decoded, never normalised: "a/../b" and "a//b" are keys of their own
};

// `host_bucket` is empty for path-style requests.
S3Address read_s3_address(std::string_view host_bucket, std::string_view path);

struct S3Match {
  const Operation* operation = nullptr;
  std::string_view unserved_query{};  // a parameter that asks for an operation Weir does not serve
};

// The most specific operation whose address the request satisfies: its method, bucket and key present or not, the
// fixed query parameters of its URI, and every required member bound to the query string or a header.
S3Match match_s3_operation(const ServiceModel& s3, std::string_view method, const S3Address& address,
                           std::string_view query, std::span<const HeaderField> headers);

}  // namespace weir::wire

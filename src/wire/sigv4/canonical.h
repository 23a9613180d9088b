// The canonical request: one spelling for everything that is signed, the same for verifying and signing.
//
// All functions append, so that a caller can keep one buffer per thread.
#pragma once
#include <string>
#include <string_view>

#include "wire/sigv4/authorization.h"

namespace weir::wire {

// S3 signs the path as it is, encoded once; every other service signs the path with dot segments and
// double slashes removed, encoded a second time.
enum class PathRule { s3, normalised };

PathRule path_rule_of(std::string_view signing_name);

void append_canonical_path(std::string& out, std::string_view wire_path, PathRule rule);
// `except` is left out (X-Amz-Signature of a presigned request); empty for none.
void append_canonical_query(std::string& out, std::string_view wire_query, std::string_view except);
// One "name:value\n" per signed header. False when a signed header is not in the request.
bool append_canonical_headers(std::string& out, const SignedRequestView& request, std::string_view signed_headers);

// The six parts joined by LF. False as above.
bool append_canonical_request(std::string& out, const SignedRequestView& request, const Authorization& claims,
                              std::string_view payload_hash, PathRule rule);
// Algorithm, date, scope and the canonical request's hash.
void append_string_to_sign(std::string& out, const Authorization& claims, std::string_view canonical_request);

}  // namespace weir::wire

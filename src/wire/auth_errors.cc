#include "wire/auth_errors.h"

namespace weir::wire {
namespace {

struct Cell {
  std::string_view code;
  int status;
};

// A column per protocol, in the order of their enum. 5xx never: clients would try again.
struct Columns {
  Cell aws_json;
  Cell query;
  Cell rest_json;
};

// The faults of the services that are not S3 fall into few codes; restJson differs from awsJson in the status.
constexpr Columns columns(std::string_view json_code, std::string_view query_code, int query_status = 403) {
  return {{json_code, 400}, {query_code, query_status}, {json_code, 403}};
}
constexpr Columns kMissing = columns("MissingAuthenticationTokenException", "MissingAuthenticationToken");
constexpr Columns kUnknown = columns("UnrecognizedClientException", "InvalidClientTokenId");
constexpr Columns kExpired = columns("ExpiredTokenException", "ExpiredToken");
constexpr Columns kIncomplete = columns("IncompleteSignatureException", "IncompleteSignature", 400);
constexpr Columns kInvalid = columns("InvalidSignatureException", "SignatureDoesNotMatch");

// Whether the fault's own words go out, or always the row's.
enum class Words { own, row };

struct Row {
  AuthFault fault;
  Columns others;
  Cell s3;
  Words words;
  std::string_view message;
  std::string_view s3_message;
};

constexpr std::string_view kBadToken = "The security token included in the request is invalid.";
constexpr std::string_view kMalformed = "The request signature does not conform to AWS standards.";
constexpr std::string_view kScope = "Credential should be scoped to a valid region and service.";
constexpr std::string_view kUnsupported =
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
constexpr std::string_view kBadSignature =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details.";
constexpr std::string_view kBadSignatureS3 =
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.";

constexpr Row kRows[] = {
    {AuthFault::missing, kMissing, {"AccessDenied", 403}, Words::row, "Missing Authentication Token", "Access Denied"},
    {AuthFault::malformed_header,
     kIncomplete,
     {"AuthorizationHeaderMalformed", 400},
     Words::own,
     kMalformed,
     "The authorization header that you provided is not valid."},
    {AuthFault::malformed_query,
     kIncomplete,
     {"AuthorizationQueryParametersError", 400},
     Words::own,
     kMalformed,
     "The authorization query parameters that you provided are not valid."},
    {AuthFault::sigv2, kIncomplete, {"InvalidRequest", 400}, Words::row, kUnsupported, kUnsupported},
    {AuthFault::sigv4a, kIncomplete, {"InvalidRequest", 400}, Words::row, kUnsupported, kUnsupported},
    {AuthFault::both_modes,
     kIncomplete,
     {"InvalidArgument", 400},
     Words::row,
     "Only one way of authentication is allowed in a request.",
     "Only one way of authentication is allowed in a request."},
    {AuthFault::unsupported_algorithm, kIncomplete, {"InvalidRequest", 400}, Words::row, kUnsupported, kUnsupported},
    {AuthFault::unknown_key,
     kUnknown,
     {"InvalidAccessKeyId", 403},
     Words::row,
     kBadToken,
     "The AWS Access Key Id you provided does not exist in our records."},
    {AuthFault::bad_token,
     kUnknown,
     {"InvalidToken", 400},
     Words::row,
     kBadToken,
     "The provided token is malformed or otherwise invalid."},
    {AuthFault::expired_token,
     kExpired,
     {"ExpiredToken", 400},
     Words::row,
     "The security token included in the request is expired",
     "The provided token has expired."},
    {AuthFault::wrong_date, kInvalid, {"AuthorizationHeaderMalformed", 400}, Words::own, kScope, kScope},
    {AuthFault::wrong_region, kInvalid, {"AuthorizationHeaderMalformed", 400}, Words::own, kScope, kScope},
    {AuthFault::wrong_service, kInvalid, {"AuthorizationHeaderMalformed", 400}, Words::own, kScope, kScope},
    {AuthFault::skewed,
     kInvalid,
     {"RequestTimeTooSkewed", 403},
     Words::own,
     "Signature expired",
     "The difference between the request time and the current time is too large."},
    {AuthFault::expired_presign,
     kInvalid,
     {"AccessDenied", 403},
     Words::row,
     "Signature expired",
     "Request has expired"},
    {AuthFault::not_yet_valid,
     kInvalid,
     {"AccessDenied", 403},
     Words::row,
     "Signature not yet current",
     "Request is not yet valid"},
    {AuthFault::unsigned_headers,
     kInvalid,
     {"AccessDenied", 403},
     Words::row,
     kBadSignature,
     "There were headers present in the request which were not signed"},
    {AuthFault::bad_content_hash,
     kIncomplete,
     {"InvalidRequest", 400},
     Words::own,
     kMalformed,
     "The header x-amz-content-sha256 is missing or not valid."},
    {AuthFault::bad_signature, kInvalid, {"SignatureDoesNotMatch", 403}, Words::row, kBadSignature, kBadSignatureS3},
    {AuthFault::content_mismatch,
     kInvalid,
     {"XAmzContentSHA256Mismatch", 400},
     Words::row,
     kBadSignature,
     "The provided 'x-amz-content-sha256' header does not match what was computed."},
};

constexpr bool rows_are_in_order() {
  for (size_t i = 0; i < std::size(kRows); ++i)
    if (static_cast<size_t>(kRows[i].fault) != i) return false;
  return std::size(kRows) == static_cast<size_t>(AuthFault::content_mismatch) + 1;
}
static_assert(rows_are_in_order(), "every fault has its row, at its own index");

Cell cell_of(const Row& row, Protocol protocol) {
  switch (protocol) {
    case Protocol::aws_json: return row.others.aws_json;
    case Protocol::query: return row.others.query;
    case Protocol::rest_json: return row.others.rest_json;
    case Protocol::rest_xml: break;
  }
  return row.s3;
}

std::string_view message_of(const Row& row, Protocol protocol, std::string_view detail) {
  if (row.words == Words::own && !detail.empty()) return detail;
  if (protocol == Protocol::rest_xml) return row.s3_message;
  if (protocol == Protocol::query && row.fault == AuthFault::missing) return "Request is missing Authentication Token";
  return row.message;
}

}  // namespace

AuthAnswer auth_answer(Protocol protocol, AuthFault fault, std::string_view detail) {
  auto& row = kRows[static_cast<size_t>(fault)];
  auto cell = cell_of(row, protocol);
  return {cell.code, cell.status, std::string(message_of(row, protocol, detail))};
}

}  // namespace weir::wire

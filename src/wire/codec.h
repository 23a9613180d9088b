// The typed front of the wire: a request becomes its operation's input struct, an output struct becomes a response.
//
// Services and the chain see this header and the generated types; which protocol a service speaks stays in here.
// S3 bodies that stream (Operation::streaming_input, streaming_output) are not in the structs: their owner reads and
// writes those bytes itself. Any thread.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "wire/operation.h"

namespace weir::wire {

using HeaderField = std::pair<std::string, std::string>;

// What the codecs read of a request; all views, owned by whoever received it.
struct WireRequest {
  std::string_view method{};
  std::string_view path{};   // raw, still percent-encoded
  std::string_view query{};  // raw, without '?'
  std::span<const HeaderField> headers{};
  std::string_view body{};
  // S3, set by the router's answer: the bucket and the decoded key.
  std::string_view bucket{};
  std::string_view key{};
};

struct WireResponse {
  int status = 200;
  std::vector<HeaderField> headers;
  std::string body;
};

// The first header of that name, ignoring case; null when there is none.
const std::string* find_header(std::span<const HeaderField> headers, std::string_view name);

// Refuses with Kind::invalid about kSerialization. Not validated yet: see validate.h.
base::Status decode_request(const Operation& operation, const WireRequest& request, void* into);
WireResponse encode_response(const Operation& operation, const void* output, std::string_view request_id);
// Under the names each protocol's clients look for. S3 clients log both of theirs.
void add_request_id(Protocol protocol, std::string_view request_id, std::vector<HeaderField>& headers);

template <class In>
base::Result<In> decode(const Operation& operation, const WireRequest& request) {
  CHECK_TRUE(&shape_of<In>() == operation.input, "an operation is decoded into its own input");
  In input{};
  WEIR_CHECK_OK(decode_request(operation, request, &input));
  return input;
}

template <class Out>
WireResponse encode(const Operation& operation, const Out& output, std::string_view request_id) {
  CHECK_TRUE(&shape_of<Out>() == operation.output, "an operation answers with its own output");
  return encode_response(operation, &output, request_id);
}

// The same by operation tag (op::GetTable), checked by the compiler.
template <class Op>
base::Result<typename Op::Input> decode(const WireRequest& request) {
  return decode<typename Op::Input>(Op::model(), request);
}
template <class Op>
WireResponse encode(const typename Op::Output& output, std::string_view request_id) {
  return encode(Op::model(), output, request_id);
}

}  // namespace weir::wire

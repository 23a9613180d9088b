// The client's side of the same tables: input structs become requests, responses become output structs or errors.
// What it makes is not signed. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "wire/codec.h"

namespace weir::wire {

struct ClientRequest {
  std::string method;
  std::string target;  // path and query; S3 by path
  std::vector<HeaderField> headers;
  std::string body;  // for a streaming input, the caller's to fill
};

struct ClientError {
  std::string code;
  std::string message;
  std::string request_id;
  int status = 0;
};

base::Result<ClientRequest> encode_request(const Operation& operation, const void* input);
base::Status decode_response(const Operation& operation, const WireResponse& response, void* into);

inline bool is_success(int status) { return status >= 200 && status < 300; }
// Never fails: what cannot be read leaves the status as the code.
ClientError decode_error(const Operation& operation, const WireResponse& response);

template <class Op>
base::Result<ClientRequest> encode_request(const typename Op::Input& input) {
  return encode_request(Op::model(), &input);
}
template <class Op>
base::Result<typename Op::Output> decode_response(const WireResponse& response) {
  typename Op::Output output{};
  WEIR_CHECK_OK(decode_response(Op::model(), response, &output));
  return output;
}

}  // namespace weir::wire

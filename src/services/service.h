// How a service is put together: a list of routes, each from one operation to one function.
//
//   base::Result<GetTableResponse> get_table(app::Call& call, const GetTableRequest& in);
//   ... Route{route<op::GetTable, get_table>()} ...
//
// A function reads like a story: names -> app call -> answer. Decoding, validation and encoding happen
// around it, errors become the service's own codes in its one switch (errors.cc).
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/call.h"
#include "base/bytes.h"
#include "base/result.h"
#include "objects/backend.h"
#include "wire/codec.h"
#include "wire/operation.h"
#include "wire/sdk_json.h"
#include "wire/validate.h"

namespace weir::services {

// What goes back: a response, and for objects the bytes that follow it.
struct Answer {
  wire::WireResponse response;
  // The body is `length` bytes of `object` from `offset` instead of response.body.
  std::shared_ptr<objects::ObjectReader> object;
  uint64_t offset = 0;
  uint64_t length = 0;
};

// A request body on its way into the object store. Bytes are decoded (no aws-chunked framing).
class Upload : public base::ByteSink {
 public:
  // Called once, after the last byte and after its hashes were proved. `trailers`: lower-case names.
  virtual base::Result<Answer> finish(std::span<const wire::HeaderField> trailers) = 0;
};

using Handle = base::Result<Answer> (*)(app::Call& call, const wire::WireRequest& request);
using OpenUpload = base::Result<std::unique_ptr<Upload>> (*)(app::Call& call, const wire::WireRequest& request);

// The same without a protocol, for who calls from inside the server: members as an SDK spells them (wire/sdk_json.h).
// `key` stands for an idempotency token that is not given.
using HandleNamed = base::Result<base::Json> (*)(app::Call& call, const base::Json& input, const std::string& key);

// Reads answer on the connection's own thread; whatever commits, verifies a body or may be long, on a worker; what
// waits for something to happen, among its own kind.
enum class Runs { inline_, worker, patient };

struct Route {
  const wire::Operation* operation = nullptr;
  Handle handle = nullptr;
  Runs runs = Runs::worker;
  OpenUpload open_upload = nullptr;  // operations whose request body streams
  bool may_be_unsigned = false;      // its credential is in the request; a signature that is there must hold
  HandleNamed handle_named = nullptr;
};

// Kind and noun of an error -> this service's AWS code and HTTP status.
struct WireError {
  std::string_view code;
  int status = 400;
  std::string_view reason = {};  // beside the message, for codes that have one (Organizations)
};

struct Service {
  const wire::ServiceModel* model = nullptr;
  std::span<const Route> routes;
  WireError (*error)(const base::Error& error) = nullptr;
};

template <class Op, auto Function>
base::Result<Answer> serve(app::Call& call, const wire::WireRequest& request) {
  WEIR_TRY(auto input, wire::decode<Op>(request));
  WEIR_CHECK_OK(wire::validate(input));
  WEIR_TRY(auto output, Function(call, input));
  return Answer{wire::encode<Op>(output, call.facts().request_id), nullptr, 0, 0};
}

template <class Op, auto Function>
base::Result<base::Json> serve_named(app::Call& call, const base::Json& from, const std::string& key) {
  using In = typename Op::Input;
  using Out = typename Op::Output;
  In input{};
  WEIR_CHECK_OK(wire::read_sdk_json(wire::shape_of<In>(), from, &input));
  wire::fill_idempotency_tokens(wire::shape_of<In>(), key, &input);
  WEIR_CHECK_OK(wire::validate(input));
  WEIR_TRY(auto output, Function(call, input));
  return wire::write_sdk_json(wire::shape_of<Out>(), &output);
}

// A read that needs no worker, and everything else.
template <class Op, auto Function>
Route read() {
  return {&Op::model(), &serve<Op, Function>, Runs::inline_, nullptr, false, &serve_named<Op, Function>};
}
template <class Op, auto Function>
Route write() {
  return {&Op::model(), &serve<Op, Function>, Runs::worker, nullptr, false, &serve_named<Op, Function>};
}
// A long poll. Nobody calls it from inside.
template <class Op, auto Function>
Route wait() {
  return {&Op::model(), &serve<Op, Function>, Runs::patient, nullptr};
}
// Signing in: whoever has no keys yet may call it.
template <class Op, auto Function>
Route sign_in() {
  return {&Op::model(), &serve<Op, Function>, Runs::worker, nullptr, true};
}

}  // namespace weir::services

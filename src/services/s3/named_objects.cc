#include "services/s3/named_objects.h"

#include "base/text.h"
#include "services/s3/object_reads.h"
#include "services/s3/object_writes.h"
#include "wire/client_codec.h"
#include "wire/s3_operations.h"

namespace weir::services {

using namespace wire::s3;

namespace {

constexpr uint64_t kBodyBytesMax = 262'144;  // of a payload between states

// A request as it would have come over the wire.
struct Letter {
  wire::ClientRequest request;
  std::string bucket, key;
  wire::WireRequest view() const {
    std::string_view target = request.target;
    auto mark = target.find('?');
    auto query = mark == target.npos ? std::string_view() : target.substr(mark + 1);
    return {request.method, target.substr(0, mark), query, request.headers, request.body, bucket, key};
  }
};

template <class Op>
base::Result<Letter> letter_of(const base::Json& input) {
  typename Op::Input in{};
  WEIR_CHECK_OK(wire::read_sdk_json(wire::shape_of<typename Op::Input>(), input, &in));
  WEIR_CHECK_OK(wire::validate(in));
  WEIR_TRY(auto request, wire::encode_request<Op>(in));
  return Letter{std::move(request), *in.Bucket, *in.Key};
}

template <class Op>
base::Result<base::Json> told(const wire::WireResponse& response) {
  WEIR_TRY(auto out, wire::decode_response<Op>(response));
  return wire::write_sdk_json(wire::shape_of<typename Op::Output>(), &out);
}

base::Result<std::string> body_of(const Answer& answer) {
  if (!answer.object) return std::string();
  if (answer.length > kBodyBytesMax)
    return base::fail(base::Kind::limit_exceeded, "The object is larger than 262144 bytes", "size");
  std::string out(answer.length, '\0');
  for (size_t at = 0; at < out.size();) {
    WEIR_TRY(auto got, answer.object->read(answer.offset + at, out.data() + at, out.size() - at));
    if (got == 0) return base::internal("an object ended before its length");
    at += got;
  }
  if (!base::is_valid_utf8(out))
    return base::fail(base::Kind::unsupported, "The object is not a text in UTF-8", "body");
  return out;
}

}  // namespace

base::Result<base::Json> get_object_named(app::Call& call, const base::Json& input, const std::string&) {
  WEIR_TRY(auto letter, letter_of<op::GetObject>(input));
  WEIR_TRY(auto answer, get_object(call, letter.view()));
  WEIR_TRY(auto body, body_of(answer));
  WEIR_TRY(auto out, told<op::GetObject>(answer.response));
  return std::move(out.set("Body", std::move(body)));
}

base::Result<base::Json> head_object_named(app::Call& call, const base::Json& input, const std::string&) {
  WEIR_TRY(auto letter, letter_of<op::HeadObject>(input));
  WEIR_TRY(auto answer, head_object(call, letter.view()));
  return told<op::HeadObject>(answer.response);
}

base::Result<base::Json> put_object_named(app::Call& call, const base::Json& input, const std::string&) {
  auto rest = input;
  std::string body;
  if (auto* given = input.find("Body")) {
    body = given->as_string() ? *given->as_string() : given->dump();
    std::erase_if(*rest.as_object(), [](const auto& member) { return member.first == "Body"; });
  }
  WEIR_TRY(auto letter, letter_of<op::PutObject>(rest));
  WEIR_TRY(auto upload, open_put(call, letter.view()));
  WEIR_CHECK_OK(upload->write(body));
  WEIR_TRY(auto answer, upload->finish({}));
  return told<op::PutObject>(answer.response);
}

}  // namespace weir::services

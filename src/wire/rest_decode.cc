#include "base/text.h"
#include "wire/faults.h"
#include "wire/form.h"
#include "wire/rest_bindings.h"
#include "wire/rest_codec.h"
#include "wire/scalar.h"

namespace weir::wire {
namespace {

constexpr std::string_view kAddress = "uri";
constexpr std::string_view kArgument = "argument";

const Member* find_bound(const Shape& shape, Location location, std::string_view wire_name) {
  for (auto& member : shape.members)
    if (member.location == location && member.wire_name == wire_name) return &member;
  return nullptr;
}

base::Status read_label(const Shape& shape, std::string_view label, std::string_view text, void* into) {
  auto* member = find_bound(shape, Location::uri, label);
  if (!member) return {};
  if (!read_scalar(*member->shape, TimestampFormat::iso8601, text, member->make(into)))
    return conversion_fault("The path", member->shape->type, Place{nullptr, member->name});
  return {};
}

// The labels of a path that the router has matched already.
base::Status read_path(const Operation& operation, std::string_view path, void* into) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  for (auto& part : operation.path) {
    auto end = part.greedy ? path.size() : std::min(path.find('/'), path.size());
    if (part.label) WEIR_CHECK_OK(read_label(*operation.input, part.text, base::uri_decode(path.substr(0, end)), into));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return {};
}

// S3's bucket may come from the host: the router says what it found.
base::Status read_s3_address(const Operation& operation, const WireRequest& request, void* into) {
  for (auto& part : operation.path)
    WEIR_CHECK_OK(read_label(*operation.input, part.text, part.greedy ? request.key : request.bucket, into));
  return {};
}

base::Status read_query(const Shape& shape, std::string_view query, void* into) {
  struct Pair {
    std::string name;
    std::string value;
  };
  std::vector<Pair> pairs;
  for (auto piece : base::split(query, '&')) {
    auto equals = piece.find('=');
    auto value = equals == std::string_view::npos ? std::string_view() : piece.substr(equals + 1);
    pairs.push_back({base::uri_decode(piece.substr(0, equals), true), base::uri_decode(value, true)});
  }
  for (auto& member : shape.members) {
    if (member.location != Location::query) continue;
    void* slot = nullptr;
    const bool many = member.shape->type == Type::list;
    auto& shape_of_one = many ? *member.shape->element : *member.shape;
    for (auto& [name, value] : pairs) {
      if (name != member.wire_name) continue;
      if (slot && !many) return serialization_fault("The parameter '" + name + "' is there twice.");
      if (!slot) slot = member.make(into);
      void* one = many ? member.shape->list->append(slot) : slot;
      if (!read_scalar(shape_of_one, timestamp_format(member, TimestampFormat::iso8601), value, one))
        return conversion_fault("The parameter", shape_of_one.type, Place{nullptr, member.wire_name});
    }
  }
  return {};
}

// S3 has other names for what is wrong in an address or a parameter than for a malformed body.
base::Status about(std::string_view part, bool s3, base::Status status) {
  if (s3 && !status.ok()) status.error().about = part;
  return status;
}

}  // namespace

base::Status decode_rest_request(const Operation& operation, const WireRequest& request, void* into) {
  const bool s3 = is_xml(operation);
  WEIR_CHECK_OK(s3 ? about(kAddress, true, read_s3_address(operation, request, into))
                   : read_path(operation, request.path, into));
  if (!request.query.empty()) WEIR_CHECK_OK(about(kArgument, s3, read_query(*operation.input, request.query, into)));
  WEIR_CHECK_OK(about(kArgument, s3, read_bound_headers(*operation.input, request.headers, into)));
  if (!operation.streaming_input.empty()) return {};
  return read_body(operation, *operation.input, request.body, into);
}

base::Status decode_rest_response(const Operation& operation, const WireResponse& response, void* into) {
  for (auto& member : operation.output->members)
    if (member.location == Location::status_code) *static_cast<int32_t*>(member.make(into)) = response.status;
  WEIR_CHECK_OK(read_bound_headers(*operation.output, response.headers, into));
  if (!operation.streaming_output.empty() || operation.method == "HEAD") return {};
  return read_body(operation, *operation.output, response.body, into);
}

}  // namespace weir::wire

// Members bound to headers and to the status code: the same both ways, for requests and responses.
#pragma once
#include "wire/codec.h"

namespace weir::wire {

base::Status read_bound_headers(const Shape& shape, std::span<const HeaderField> headers, void* into);
void write_bound_headers(const Shape& shape, const void* from, std::vector<HeaderField>& headers);

bool is_xml(const Operation& operation);
// The member that is the whole body, or null.
const Member* payload_member(const Shape& shape);
bool has_body_members(const Shape& shape);

// The body of a message of `operation`: payload or body members, JSON or XML by the service's protocol.
base::Status read_body(const Operation& operation, const Shape& shape, std::string_view body, void* into);
// `root` names the XML root element when the body is made of members. Empty when there is nothing to say.
std::string write_body(const Operation& operation, const Shape& shape, const void* from, std::string_view root);

}  // namespace weir::wire

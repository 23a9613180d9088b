// JSON bodies of awsJson and restJson, read into and written from generated structs by their tables.
//
// Reading is strict: one object, UTF-8, nesting to kDepthMax, no member twice, no value of another type. Members the
// table does not know are ignored and null members are absent. Writing leaves out what is absent, except that a
// required list or map is always written. Members bound elsewhere (header, URI) take no part. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "wire/shape.h"

namespace weir::wire {

// `into` is a default-constructed struct of that shape.
base::Status decode_json(const Shape& shape, std::string_view text, void* into);
void encode_json(const Shape& shape, const void* from, std::string& out);
// Any value, not only a structure: a payload.
void encode_json_value(const Shape& shape, const void* value, std::string& out);

}  // namespace weir::wire

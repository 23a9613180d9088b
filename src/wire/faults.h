// The Errors of texts that cannot be read as what the model says, and where in a text a reader stands.
//
// Every codec refuses with Kind::invalid about "serialization"; services and the chain turn that into their
// protocol's code (SerializationException, MalformedXML, ...). Only what S3 reads outside of bodies is about
// "uri" (InvalidURI) or "argument" (InvalidArgument).
#pragma once
#include <string>
#include <string_view>

#include "base/error.h"
#include "wire/shape.h"

namespace weir::wire {

inline constexpr std::string_view kSerialization = "serialization";
inline constexpr size_t kDepthMax = 64;

// A place inside a text, as a chain on the stack of the readers that lead to it.
struct Place {
  const Place* outer = nullptr;
  std::string_view member{};  // or
  size_t index = 0;           // of an element, from zero, when `member` is empty
  bool is_entry = false;      // the value of a map's entry: its key stays unsaid, for it may be data
};

std::string to_string(const Place& place);  // Table.Columns[3].Name
std::string_view json_type_name(Type type);

base::Error serialization_fault(std::string says);
// "`found` can not be converted to `type`", naming the place.
base::Error conversion_fault(std::string_view found, Type type, const Place& place);

}  // namespace weir::wire

// Whether a decoded input keeps the model's constraints: required, length, range, pattern, enumeration.
//
// Violations are collected and told as AWS tells them ("2 validation errors detected: Value 'x' at 'name' failed to
// satisfy constraint: ..."), in Kind::invalid about kValidation. At most 64 characters of a value are repeated, and
// nothing of a member the model marks sensitive. Any thread.
#pragma once
#include <string_view>

#include "base/result.h"
#include "wire/shape.h"

namespace weir::wire {

inline constexpr std::string_view kValidation = "validation";

base::Status validate(const Shape& shape, const void* input);

template <class In>
base::Status validate(const In& input) {
  return validate(shape_of<In>(), &input);
}

}  // namespace weir::wire

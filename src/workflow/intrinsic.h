// The eighteen intrinsic functions: a name, how many arguments, and what it makes of them.
//
// Pure but for States.UUID and States.MathRandom, which draw from the step's Entropy. A failure is
// States.IntrinsicFailure. Arguments are bounded before the call (kIntrinsicBytesMax together).
#pragma once
#include <span>

#include "workflow/entropy.h"
#include "workflow/values.h"

namespace weir::workflow {

using Arguments = std::span<const Json>;

struct Intrinsic {
  std::string_view name;  // without "States."
  size_t least, most;     // arguments
  Result<Json> (*call)(Arguments arguments, Entropy& entropy);
};

// Null pointer for a name that is none of the language's.
const Intrinsic* find_intrinsic(std::string_view name);
std::span<const Intrinsic> all_intrinsics();

// In a literal: \' \{ \} \\ stand for the character; any other backslash is itself.
std::string without_escapes(std::string_view literal);

base::Error intrinsic_failure(std::string cause);

// The functions, by what they work on.
Result<Json> array_of(Arguments arguments, Entropy&);
Result<Json> array_partition(Arguments arguments, Entropy&);
Result<Json> array_contains(Arguments arguments, Entropy&);
Result<Json> array_range(Arguments arguments, Entropy&);
Result<Json> array_get_item(Arguments arguments, Entropy&);
Result<Json> array_length(Arguments arguments, Entropy&);
Result<Json> array_unique(Arguments arguments, Entropy&);

Result<Json> format(Arguments arguments, Entropy&);
Result<Json> string_to_json(Arguments arguments, Entropy&);
Result<Json> json_to_string(Arguments arguments, Entropy&);
Result<Json> json_merge(Arguments arguments, Entropy&);
Result<Json> string_split(Arguments arguments, Entropy&);
Result<Json> base64_encode(Arguments arguments, Entropy&);
Result<Json> base64_decode(Arguments arguments, Entropy&);
Result<Json> hash(Arguments arguments, Entropy&);

Result<Json> math_add(Arguments arguments, Entropy&);
Result<Json> math_random(Arguments arguments, Entropy& entropy);
Result<Json> uuid(Arguments arguments, Entropy& entropy);

}  // namespace weir::workflow

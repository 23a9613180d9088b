#include "workflow/intrinsic.h"

namespace weir::workflow {
namespace {

// Both functions are documented for the integers of 32 bits; others are rounded to the nearest.
Result<int64_t> small_integer(const Json& value) {
  auto number = rounded(value);
  if (!number || *number < INT32_MIN || *number > INT32_MAX)
    return intrinsic_failure("the arguments must be numbers from -2147483648 to 2147483647");
  return *number;
}

}  // namespace

Result<Json> math_add(Arguments arguments, Entropy&) {
  WEIR_TRY(int64_t a, small_integer(arguments[0]));
  WEIR_TRY(int64_t b, small_integer(arguments[1]));
  return Json(a + b);
}

Result<Json> math_random(Arguments arguments, Entropy& entropy) {
  WEIR_TRY(int64_t start, small_integer(arguments[0]));
  WEIR_TRY(int64_t end, small_integer(arguments[1]));
  if (start >= end) return intrinsic_failure("the start must be less than the end");
  auto width = static_cast<uint64_t>(end - start);
  if (arguments.size() == 2) return Json(start + static_cast<int64_t>(entropy.below(width)));
  WEIR_TRY(int64_t seed, small_integer(arguments[2]));
  return Json(start + static_cast<int64_t>(Entropy(std::to_string(seed)).below(width)));
}

Result<Json> uuid(Arguments, Entropy& entropy) { return Json(base::uuid(entropy)); }

}  // namespace weir::workflow

#include <algorithm>
#include <unordered_set>

#include "workflow/intrinsic.h"
#include "workflow/limits.h"

namespace weir::workflow {
namespace {

Result<const Json::Array*> array_argument(const Json& value) {
  if (auto* array = value.as_array()) return array;
  return intrinsic_failure("the first argument must be an array");
}

Result<int64_t> integer_argument(const Json& value, const char* what) {
  if (auto number = rounded(value)) return *number;
  return intrinsic_failure(std::string(what) + " must be a number");
}

}  // namespace

Result<Json> array_of(Arguments arguments, Entropy&) { return Json(Json::Array(arguments.begin(), arguments.end())); }

Result<Json> array_partition(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* array, array_argument(arguments[0]));
  WEIR_TRY(int64_t size, integer_argument(arguments[1], "the size of a chunk"));
  if (size < 1) return intrinsic_failure("the size of a chunk must be positive");
  Json::Array out;
  for (size_t i = 0; i < array->size(); ++i) {
    if (i % static_cast<size_t>(size) == 0) out.push_back(Json::array());
    out.back().push((*array)[i]);
  }
  return Json(std::move(out));
}

Result<Json> array_contains(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* array, array_argument(arguments[0]));
  return Json(std::any_of(array->begin(), array->end(), [&](auto& item) { return same_value(item, arguments[1]); }));
}

Result<Json> array_range(Arguments arguments, Entropy&) {
  WEIR_TRY(int64_t first, integer_argument(arguments[0], "the first value"));
  WEIR_TRY(int64_t last, integer_argument(arguments[1], "the last value"));
  WEIR_TRY(int64_t step, integer_argument(arguments[2], "the step"));
  constexpr int64_t kFar = int64_t{1} << 53;
  if (step == 0) return intrinsic_failure("the step of a range cannot be zero");
  if (std::max({first, last, step}) > kFar || std::min({first, last, step}) < -kFar)
    return intrinsic_failure("a range's values are too large");
  Json::Array out;
  for (int64_t value = first; step > 0 ? value <= last : value >= last; value += step) {
    if (out.size() == static_cast<size_t>(kArrayRangeMax))
      return intrinsic_failure("a range has no more than " + std::to_string(kArrayRangeMax) + " items");
    out.emplace_back(value);
  }
  return Json(std::move(out));
}

Result<Json> array_get_item(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* array, array_argument(arguments[0]));
  WEIR_TRY(int64_t index, integer_argument(arguments[1], "the index"));
  if (index < 0 || static_cast<size_t>(index) >= array->size())
    return intrinsic_failure("index " + std::to_string(index) + " is outside of the array");
  return (*array)[static_cast<size_t>(index)];
}

Result<Json> array_length(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* array, array_argument(arguments[0]));
  return Json(static_cast<int64_t>(array->size()));
}

Result<Json> array_unique(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* array, array_argument(arguments[0]));
  std::unordered_set<std::string> seen;
  Json::Array out;
  for (auto& item : *array)
    if (seen.insert(canonical_text(item)).second) out.push_back(item);
  return Json(std::move(out));
}

}  // namespace weir::workflow

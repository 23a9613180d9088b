#include "workflow/result_path.h"

#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

// The value that one step of a reference path leads to; made when an object lacks it. Null pointer: not possible.
Json* descend(Json& at, const PathStep& step) {
  if (step.kind == PathStep::Kind::indexes) {
    auto* array = at.as_array();
    auto index = static_cast<size_t>(step.indexes.front());
    return array && index < array->size() ? &(*array)[index] : nullptr;
  }
  auto* object = at.as_object();
  if (!object) return nullptr;
  if (auto* there = at.find(step.names.front())) return there;
  return &object->emplace_back(step.names.front(), Json::object()).second;
}

}  // namespace

Result<Json> ResultPath::combine(Json input, Json result) const {
  if (discards) return input;
  if (!place || place->steps().empty()) return result;
  Json* at = &input;
  for (auto& step : place->steps()) {
    at = descend(*at, step);
    if (!at)
      return states_error(kResultPathMatchFailure,
                          "Unable to apply ResultPath '" + place->text() + "' to the input '" + input.dump() + "'");
  }
  *at = std::move(result);
  return input;
}

}  // namespace weir::workflow

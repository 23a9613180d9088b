// ResultPath: what becomes of a state's input and its result.
//
// Absent: the result is the output. null: the input is the output. A reference path: the result stands there in
// the input, in objects that are made where there are none. States.ResultPathMatchFailure when the input has
// something else in the way.
#pragma once
#include "workflow/path.h"

namespace weir::workflow {

struct ResultPath {
  bool discards = false;
  std::optional<Path> place;  // nothing: the result replaces the input

  Result<Json> combine(Json input, Json result) const;
};

}  // namespace weir::workflow

// Generated from the published service model. A build output: change the generator or the patches.

#pragma once
#include "wire/operation.h"
#include "wire/zoo_types.h"

namespace weir::wire::zoo {

const ServiceModel& model();

// One tag per operation: its types, and its row in the table.
namespace op {
struct FeedAnimal { using Input = zoo::FeedAnimalInput; using Output = zoo::FeedAnimalOutput; static const Operation& model(); };
struct Rest { using Input = wire::Nothing; using Output = wire::Nothing; static const Operation& model(); };
}  // namespace op

}  // namespace weir::wire::zoo

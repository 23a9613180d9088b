// Generated from the published service model. A build output: change the generator or the patches.

#pragma once
#include "wire/operation.h"
#include "wire/shelf_types.h"

namespace weir::wire::shelf {

const ServiceModel& model();

// One tag per operation: its types, and its row in the table.
namespace op {
struct PutBook { using Input = shelf::PutBookInput; using Output = wire::Nothing; static const Operation& model(); };
struct ListBooks { using Input = shelf::ListBooksInput; using Output = shelf::ListBooksOutput; static const Operation& model(); };
}  // namespace op

}  // namespace weir::wire::shelf

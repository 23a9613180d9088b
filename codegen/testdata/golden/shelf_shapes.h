// Generated from the published service model. A build output: change the generator or the patches.

#pragma once
#include "wire/shape.h"

namespace weir::wire::shelf::shapes {
extern const Shape kText;
extern const Shape kMoment;
extern const Shape kLabels;
extern const Shape kPutBookInput;
extern const Shape kCount;
extern const Shape kListBooksInput;
extern const Shape kBook;
extern const Shape kBooks;
extern const Shape kListBooksOutput;
}  // namespace weir::wire::shelf::shapes

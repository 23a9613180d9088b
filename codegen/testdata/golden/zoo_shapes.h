// Generated from the published service model. A build output: change the generator or the patches.

#pragma once
#include "wire/shape.h"

namespace weir::wire::zoo::shapes {
extern const Shape kName;
extern const Shape kMood;
extern const Shape kAnimals;
extern const Shape kAnimal;
extern const Shape kFlag;
extern const Shape kAmount;
extern const Shape kAmounts;
extern const Shape kNotes;
extern const Shape kMoment;
extern const Shape kSecret;
extern const Shape kFeedAnimalInput;
extern const Shape kAnything;
extern const Shape kFeedAnimalOutput;
}  // namespace weir::wire::zoo::shapes

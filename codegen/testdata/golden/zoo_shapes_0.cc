// Generated from the published service model. A build output: change the generator or the patches.

#include <cstddef>

#include "wire/pattern.h"
#include "wire/zoo_shapes.h"
#include "wire/zoo_types.h"
#include "wire/slots.h"

// The structs hold containers, so they are not standard-layout; g++ and clang lay them out as one expects.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace weir::wire::zoo::shapes {

static constinit Pattern kNamePattern{"[\\x{0020}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}\\t]*", "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*"};
static constexpr Constraint kNameConstraint = {.min = 1, .max = 20, .pattern = &kNamePattern};
constinit const Shape kName = {.name = "Name", .type = Type::string, .constraint = &kNameConstraint};

static constexpr std::string_view kMoodValues[] = {"calm", "wild"};
static constexpr Constraint kMoodConstraint = {.values = kMoodValues};
constinit const Shape kMood = {.name = "Mood", .type = Type::string, .constraint = &kMoodConstraint};

static constexpr Constraint kAnimalsConstraint = {.max = 12};
constinit const Shape kAnimals = {.name = "Animals", .type = Type::list, .constraint = &kAnimalsConstraint, .element = &kAnimal, .element_name = "member", .list = &kListOps<zoo::Animal>};

static constexpr Member kAnimalMembers[] = {
    {.name = "Name", .wire_name = "Name", .json_key = "\"Name\":", .shape = &kName, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(zoo::Animal, Name)},
    {.name = "Mood", .wire_name = "Mood", .json_key = "\"Mood\":", .shape = &kMood, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(zoo::Animal, Mood)},
    {.name = "Parent", .wire_name = "Parent", .json_key = "\"Parent\":", .shape = &kAnimal, .slot = &kSlotOps<std::optional<wire::Box<zoo::Animal>>>, .offset = offsetof(zoo::Animal, Parent)},
    {.name = "Young", .wire_name = "Young", .json_key = "\"Young\":", .shape = &kAnimals, .slot = &kSlotOps<wire::List<zoo::Animal>>, .offset = offsetof(zoo::Animal, Young)},
};
constinit const Shape kAnimal = {.name = "Animal", .type = Type::structure, .members = kAnimalMembers};

constinit const Shape kFlag = {.name = "Flag", .type = Type::boolean};

static constexpr Constraint kAmountConstraint = {.min = 0};
constinit const Shape kAmount = {.name = "Amount", .type = Type::long_integer, .constraint = &kAmountConstraint};

constinit const Shape kAmounts = {.name = "Amounts", .type = Type::map, .element = &kAmount, .element_name = "value", .key = &kName, .key_name = "key", .map = &kMapOps<int64_t>};

constinit const Shape kNotes = {.name = "Notes", .type = Type::list, .element = &kName, .element_name = "member", .list = &kListOps<std::string>};

constinit const Shape kMoment = {.name = "Moment", .type = Type::timestamp};

constinit const Shape kSecret = {.name = "Secret", .type = Type::string, .sensitive = true};

static constexpr Member kFeedAnimalInputMembers[] = {
    {.name = "Animal", .wire_name = "Animal", .json_key = "\"Animal\":", .shape = &kAnimal, .slot = &kSlotOps<std::optional<zoo::Animal>>, .offset = offsetof(zoo::FeedAnimalInput, Animal), .required = true},
    {.name = "default", .wire_name = "default", .json_key = "\"default\":", .shape = &kFlag, .slot = &kSlotOps<std::optional<bool>>, .offset = offsetof(zoo::FeedAnimalInput, default_), .required = true},
    {.name = "Amounts", .wire_name = "Amounts", .json_key = "\"Amounts\":", .shape = &kAmounts, .slot = &kSlotOps<wire::Map<int64_t>>, .offset = offsetof(zoo::FeedAnimalInput, Amounts)},
    {.name = "Notes", .wire_name = "Notes", .json_key = "\"Notes\":", .shape = &kNotes, .slot = &kSlotOps<wire::List<std::string>>, .offset = offsetof(zoo::FeedAnimalInput, Notes)},
    {.name = "When", .wire_name = "When", .json_key = "\"When\":", .shape = &kMoment, .slot = &kSlotOps<std::optional<base::Instant>>, .offset = offsetof(zoo::FeedAnimalInput, When)},
    {.name = "Secret", .wire_name = "Secret", .json_key = "\"Secret\":", .shape = &kSecret, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(zoo::FeedAnimalInput, Secret), .sensitive = true},
};
constinit const Shape kFeedAnimalInput = {.name = "FeedAnimalInput", .type = Type::structure, .members = kFeedAnimalInputMembers};

constinit const Shape kAnything = {.name = "Anything", .type = Type::document};

static constexpr Member kFeedAnimalOutputMembers[] = {
    {.name = "Left", .wire_name = "Left", .json_key = "\"Left\":", .shape = &kAmounts, .slot = &kSlotOps<wire::Map<int64_t>>, .offset = offsetof(zoo::FeedAnimalOutput, Left)},
    {.name = "Extra", .wire_name = "Extra", .json_key = "\"Extra\":", .shape = &kAnything, .slot = &kSlotOps<std::optional<base::Json>>, .offset = offsetof(zoo::FeedAnimalOutput, Extra)},
};
constinit const Shape kFeedAnimalOutput = {.name = "FeedAnimalOutput", .type = Type::structure, .members = kFeedAnimalOutputMembers};
}  // namespace weir::wire::zoo::shapes

namespace weir::wire::zoo {
const Shape& weir_shape(const Animal*) { return shapes::kAnimal; }
const Shape& weir_shape(const FeedAnimalInput*) { return shapes::kFeedAnimalInput; }
const Shape& weir_shape(const FeedAnimalOutput*) { return shapes::kFeedAnimalOutput; }
}  // namespace weir::wire::zoo

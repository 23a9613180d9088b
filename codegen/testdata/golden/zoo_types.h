// Generated from the published service model. A build output: change the generator or the patches.

#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/json.h"
#include "wire/members.h"

namespace weir::wire {
struct Shape;
}

namespace weir::wire::zoo {

struct Animal;
struct FeedAnimalInput;
struct FeedAnimalOutput;

struct Animal {
  std::optional<std::string> Name{};
  std::optional<std::string> Mood{};
  std::optional<wire::Box<zoo::Animal>> Parent{};
  wire::List<zoo::Animal> Young{};
};

struct FeedAnimalInput {
  std::optional<zoo::Animal> Animal{};
  std::optional<bool> default_{};
  wire::Map<int64_t> Amounts{};
  wire::List<std::string> Notes{};
  std::optional<base::Instant> When{};
  std::optional<std::string> Secret{};
};

struct FeedAnimalOutput {
  wire::Map<int64_t> Left{};
  std::optional<base::Json> Extra{};
};

// The table of each struct, found by argument-dependent lookup.
const Shape& weir_shape(const Animal*);
const Shape& weir_shape(const FeedAnimalInput*);
const Shape& weir_shape(const FeedAnimalOutput*);

}  // namespace weir::wire::zoo

// A group of a user pool: what tokens say of its members, and perhaps the role that they may take.
//
// Threads: a value.
#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/record.h"

namespace weir::people {

inline constexpr size_t kGroupsMax = 10'000;  // of a pool, as AWS
inline constexpr size_t kGroupsOfPersonMax = 100;

struct Group {
  std::string id;  // a membership is in this one, not in another of its name
  std::string pool;
  std::string name;
  std::string description;
  std::string role;  // ARN, or empty
  std::optional<int64_t> precedence;
  base::Instant created{};
  base::Instant changed{};
};
WEIR_RECORD(Group, FIELD("Id", &Group::id), FIELD("Pool", &Group::pool), FIELD("Name", &Group::name),
            FIELD("Description", &Group::description), FIELD("Role", &Group::role),
            FIELD("Precedence", &Group::precedence), FIELD("Created", &Group::created),
            FIELD("Changed", &Group::changed))

}  // namespace weir::people

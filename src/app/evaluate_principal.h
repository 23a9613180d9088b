// The IAM answer for a principal: its policies of this moment, gathered and asked.
#pragma once
#include <string_view>

#include "identity/directory.h"
#include "policy/evaluate.h"

namespace weir::app {

struct IamQuestion {
  const identity::Principal& principal;
  std::string_view action;
  std::string_view resource;
  std::string_view owner;  // account of the resource; empty: the principal's own
  const policy::Context& context;
  const policy::NamedPolicy* resource_policy = nullptr;
};

// Denies a principal that is gone, and what sessions of its kind never reach.
policy::Decision evaluate_principal(const IamQuestion& question, const identity::Directory& directory);
// What would have allowed it, in one sentence; empty for an allow.
std::string smallest_change(const IamQuestion& question, const identity::Directory& directory,
                            const policy::Decision& decision);

}  // namespace weir::app

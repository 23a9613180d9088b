// Why a request was denied, in words that help: the statements that almost allowed it, and the smallest
// change that would.
//
// Slower than evaluate() and for people; the verdict itself always comes from evaluate().
#pragma once
#include <string>
#include <vector>

#include "policy/evaluate.h"

namespace weir::policy {

// An Allow statement about the action that did not apply, and the first part of it that failed.
struct NearMiss {
  Reason statement;
  enum class Part : uint8_t { principal, resource, condition } failed = Part::resource;
  std::string condition;  // "StringEquals sts:ExternalId" when a condition failed
  std::string text() const;
};

// In the policies of the gate that stayed shut.
std::vector<NearMiss> near_misses(const Request& request, Gate gate);

// One sentence: "add Allow glue:GetTable on arn:... to an identity-based policy of arn:...". Empty for an allow.
std::string smallest_change(const Request& request, const Decision& decision);

}  // namespace weir::policy

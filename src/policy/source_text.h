// What a policy's text tells about itself, for people: where its statements stand, and which context keys it reads.
//
// Works from the text, on demand; deciding never needs it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"

namespace weir::policy {

// Counting from 1: the column after the character meant, as AWS's simulator counts.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
  bool operator==(const Position&) const = default;
};

struct StatementSpan {
  Position start;  // its opening brace
  Position end;    // its closing brace
};
// One for each statement, in order; none for a text that is no policy document.
std::vector<StatementSpan> statement_spans(std::string_view text);

// The keys of its conditions and policy variables as they are written, each once without regard to case, in the
// order of their first appearance.
std::vector<std::string> context_keys(const Policy& policy);

}  // namespace weir::policy

// What a target gets of an event: the whole, a part, a constant, or a text made of parts.
//
// Threads: pure functions.
#pragma once
#include "events/rule.h"

namespace weir::events {

struct RuleFacts {
  std::string arn, name;
};

// Kind::invalid when a target says more than one thing about its input, or says it wrong.
base::Status check_target_input(const Target& target);

// The text to send. What a path does not find is nothing: the whole input for InputPath is then empty, and a
// placeholder is left out. Kind::invalid when a template makes more than 256 KB of an event.
base::Result<std::string> target_input(const Target& target, const base::Json& envelope, const RuleFacts& rule,
                                       base::Instant now);

// `text`, or what it finds in the event when it is a path ("$.detail.id").
std::string text_at(std::string_view text, const base::Json& envelope);

}  // namespace weir::events

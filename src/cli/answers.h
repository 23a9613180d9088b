// How commands take what was typed into a request, and print what was answered.
//
// INVARIANT: what others wrote commands nobody's terminal: control characters are shown as '?'.
#pragma once
#include <cstdio>
#include <optional>
#include <string>

#include "wire/codec.h"

namespace weir::cli {

// The answer as the protocol has it, on one line.
template <class Op>
void print_json(const typename Op::Output& answer) {
  std::printf("%s\n", wire::encode<Op>(answer, "").body.c_str());
}

std::string printable(const std::optional<std::string>& text);

// What was not typed is not said.
inline void say(const std::string& text, std::optional<std::string>& member) {
  if (!text.empty()) member = text;
}

}  // namespace weir::cli

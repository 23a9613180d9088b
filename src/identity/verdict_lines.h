// What the check programs of this floor have in common: a question a line in, a verdict a line out, as JSON, for tests
// that forge what is judged.
#pragma once
#include <iostream>
#include <string>

#include "base/json.h"
#include "base/result.h"

namespace weir::identity {

inline base::Json refusal(const base::Error& error) {
  auto out = base::Json::object();
  out.set("ok", false).set("kind", base::to_string(error.kind)).set("about", error.about);
  return out.set("says", error.says).set("log", error.log);
}

// Until the input ends. `verdict(line)` is what is shown of a thing that holds.
template <class Verdict>
void answer_lines(const Verdict& verdict) {
  for (std::string line; std::getline(std::cin, line);) {
    base::Result<base::Json> out = verdict(line);
    std::cout << (out.ok() ? *out : refusal(out.error())).dump() << std::endl;
  }
}

}  // namespace weir::identity

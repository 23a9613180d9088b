// An expression and an input, cut at the first line feed. Beliefs: no crash; an evaluation is bounded, is the same
// for the same chance, and fails with one of the language's names.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "workflow/expression.h"
#include "workflow/states_error.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::workflow;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto cut = std::min(text.find('\n'), text.size());
  auto expression = Expression::parse(text.substr(0, cut));
  auto input = parse_payload(text.substr(std::min(cut + 1, text.size())));
  if (!expression.ok() || !input.ok()) return 0;
  Variables variables{{"v", *input}};
  auto once = [&] {
    Entropy entropy("seed");
    return evaluate(*expression, {&*input, &*input, &variables, &entropy});
  };
  auto first = once(), second = once();
  CHECK_TRUE(first.ok() == second.ok() && (!first.ok() || *first == *second), "the same chance gives the same value");
  if (!first.ok()) CHECK_TRUE(is_reserved_error(first.error().about), "a failure has a name of the language");
  return 0;
}

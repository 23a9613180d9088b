// Tests only: a stand-in for JSONata that knows a few words, enough to prove what goes to it and comes back:
//   `states.input.a`, `var.x`, `42`, `"text"`, `true`, `undefined`, `broken` (does not parse), `fails` (at run time),
//   and `A = B` of two such words.
#pragma once
#include "base/text.h"
#include "workflow/expressions.h"

namespace weir::workflow {

class QueryWords final : public Expressions {
 public:
  Status check(std::string_view expression) const override {
    return expression == "broken" ? base::invalid("it does not parse") : Status();
  }
  Result<std::optional<Json>> evaluate(std::string_view expression, const Json& states, const Variables& variables,
                                       Entropy& entropy) const override {
    if (expression == "uuid") return std::optional<Json>(base::uuid(entropy));
    auto sides = base::split_n(expression, '=', 2);
    WEIR_TRY(auto left, word(base::trim(sides[0]), states, variables));
    if (sides.size() == 1) return left;
    WEIR_TRY(auto right, word(base::trim(sides[1]), states, variables));
    return std::optional<Json>(left && right && same_value(*left, *right));
  }

 private:
  Result<std::optional<Json>> word(std::string_view text, const Json& states, const Variables& variables) const {
    if (text == "fails") return base::invalid("it fails");
    if (text == "undefined") return std::optional<Json>();
    if (text.starts_with("states.")) return below(states, text.substr(7));
    if (!text.starts_with("var.")) {
      WEIR_TRY(auto literal, base::parse_json(text));
      return std::optional<Json>(std::move(literal));
    }
    auto found = variables.find(std::string(text.substr(4)));
    return found == variables.end() ? std::optional<Json>() : std::optional<Json>(found->second);
  }
  static Result<std::optional<Json>> below(const Json& states, std::string_view path) {
    const Json* at = &states;
    for (auto name : base::split(path, '.'))
      if (at) at = at->find(name);
    return at ? std::optional<Json>(*at) : std::nullopt;
  }
};

}  // namespace weir::workflow

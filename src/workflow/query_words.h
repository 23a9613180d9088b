// Tests only: a stand-in for JSONata that knows a few words, enough to prove what goes to it and comes back:
//   `states.input.a`, `var.x`, `42`, `"text"`, `true`, `undefined`, `broken` (does not parse), `fails` (at run time),
//   and `A = B` of two such words.
#pragma once
#include "base/text.h"
#include "workflow/expressions.h"

namespace weir::workflow {

class QueryWords final : public Expressions {
 public:
  Result<std::vector<std::string>> check(std::string_view expression) const override {
    if (expression == "broken") return base::invalid("it does not parse");
    std::vector<std::string> reads;
    for (auto side : base::split_n(expression, '=', 2)) {
      auto text = base::trim(side);
      if (text.starts_with("var.")) reads.emplace_back(text.substr(4));
      if (text.starts_with("states.")) reads.emplace_back("states");
    }
    return reads;
  }
  std::vector<Answer> evaluate(const std::vector<const JsonataQuery*>& queries, const Scope& scope) const override {
    std::vector<Answer> out;
    for (auto* query : queries) out.push_back(sides(query->text, scope));
    return out;
  }

 private:
  Answer sides(std::string_view expression, const Scope& scope) const {
    if (expression == "uuid") return std::optional<Json>(base::uuid(*scope.entropy));
    auto sides = base::split_n(expression, '=', 2);
    WEIR_TRY(auto left, word(base::trim(sides[0]), scope));
    if (sides.size() == 1) return left;
    WEIR_TRY(auto right, word(base::trim(sides[1]), scope));
    return std::optional<Json>(left && right && same_value(*left, *right));
  }
  Answer word(std::string_view text, const Scope& scope) const {
    if (text == "fails") return base::invalid("it fails");
    if (text == "undefined") return std::optional<Json>();
    if (text.starts_with("states.")) return below(states_of(scope), text.substr(7));
    if (!text.starts_with("var.")) {
      WEIR_TRY(auto literal, base::parse_json(text));
      return std::optional<Json>(std::move(literal));
    }
    auto found = scope.variables->find(std::string(text.substr(4)));
    return found == scope.variables->end() ? std::optional<Json>() : std::optional<Json>(found->second);
  }
  static Json states_of(const Scope& scope) {
    Json out = Json::object().set("input", *scope.input);
    out.set("context", *scope.context);
    if (scope.result) out.set("result", *scope.result);
    if (scope.error_output) out.set("errorOutput", *scope.error_output);
    return out;
  }
  static Answer below(const Json& states, std::string_view path) {
    const Json* at = &states;
    for (auto name : base::split(path, '.'))
      if (at) at = at->find(name);
    return at ? std::optional<Json>(*at) : std::nullopt;
  }
};

}  // namespace weir::workflow

// A value with places to fill: Parameters, ResultSelector, ItemSelector, Assign and their kin (fields `x.$`), a
// field that is a number or a path to one (TimeoutSeconds and TimeoutSecondsPath), and all of these in JSONata
// (texts `{% ... %}`).
//
// Parsed once, immutable. Invariant: what evaluate() gives has at most kPayloadBytesMax bytes; it stops when more
// is filled in, so that no definition makes the engine copy without end.
#pragma once
#include "workflow/expressions.h"

namespace weir::workflow {

enum class QueryLanguage { jsonpath, jsonata };

struct Template {
  enum class Kind { literal, expression, jsonata, object, array };
  struct Member;

  Kind kind = Kind::literal;
  Json literal;
  std::optional<Expression> expression;
  JsonataQuery jsonata;
  std::vector<Member> members;
  std::vector<Template> items;

  static Template of(Json literal);
  static Template of(Expression expression);
  // True when evaluating needs nothing but the template.
  bool is_static() const { return kind == Kind::literal; }
};

struct Template::Member {
  std::string name;
  Template value;
};

// What is wrong inside a template, by the place in it ("/a/b.$").
struct TemplateFault {
  std::string place;
  std::string message;
};
// A template and its faults; with faults it is not to be evaluated.
struct ReadTemplate {
  Template value;
  std::vector<TemplateFault> faults;
};
// `field`: the name of what is read, in its state.
ReadTemplate read_template(const Json& json, QueryLanguage language, const Expressions* jsonata,
                           std::string_view field = {});

Result<Json> evaluate(const Template& from, const Scope& scope);
// Every right-hand side sees the variables as they were. Together they are bound as one template is.
using Assignments = std::map<std::string, Template>;
Result<Variables> evaluate(const Assignments& from, const Scope& scope);

// How an expression that fails says it, in AWS's words.
base::Error query_error(const JsonataQuery& query, const std::string& why);
// A value that its field cannot take; `otherwise` is said when it did not come from an expression in JSONata.
base::Error wrong_value(const Template& from, std::string_view wanted, const Json& got, std::string otherwise);

// The text between `{%` and `%}` of a whole-text JSONata expression.
std::optional<std::string_view> between_marks(std::string_view text);

}  // namespace weir::workflow

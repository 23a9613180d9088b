#include "workflow/limits.h"
#include "workflow/reader.h"

namespace weir::workflow {
namespace {

template <class Each>
void each_object(Fields& fields, std::string_view name, Each each) {
  auto* array = fields.array(name);
  if (!array) return;
  for (size_t i = 0; i < array->size(); ++i) {
    auto place = fields.place(name) + "[" + std::to_string(i) + "]";
    if ((*array)[i].as_object()) {
      Fields inner((*array)[i], place, fields.findings());
      each(inner, i + 1 == array->size());
    } else {
      fields.findings().error(kSchema, "Expected value of type Object", place);
    }
  }
}

}  // namespace

void DefinitionReader::retry(Fields& fields, State& out) {
  each_object(fields, "Retry", [&](Fields& inner, bool last) { out.retry.push_back(retrier(inner, last)); });
}

void DefinitionReader::catchers(Fields& fields, State& out) {
  each_object(fields, "Catch",
              [&](Fields& inner, bool last) { out.catchers.push_back(catcher(inner, last, out.language)); });
}

std::vector<std::string> DefinitionReader::error_equals(Fields& fields, bool last) {
  std::vector<std::string> out;
  fields.require({"ErrorEquals"});
  auto* names = fields.array("ErrorEquals");
  if (!names) return out;
  for (auto& json : *names) {
    auto* name = json.as_string();
    if (!name) {
      fields.wrong("ErrorEquals", "Expected values of type String");
      continue;
    }
    if (name->starts_with("States.") && !is_reserved_error(*name))
      fields.wrong("ErrorEquals", "'" + *name + "' is not one of the error names that begin with 'States.'");
    if (*name == kStatesAll && (names->size() > 1 || !last))
      fields.wrong("ErrorEquals", "States.ALL must stand alone and in the last of the list");
    out.push_back(*name);
  }
  return out;
}

Retrier DefinitionReader::retrier(Fields& fields, bool last) {
  Retrier out;
  fields.text("Comment");
  out.error_equals = error_equals(fields, last);
  out.interval_s = fields.integer("IntervalSeconds", 1, kSecondsMax).value_or(out.interval_s);
  out.attempts_max = fields.integer("MaxAttempts", 0, kSecondsMax).value_or(out.attempts_max);
  auto delay_s_max = fields.integer("MaxDelaySeconds", 1, 31'622'400);
  if (delay_s_max && *delay_s_max <= out.interval_s)
    fields.wrong("MaxDelaySeconds", "MaxDelaySeconds must be greater than IntervalSeconds");
  out.delay_s_max = delay_s_max.value_or(out.delay_s_max);
  if (auto* rate = fields.take("BackoffRate")) {
    if (is_number(*rate) && *number_of(*rate) >= 1.0L) {
      out.backoff_rate = static_cast<double>(*number_of(*rate));
    } else {
      fields.wrong("BackoffRate", "Expected a number of at least 1.0");
    }
  }
  auto jitter = fields.text("JitterStrategy");
  if (jitter && *jitter != "FULL" && *jitter != "NONE")
    fields.wrong("JitterStrategy", "JitterStrategy is one of [FULL, NONE]");
  out.full_jitter = jitter && *jitter == "FULL";
  fields.refuse_rest([](auto&) { return "Field is not supported in a retrier"; });
  return out;
}

Catcher DefinitionReader::catcher(Fields& fields, bool last, QueryLanguage language) {
  Catcher out;
  fields.text("Comment");
  fields.require({"Next"});
  out.error_equals = error_equals(fields, last);
  out.next = fields.state_name("Next");
  out.assign = assign(fields, language);
  if (language == QueryLanguage::jsonata) {
    out.output = payload(fields, "Output", language);
  } else {
    out.result_path = result_path(fields);
  }
  fields.refuse_rest([](auto&) { return "Field is not supported in a catcher"; });
  return out;
}

ChoiceRule DefinitionReader::condition(Fields& fields) {
  ChoiceRule out;
  out.kind = ChoiceRule::Kind::condition;
  fields.require({"Condition"});
  auto text = fields.text("Condition");
  auto* fixed = fields.take("Condition");
  if (text && !between_marks(*text) && fixed) fields.wrong("Condition", "A Condition is a JSONata expression");
  if (auto read = payload(fields, "Condition", QueryLanguage::jsonata)) out.condition = std::move(*read);
  return out;
}

ChoiceRule DefinitionReader::rule(Fields& fields, size_t depth) {
  if (depth > kRuleDepthMax) {
    fields.wrong_here("Rules stand too deep in each other");
    return {};
  }
  if (auto out = combined(fields, depth)) return std::move(*out);
  return comparison(fields);
}

// And, Or and Not; their inner rules have no Next.
std::optional<ChoiceRule> DefinitionReader::combined(Fields& fields, size_t depth) {
  auto inner_rule = [&](Fields& inner) {
    auto out = rule(inner, depth + 1);
    inner.text("Comment");
    inner.refuse_rest([](auto& name) { return "Field '" + name + "' is not supported in a rule inside of a rule"; });
    return out;
  };
  ChoiceRule out;
  if (fields.has("Not")) {
    out.kind = ChoiceRule::Kind::negation;
    if (auto* json = fields.object("Not")) {
      Fields inner(*json, fields.place("Not"), findings_);
      out.parts.push_back(inner_rule(inner));
    }
    return out;
  }
  bool all = fields.has("And");
  if (!all && !fields.has("Or")) return std::nullopt;
  out.kind = all ? ChoiceRule::Kind::all : ChoiceRule::Kind::any;
  each_object(fields, all ? "And" : "Or", [&](Fields& inner, bool) { out.parts.push_back(inner_rule(inner)); });
  return out;
}

ChoiceRule DefinitionReader::comparison(Fields& fields) {
  ChoiceRule out;
  fields.require({"Variable"});
  if (auto text = fields.text("Variable")) {
    auto path = Path::parse(*text);
    if (!path.ok()) fields.wrong("Variable", "Value is not a path (" + path.error().says + ")");
    if (path.ok()) out.variable = std::move(*path);
  }
  std::vector<std::string> operators;
  fields.each_name([&](const std::string& name) {
    if (ChoiceOperator::named(name)) operators.push_back(name);
  });
  if (operators.size() != 1) fields.wrong_here("Expected exactly one comparison operator");
  for (auto& name : operators) operand(fields, name, out);
  return out;
}

void DefinitionReader::operand(Fields& fields, const std::string& name, ChoiceRule& out) {
  out.op = *ChoiceOperator::named(name);
  auto* json = fields.take(name);
  if (!out.op.by_path) {
    if (auto why = out.op.refuses(*json)) fields.wrong(name, *why);
    out.operand = *json;
    return;
  }
  auto path = json->as_string() ? Path::parse(*json->as_string()) : base::invalid("a string was expected");
  if (!path.ok()) return fields.wrong(name, "Value is not a path (" + path.error().says + ")");
  out.operand_path = std::move(*path);
}

}  // namespace weir::workflow

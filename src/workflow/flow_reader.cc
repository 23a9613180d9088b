#include "base/text.h"
#include "workflow/limits.h"
#include "workflow/reader.h"

namespace weir::workflow {

std::optional<Template> DefinitionReader::payload(Fields& fields, std::string_view name, QueryLanguage language) {
  auto* json = fields.take(name);
  if (!json) return std::nullopt;
  auto read = read_template(*json, language, jsonata_, name);
  for (auto& fault : read.faults) findings_.error(kSchema, fault.message, fields.place(name) + fault.place);
  if (language == QueryLanguage::jsonpath) lint(*json, fields.place(name));
  return std::move(read.value);
}

std::optional<Template> DefinitionReader::path_or_null(Fields& fields, std::string_view name) {
  auto* json = fields.take(name);
  if (json && json->is_null()) return Template::of(Json::object());
  return path(fields, name, false);
}

std::optional<Template> DefinitionReader::path(Fields& fields, std::string_view name, bool or_intrinsic) {
  auto text = fields.text(name);
  if (!text) return std::nullopt;
  auto expression = Expression::parse(*text);
  bool fits = expression.ok() && (or_intrinsic || expression->path);
  if (fits) return Template::of(std::move(*expression));
  auto why = expression.ok() ? "" : " (" + expression.error().says + ")";
  fields.wrong(
      name, std::string(or_intrinsic ? "Value is not a path or an intrinsic function" : "Value is not a path") + why);
  return std::nullopt;
}

// `Seconds` and `SecondsPath`, or in JSONata an integer or an expression.
std::optional<Template> DefinitionReader::quantity(Fields& fields, const std::string& name, int64_t least, int64_t most,
                                                   const State& state) {
  if (state.language == QueryLanguage::jsonata) {
    auto* json = fields.take(name);
    if (json && json->as_string() && between_marks(*json->as_string())) return payload(fields, name, state.language);
  } else if (fields.has(name + "Path")) {
    if (fields.take(name)) fields.wrong(name, "Only one of [" + name + ", " + name + "Path] may be given");
    return path(fields, name + "Path", false);
  }
  auto fixed = fields.integer(name, least, most);
  return fixed ? std::optional(Template::of(Json(*fixed))) : std::nullopt;
}

// A text, or a path or intrinsic function under the name with "Path".
std::optional<Template> DefinitionReader::words(Fields& fields, const std::string& name, const State& state) {
  if (state.language == QueryLanguage::jsonpath && fields.has(name + "Path")) {
    if (fields.take(name)) fields.wrong(name, "Only one of [" + name + ", " + name + "Path] may be given");
    return path(fields, name + "Path", state.kind == StateKind::fail);
  }
  auto text = fields.text(name);
  if (!text) return std::nullopt;
  if (state.language == QueryLanguage::jsonata) return payload(fields, name, state.language);
  if (looks_like_expression(*text))
    findings_.warning(kNoPath, "The value looks like a path, but the field's name does not end with 'Path'",
                      fields.place(name));
  return Template::of(Json(*text));
}

ResultPath DefinitionReader::result_path(Fields& fields) {
  auto* json = fields.take("ResultPath");
  if (!json) return {};
  if (json->is_null()) return {true, std::nullopt};
  auto text = fields.text("ResultPath");
  if (!text) return {};
  auto path = Path::parse(*text);
  if (path.ok() && path->is_reference()) return {false, std::move(*path)};
  fields.wrong("ResultPath", "Value is not a Reference Path");
  return {};
}

Assignments DefinitionReader::assign(Fields& fields, QueryLanguage language) {
  Assignments out;
  auto* object = fields.object("Assign");
  if (!object) return out;
  Fields inner(*object, fields.place("Assign"), findings_);
  for (auto& [field, value] : *object->as_object()) {
    bool computed = language == QueryLanguage::jsonpath && field.ends_with(".$");
    auto name = computed ? field.substr(0, field.size() - 2) : field;
    bool fits = is_variable_name(name) && base::utf8_length(name) <= kVariableNameLengthMax && name != "states";
    if (!fits) inner.wrong(field, "'" + name + "' is not a name for a variable");
    auto read = computed ? path(inner, field, true) : payload(inner, field, language);
    if (read && !out.emplace(name, std::move(*read)).second) inner.wrong(field, "The variable is assigned twice");
  }
  return out;
}

void DefinitionReader::flow(Fields& fields, State& out, bool has_result) {
  out.assign = assign(fields, out.language);
  if (out.language == QueryLanguage::jsonata) {
    if (has_result && out.kind != StateKind::map) out.payload = payload(fields, "Arguments", out.language);
    out.output = payload(fields, "Output", out.language);
    return;
  }
  out.input_path = path_or_null(fields, "InputPath");
  out.output_path = path_or_null(fields, "OutputPath");
  if (!has_result && out.kind != StateKind::pass) return;
  if (out.kind != StateKind::map) out.payload = payload(fields, "Parameters", out.language);
  if (has_result) out.result_selector = payload(fields, "ResultSelector", out.language);
  out.result_path = result_path(fields);
}

// Warns of texts that look like expressions and stand where they are taken as they are.
void DefinitionReader::lint(const Json& json, const std::string& location) {
  bool is_result = location.ends_with("/Result") || location.find("/Result/") != std::string::npos;
  if (auto* array = json.as_array())
    for (size_t i = 0; i < array->size(); ++i) lint((*array)[i], location + "[" + std::to_string(i) + "]");
  auto* object = json.as_object();
  if (!object) return;
  for (auto& [name, value] : *object) {
    auto place = location + "/" + name;
    bool looks = value.as_string() && looks_like_expression(*value.as_string());
    if (is_result && (looks || name.ends_with(".$"))) {
      findings_.warning(kPassResultIsStatic, "The result of a Pass state is taken as it is; use Parameters for paths",
                        place);
    } else if (looks && !name.ends_with(".$")) {
      findings_.warning(kNoDollar, "The value looks like an expression, but the field's name does not end with '.$'",
                        place);
    } else {
      lint(value, place);
    }
  }
}

}  // namespace weir::workflow

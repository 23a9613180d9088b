#include "events/target_input.h"

#include <algorithm>

#include "base/text.h"
#include "events/event.h"

namespace weir::events {
namespace {

constexpr size_t kPathsMax = 100;

// One step into a value: a member's name or an index.
struct Step {
  std::string_view name;
  std::optional<size_t> index;
};

// ".name" or "[3]" or "['name']" off the front of `path`.
std::optional<Step> take_step(std::string_view& path) {
  if (path.starts_with('.')) {
    auto end = std::min(path.find_first_of(".[", 1), path.size());
    Step step{path.substr(1, end - 1), std::nullopt};
    path.remove_prefix(end);
    return step.name.empty() ? std::nullopt : std::optional(step);
  }
  auto end = path.find(']');
  if (!path.starts_with('[') || end == std::string_view::npos) return std::nullopt;
  auto inside = path.substr(1, end - 1);
  path.remove_prefix(end + 1);
  bool quoted =
      inside.size() > 2 && (inside.front() == '\'' || inside.front() == '"') && inside.back() == inside.front();
  if (quoted) return Step{inside.substr(1, inside.size() - 2), std::nullopt};
  auto index = base::parse_int(inside);
  if (!index.ok() || *index < 0) return std::nullopt;
  return Step{{}, static_cast<size_t>(*index)};
}

const base::Json* go(const base::Json& from, const Step& step) {
  if (!step.index) return from.find(step.name);
  auto* items = from.as_array();
  return items && *step.index < items->size() ? &(*items)[*step.index] : nullptr;
}

bool is_path(std::string_view path) {
  if (!path.starts_with('$')) return false;
  path.remove_prefix(1);
  while (!path.empty())
    if (!take_step(path)) return false;
  return true;
}

const base::Json* at_path(const base::Json& event, std::string_view path) {
  if (!is_path(path)) return nullptr;
  path.remove_prefix(1);
  const auto* found = &event;
  while (found && !path.empty()) found = go(*found, *take_step(path));
  return found;
}

// Whether position `at` of a JSON text is inside of a string.
bool in_string(std::string_view text, size_t at) {
  bool inside = false;
  for (size_t i = 0; i < at; ++i) {
    if (text[i] == '\\' && inside) {
      ++i;
    } else if (text[i] == '"') {
      inside = !inside;
    }
  }
  return inside;
}

std::string escaped(const std::string& text) {
  auto quoted = base::Json(text).dump();
  return quoted.substr(1, quoted.size() - 2);
}

// A text inside of a string stands without quotes; anything else is JSON.
std::string filled_in(const base::Json* value, bool inside) {
  if (!value) return {};
  if (!inside) return value->dump();
  return escaped(value->as_string() ? *value->as_string() : value->dump());
}

class Transformation {
 public:
  Transformation(const InputTransformer& transformer, const base::Json& envelope, const RuleFacts& rule,
                 base::Instant now)
      : transformer_(transformer), envelope_(envelope), rule_(rule), now_(now) {}

  base::Result<std::string> text() const {
    std::string_view text = transformer_.text;
    std::string out;
    for (size_t at = 0; at < text.size();) {
      auto open = text.find('<', at), close = text.find('>', open);
      if (open == std::string_view::npos || close == std::string_view::npos) return out += text.substr(at);
      out += text.substr(at, open - at);
      out += value_of(text.substr(open + 1, close - open - 1), in_string(text, open));
      if (out.size() > kPutBytesMax) return base::invalid("The input of the target is longer than 256 KB.", "input");
      at = close + 1;
    }
    return out;
  }

 private:
  std::string value_of(std::string_view name, bool inside) const {
    if (auto own = reserved(name)) return filled_in(&*own, inside);
    auto path = transformer_.paths.find(std::string(name));
    if (path == transformer_.paths.end()) return "<" + std::string(name) + ">";
    return filled_in(at_path(envelope_, path->second), inside);
  }
  std::optional<base::Json> reserved(std::string_view name) const {
    if (name == "aws.events.rule-arn") return base::Json(rule_.arn);
    if (name == "aws.events.rule-name") return base::Json(rule_.name);
    if (name == "aws.events.event.ingestion-time") return base::Json(base::to_iso8601(now_));
    if (name == "aws.events.event") return without_detail();
    if (name == "aws.events.event.json") return envelope_;
    return std::nullopt;
  }
  base::Json without_detail() const {
    auto out = base::Json::object();
    for (const auto& [name, value] : *envelope_.as_object())
      if (name != "detail") out.set(name, value);
    return out;
  }

  const InputTransformer& transformer_;
  const base::Json& envelope_;
  const RuleFacts& rule_;
  base::Instant now_;
};

base::Status check_transformer(const InputTransformer& transformer) {
  if (transformer.paths.size() > kPathsMax) return invalid_parameter("InputPathsMap", "it has too many paths");
  for (const auto& [name, path] : transformer.paths) {
    if (name.starts_with("AWS")) return invalid_parameter("InputPathsMap", "a name may not start with AWS");
    if (!is_path(path)) return invalid_parameter("InputPathsMap", "Invalid JSON path: " + path);
  }
  return {};
}

}  // namespace

std::string text_at(std::string_view text, const base::Json& envelope) {
  if (!text.starts_with("$.")) return std::string(text);
  const auto* found = at_path(envelope, text);
  if (!found) return {};
  return found->as_string() ? *found->as_string() : found->dump();
}

base::Status check_target_input(const Target& target) {
  if (target.input.has_value() + target.input_path.has_value() + target.transformer.has_value() > 1)
    return invalid_parameter("Input", "Only one of Input, InputPath, or InputTransformer must be provided.");
  if (target.input && !base::parse_json(*target.input).ok())
    return invalid_parameter("Input", "JSON syntax error in input for target " + target.id);
  if (target.input_path && !is_path(*target.input_path)) return invalid_parameter("InputPath");
  return target.transformer ? check_transformer(*target.transformer) : base::Status();
}

base::Result<std::string> target_input(const Target& target, const base::Json& envelope, const RuleFacts& rule,
                                       base::Instant now) {
  if (target.input) return *target.input;
  if (target.transformer) return Transformation(*target.transformer, envelope, rule, now).text();
  if (!target.input_path) return envelope.dump();
  const auto* part = at_path(envelope, *target.input_path);
  return part ? part->dump() : std::string();
}

}  // namespace weir::events

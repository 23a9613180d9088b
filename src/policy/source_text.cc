#include "policy/source_text.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "policy/variables.h"

namespace weir::policy {
namespace {

using base::Json;

// Walks a JSON text that is known to parse, member by member, without reading values it is not asked for.
class TextWalk {
 public:
  explicit TextWalk(std::string_view text) : text_(text) {}

  // `at` is on the opening quote, or on any other value's first character; gives the place after its end.
  size_t after_value(size_t at) const {
    if (text_[at] == '"') return after_string(at);
    if (text_[at] != '{' && text_[at] != '[') return std::min(text_.find_first_of(",]} \t\r\n", at), text_.size());
    size_t depth = 0;
    for (; at < text_.size(); ++at) {
      char c = text_[at];
      if (c == '"') {
        at = after_string(at) - 1;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return at + 1;
      }
    }
    return text_.size();
  }
  size_t after_string(size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at)
      if (text_[at] == '\\') ++at;
    return std::min(at + 1, text_.size());
  }
  size_t after_space(size_t at) const { return std::min(text_.find_first_not_of(" \t\r\n", at), text_.size()); }

  // Where the value of the top member of that name begins.
  size_t find_member(std::string_view name) const {
    for (size_t at = after_space(after_space(0) + 1); at < text_.size() && text_[at] == '"';) {
      auto end = after_string(at);
      auto key = base::parse_json(text_.substr(at, end - at));
      auto value = after_space(after_space(end) + 1);
      if (key.ok() && key->as_string() && *key->as_string() == name) return value;
      at = after_space(after_space(after_value(value)) + 1);
    }
    return text_.size();
  }

 private:
  std::string_view text_;
};

// Turns growing places in a text into lines and columns, reading the text once.
class LineCount {
 public:
  explicit LineCount(std::string_view text) : text_(text) {}
  Position after(size_t place) {
    for (; at_ <= place && at_ < text_.size(); ++at_) {
      bool within_character = (static_cast<unsigned char>(text_[at_]) & 0xc0) == 0x80;
      if (text_[at_] == '\n') {
        ++now_.line;
        now_.column = 1;
      } else if (!within_character) {
        ++now_.column;
      }
    }
    return now_;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
  Position now_;
};

}  // namespace

std::vector<StatementSpan> statement_spans(std::string_view text) {
  auto document = base::parse_json(text);
  if (!document.ok() || !document->as_object() || !document->find("Statement")) return {};
  TextWalk walk(text);
  LineCount lines(text);
  std::vector<StatementSpan> out;
  auto add = [&](size_t at) {
    auto end = walk.after_value(at);
    auto start = lines.after(at);
    out.push_back({start, lines.after(end - 1)});
    return end;
  };
  auto at = walk.find_member("Statement");
  if (at >= text.size()) return {};
  if (text[at] != '[') return add(at), out;
  for (at = walk.after_space(at + 1); at < text.size() && text[at] != ']';) {
    at = walk.after_space(add(at));
    if (at < text.size() && text[at] == ',') at = walk.after_space(at + 1);
  }
  return out;
}

namespace {

class KeyList {
 public:
  void add(std::string_view key) {
    auto same = [&](const std::string& known) { return base::equal_ignoring_case(known, key); };
    if (std::none_of(keys_.begin(), keys_.end(), same)) keys_.emplace_back(key);
  }
  // The variables in every text below `value`.
  void add_variables(const Json& value) {
    if (auto* text = value.as_string()) return add_variables(std::string_view(*text));
    if (auto* items = value.as_array())
      for (auto& item : *items) add_variables(item);
    if (auto* members = value.as_object())
      for (auto& [name, member] : *members) add_variables(member);
  }
  std::vector<std::string> take() { return std::move(keys_); }

 private:
  void add_variables(std::string_view text) {
    for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
      auto rest = text.substr(at);
      auto placeholder = read_placeholder(rest);
      // Its key as it is written: what was read is in lower case.
      if (placeholder.ok() && placeholder->variable) add(base::trim(rest.substr(2, rest.find_first_of(",}") - 2)));
    }
  }
  std::vector<std::string> keys_;
};

void add_keys(const Json& statement, bool has_variables, KeyList& keys) {
  auto* block = statement.find("Condition");
  if (block && block->as_object()) {
    for (auto& [op, tests] : *block->as_object()) {
      if (!tests.as_object()) continue;
      for (auto& [key, value] : *tests.as_object()) keys.add(key);
    }
  }
  if (!has_variables) return;
  for (std::string_view field : {"Resource", "NotResource", "Condition"})
    if (auto* value = statement.find(field)) keys.add_variables(*value);
}

}  // namespace

std::vector<std::string> context_keys(const Policy& policy) {
  KeyList keys;
  auto document = base::parse_json(policy.text());
  auto* statements = document.ok() ? document->find("Statement") : nullptr;
  if (!statements) return {};
  bool has_variables = document->text("Version") == "2012-10-17";
  if (!statements->as_array()) {
    add_keys(*statements, has_variables, keys);
  } else {
    for (auto& statement : *statements->as_array()) add_keys(statement, has_variables, keys);
  }
  return keys.take();
}

}  // namespace weir::policy

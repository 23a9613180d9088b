#include "policy/variables.h"

#include "base/text.h"

namespace weir::policy {
namespace {

base::Error unreadable(std::string_view text) {
  return base::fail(base::Kind::malformed_policy,
                    "Syntax errors in policy. Invalid policy variable: " + std::string(text.substr(0, 128)), "policy");
}

bool valid_key(std::string_view key) { return !key.empty() && key.find_first_of("${}*?'\"") == std::string_view::npos; }

// The rest after the comma: spaces, a quoted text, spaces, the brace. Gives the position after the brace.
std::optional<size_t> read_default(std::string_view text, size_t at, std::string& otherwise) {
  at = text.find_first_not_of(' ', at);
  if (at == std::string_view::npos || text[at] != '\'') return std::nullopt;
  auto close = text.find('\'', at + 1);
  if (close == std::string_view::npos) return std::nullopt;
  otherwise = text.substr(at + 1, close - at - 1);
  auto brace = text.find_first_not_of(' ', close + 1);
  if (brace == std::string_view::npos || text[brace] != '}') return std::nullopt;
  return brace + 1;
}

}  // namespace

base::Result<Placeholder> read_placeholder(std::string_view text) {
  for (std::string_view escape : {"${*}", "${?}", "${$}"})
    if (text.starts_with(escape)) return Placeholder{4, std::nullopt, escape[2]};
  auto end = text.find_first_of(",}");
  if (end == std::string_view::npos) return unreadable(text);
  auto key = base::trim(text.substr(2, end - 2));
  if (!valid_key(key)) return unreadable(text);
  Variable variable{base::to_lower(key), std::nullopt};
  if (text[end] == '}') return Placeholder{end + 1, std::move(variable), 0};
  auto after = read_default(text, end + 1, variable.otherwise.emplace());
  if (!after) return unreadable(text);
  return Placeholder{*after, std::move(variable), 0};
}

std::optional<std::string_view> Variable::resolve(const Context& context) const {
  auto* entry = context.find_lowered(key);
  if (!entry || (entry->values.empty() && !entry->list)) {
    if (otherwise) return *otherwise;
    return std::nullopt;
  }
  if (entry->list) return std::nullopt;
  return entry->values.front();
}

}  // namespace weir::policy

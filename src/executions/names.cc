#include "executions/names.h"

#include "base/text.h"
#include "names/arn.h"

namespace weir::executions {
namespace {

constexpr size_t kNameLengthMax = 80;
constexpr std::string_view kForbidden = "<>{}[]?*\"#%\\^|~`$&,;:/";

bool is_number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

// The parts of an ARN of this service after its kind, which must be one of two.
struct Parts {
  std::string account;
  std::string kind;
  std::vector<std::string_view> rest;
};

base::Result<Parts> parts_of(std::string_view text, const names::Arn& arn) {
  auto pieces = base::split(arn.resource, ':');
  bool whole = arn.service == "states" && names::is_account_id(arn.account) && pieces.size() > 1;
  if (!whole) return invalid_arn("Invalid ARN prefix: " + std::string(text));
  Parts out{arn.account, std::string(pieces.front()), {pieces.begin() + 1, pieces.end()}};
  return out;
}

base::Error wrong_kind(const std::string& kind) {
  return invalid_arn("Resource type not valid in this context: " + kind);
}

}  // namespace

base::Error invalid_arn(std::string_view why) {
  return base::invalid("Invalid Arn: '" + std::string(why) + "'", "arn");
}

base::Status check_name(std::string_view name) {
  bool fits = !name.empty() && base::is_valid_utf8(name) && base::utf8_length(name) <= kNameLengthMax;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    fits = fits && byte > 0x20 && byte != 0x7f && kForbidden.find(c) == std::string_view::npos;
  }
  // U+0080 to U+009F are control characters, too.
  for (size_t at = name.find('\xc2'); fits && at != std::string_view::npos; at = name.find('\xc2', at + 1))
    fits = static_cast<unsigned char>(name[at + 1]) >= 0xa0;
  if (fits) return {};
  return base::invalid("Invalid Name: '" + std::string(name) + "'", "name");
}

base::Status check_alias_name(std::string_view name) {
  constexpr std::string_view kOthers = "_-.";
  bool fits = !name.empty() && !is_number(name);
  for (char c : name) {
    char lower = base::ascii_lower(c);
    bool word = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
    fits = fits && (word || kOthers.find(c) != std::string_view::npos);
  }
  if (fits) return {};
  return base::invalid("1 validation error detected: Value '" + std::string(name) +
                           "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                           "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
                       "validation");
}

bool MachineName::is_version() const { return !qualifier.empty() && is_number(qualifier); }

base::Result<MachineName> parse_machine_arn(std::string_view text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok()) return invalid_arn("Invalid ARN prefix: " + std::string(text));
  WEIR_TRY(auto parts, parts_of(text, *arn));
  if (parts.kind != "stateMachine" || parts.rest.size() > 2) return wrong_kind(parts.kind);
  MachineName out{parts.account, std::string(parts.rest[0]), {}};
  if (parts.rest.size() == 2) out.qualifier = std::string(parts.rest[1]);
  bool none = parts.rest.size() == 2 && (out.qualifier.empty() || (out.is_version() && out.qualifier[0] == '0'));
  if (none || !check_name(out.name).ok()) return invalid_arn(std::string(text));
  return out;
}

std::string machine_arn(std::string_view region, const MachineName& machine) {
  auto out = "arn:aws:states:" + std::string(region) + ":" + machine.account + ":stateMachine:" + machine.name;
  return machine.qualifier.empty() ? out : out + ":" + machine.qualifier;
}

base::Result<ExecutionId> parse_execution_arn(std::string_view text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok()) return invalid_arn("Invalid ARN prefix: " + std::string(text));
  WEIR_TRY(auto parts, parts_of(text, *arn));
  if (parts.kind != "execution") return wrong_kind(parts.kind);
  if (parts.rest.size() != 2 || parts.rest[0].empty() || parts.rest[1].empty()) return invalid_arn(std::string(text));
  return ExecutionId{parts.account, std::string(parts.rest[0]), std::string(parts.rest[1])};
}

std::string execution_arn(std::string_view region, const ExecutionId& id) {
  return "arn:aws:states:" + std::string(region) + ":" + id.account + (id.is_express() ? ":express:" : ":execution:") +
         id.machine + ":" + id.run;
}

base::Result<ActivityName> parse_activity_arn(std::string_view text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok()) return invalid_arn("Invalid ARN prefix: " + std::string(text));
  WEIR_TRY(auto parts, parts_of(text, *arn));
  if (parts.kind != "activity") return wrong_kind(parts.kind);
  if (parts.rest.size() != 1 || !check_name(parts.rest[0]).ok()) return invalid_arn(std::string(text));
  return ActivityName{parts.account, std::string(parts.rest[0])};
}

std::string activity_arn(std::string_view region, const ActivityName& activity) {
  return "arn:aws:states:" + std::string(region) + ":" + activity.account + ":activity:" + activity.name;
}

base::Result<std::string> parse_map_run_arn(std::string_view text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok()) return invalid_arn("Invalid ARN prefix: " + std::string(text));
  WEIR_TRY(auto parts, parts_of(text, *arn));
  if (parts.kind != "mapRun") return wrong_kind(parts.kind);
  return parts.account;
}

}  // namespace weir::executions

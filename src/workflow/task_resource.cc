#include "workflow/task_resource.h"

#include "base/text.h"
#include "names/arn.h"

namespace weir::workflow {
namespace {

struct Suffix {
  std::string_view text;
  TaskResource::Pattern pattern;
};
constexpr Suffix kSuffixes[] = {{".waitForTaskToken", TaskResource::Pattern::callback},
                                {".sync:2", TaskResource::Pattern::sync_2},
                                {".sync", TaskResource::Pattern::sync},
                                {"", TaskResource::Pattern::request_response}};

const Suffix& suffix_of(std::string_view resource) {
  for (auto& suffix : kSuffixes)
    if (resource.ends_with(suffix.text)) return suffix;
  return kSuffixes[3];
}

bool is_word(std::string_view text) {
  for (char c : text) {
    char lower = base::ascii_lower(c);
    bool fits = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!fits) return false;
  }
  return !text.empty();
}

base::Error not_valid(std::string_view text) {
  return base::invalid("The resource '" + std::string(text) + "' is not a valid task resource", "resource");
}

base::Result<TaskResource> integration(TaskResource out, std::string_view text) {
  auto& suffix = suffix_of(text);
  out.pattern = suffix.pattern;
  text.remove_suffix(suffix.text.size());
  out.aws_sdk = text.starts_with("aws-sdk:");
  if (out.aws_sdk) text.remove_prefix(8);
  auto parts = base::split(text, ':');
  if (parts.size() != 2 || !is_word(parts[0]) || !is_word(parts[1])) return not_valid(out.arn);
  bool sdk_waits =
      out.aws_sdk && (suffix.pattern == TaskResource::Pattern::sync || suffix.pattern == TaskResource::Pattern::sync_2);
  if (sdk_waits) return not_valid(out.arn);
  out.service = std::string(parts[0]);
  out.operation = std::string(parts[1]);
  return out;
}

}  // namespace

base::Result<TaskResource> TaskResource::parse(std::string_view text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok()) return not_valid(text);
  TaskResource out;
  out.arn = std::string(text);
  bool placed = !arn->region.empty() && !arn->account.empty();
  if (arn->service == "lambda" && placed && arn->resource.starts_with("function:") && arn->resource.size() > 9) {
    out.kind = Kind::lambda_function;
    return out;
  }
  if (arn->service != "states") return not_valid(text);
  if (placed && arn->resource.starts_with("activity:") && arn->resource.size() > 9) {
    out.kind = Kind::activity;
    return out;
  }
  bool is_integration = arn->account.empty();
  return is_integration ? integration(std::move(out), arn->resource) : not_valid(text);
}

std::string TaskResource::type_name() const { return (aws_sdk ? "aws-sdk:" : "") + service; }

std::string TaskResource::resource_name() const {
  std::string out = operation;
  for (auto& suffix : kSuffixes)
    if (suffix.pattern == pattern) out += suffix.text;
  return out;
}

}  // namespace weir::workflow

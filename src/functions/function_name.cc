#include "functions/function_name.h"

#include <algorithm>

#include "base/text.h"
#include "names/arn.h"

namespace weir::functions {
namespace {

constexpr size_t kNameMax = 64, kQualifierMax = 128;

bool is_word(char c) {
  char lower = base::ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

base::Error not_a_name() {
  return base::invalid("A function is named by its name (1 to 64 letters, digits, - and _) or its ARN.",
                       "function name");
}

bool is_qualifier(std::string_view text) {
  if (text == kLatest) return true;
  return !text.empty() && text.size() <= kQualifierMax && std::ranges::all_of(text, is_word);
}

// NAME or NAME:QUALIFIER
base::Result<FunctionName> named(FunctionName out, std::string_view rest) {
  auto parts = base::split(rest, ':');
  if (parts.size() > 2 || (parts.size() == 2 && !is_qualifier(parts[1]))) return not_a_name();
  WEIR_CHECK_OK(check_function_name(parts[0]));
  out.name = std::string(parts[0]);
  if (parts.size() == 2) out.qualifier = std::string(parts[1]);
  return out;
}

}  // namespace

std::string FunctionName::arn() const { return "arn:aws:lambda:" + region + ":" + account + ":function:" + name; }

std::string FunctionName::named_arn() const { return qualifier.empty() ? arn() : arn() + ":" + qualifier; }

base::Status check_function_name(std::string_view name) {
  bool fits = !name.empty() && name.size() <= kNameMax && std::ranges::all_of(name, is_word);
  return fits ? base::Status() : base::Status(not_a_name());
}

base::Result<FunctionName> parse_function_name(std::string_view text, std::string_view region,
                                               std::string_view account) {
  constexpr std::string_view kFunction = "function:";
  FunctionName out{std::string(region), std::string(account), {}, {}};
  if (text.starts_with("arn:")) {
    auto arn = names::Arn::parse(text);
    bool whole = arn.ok() && arn->partition == "aws" && arn->service == "lambda" && !arn->region.empty() &&
                 names::is_account_id(arn->account) && arn->resource.starts_with(kFunction);
    if (!whole) return not_a_name();
    out.region = arn->region;
    out.account = arn->account;
    return named(std::move(out), std::string_view(arn->resource).substr(kFunction.size()));
  }
  auto pieces = base::split_n(text, ':', 3);
  if (pieces.size() == 3 && pieces[1] == "function" && names::is_account_id(pieces[0])) {
    out.account = std::string(pieces[0]);
    return named(std::move(out), pieces[2]);
  }
  return named(std::move(out), text);
}

}  // namespace weir::functions

// The names of functions. A name, a partial ARN and an ARN name the same function, perhaps with a qualifier:
//
//   NAME    ACCOUNT:function:NAME    arn:aws:lambda:REGION:ACCOUNT:function:NAME    ...:QUALIFIER
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::functions {

inline constexpr std::string_view kLatest = "$LATEST";  // the one version there is

struct FunctionName {
  std::string region;
  std::string account;
  std::string name;
  std::string qualifier = {};

  std::string arn() const;        // without the qualifier
  std::string named_arn() const;  // as it was named
  bool is_latest() const { return qualifier.empty() || qualifier == kLatest; }
  bool operator==(const FunctionName&) const = default;
};

// 1 to 64 of A-Z a-z 0-9 _ -. Kind::invalid about "function name" otherwise.
base::Status check_function_name(std::string_view name);

// What the text does not say is that of the asker. Kind::invalid about "function name" when it is none of the forms.
base::Result<FunctionName> parse_function_name(std::string_view text, std::string_view region,
                                               std::string_view account);

}  // namespace weir::functions

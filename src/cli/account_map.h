// Items of one account, rewritten for another: ids of catalogs, principals, roles, and the ARNs in policy documents.
//
// What people wrote (names, descriptions, parameters, locations in S3, which have no account) stays as it is. Pure.
#pragma once
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace weir::cli {

class AccountMap {
 public:
  AccountMap() = default;  // changes nothing
  // "FROM=TO", both account ids.
  static base::Result<AccountMap> parse(std::string_view text);

  std::string account(std::string_view account) const;
  base::Json item(const base::Json& item) const;

 private:
  base::Json value(std::string_view member, const base::Json& value) const;
  std::string text(std::string_view member, const std::string& text) const;
  std::string from_;
  std::string to_;
};

}  // namespace weir::cli

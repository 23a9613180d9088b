// What a person types for a grant, as the JSON of a GrantPermissions or RevokePermissions request.
//
//   sales                          the database
//   sales.*                        all its tables
//   sales.orders                   a table
//   sales.orders(id, amount)       columns of it
//   sales.orders(* - ssn)          all columns but some
//   sales.orders[europe]           a data cells filter on it
//   s3://bucket/prefix             a data location
//   *                              the catalog
//   area=eu,us AND pii=no          whatever carries these LF-Tags
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace weir::cli {

struct GrantWords {
  std::string principal;
  std::string permissions;    // SELECT,DESCRIBE
  std::string grant_option;   // the same form
  std::string resource;       // as above
  std::string on = "tables";  // what LF-Tags are looked for on: tables or databases
  std::string condition;      // over the tags of the principal
};

base::Result<base::Json> resource_of(std::string_view text, std::string_view on, std::string_view account);
base::Result<base::Json> request_of(const GrantWords& words, std::string_view account);

}  // namespace weir::cli

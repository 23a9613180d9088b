// The filter of ListUsers: one attribute, = or ^= (begins with), and a quoted text, in which \" is a quotation mark.
//
//   username = "ann"    email ^= "ann@"    cognito:user_status = "CONFIRMED"    status = "Enabled"
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "people/person.h"

namespace weir::people {

struct PersonFilter {
  std::string attribute;  // empty: everybody
  bool prefix = false;
  std::string value;

  // Kind::invalid about "parameter" for what is not of this form, or asks for an attribute that cannot be searched.
  static base::Result<PersonFilter> parse(std::string_view text);
  bool matches(const Person& person) const;
};

}  // namespace weir::people

// The outer frame of a large JSON text: where the members of an object and the elements of a list begin and end,
// without building what they hold.
//
// The frame is read strictly; what is inside a value is only bracketed here, and read by whoever parses the value.
// Kind::invalid names the line. Pure; views into the text.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::cli {

class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  // The text is one object, and nothing after it.
  base::Status members(const std::function<base::Status(const std::string& name, std::string_view value)>& visit);
  // The text is one list, and nothing after it.
  base::Status elements(const std::function<base::Status(std::string_view value)>& visit);

 private:
  void skip_space();
  bool take(char c);
  base::Error broken(std::string_view what) const;
  base::Status end_of_text();
  base::Result<std::string_view> value();
  bool skip_string();    // from its first quote; false when it does not end
  bool skip_brackets();  // from the first bracket; false when they do not close

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace weir::cli

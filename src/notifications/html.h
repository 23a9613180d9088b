// Text inside of HTML, in mails and on pages.
//
// Threads: a pure function.
#pragma once
#include <string>
#include <string_view>

namespace weir::notifications {

// For the text of elements and for attributes in quotation marks.
std::string html_escaped(std::string_view text);

}  // namespace weir::notifications

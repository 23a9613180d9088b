// What counts as a mail address: strict enough that it cannot become two addresses, a header line or a command of
// SMTP, wherever it is written.
//
// Threads: a pure function.
#pragma once
#include <string_view>

namespace weir::notifications {

// LOCAL@DOMAIN: at most 254 characters, the local part at most 64 of RFC 5322's atom characters and dots between
// them, the domain of host name labels. Quoted local parts, comments, display names and literals are not let in.
bool is_mail_address(std::string_view text);

}  // namespace weir::notifications
